package fathom.cli;

import java.util.Locale;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;

/**
 * The entry point of the command line. It uses no class of another library directly, so that a message is printed even if
 * libraries cannot be loaded.
 */
public final class Main {
    private Main() {}

    /**
     * Runs one command and exits with its code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        // Libraries, such as the progress bar, print numbers in the default format.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        int code = run(Console.ofProcess(), arguments);
        Interruption.finalMessagePrinted();
        System.exit(code);
    }

    /** Runs one command and returns its exit code. Errors of the Java machine are explained like other failures. */
    static int run(Console console, String... arguments) {
        try {
            return Program.run(console, arguments);
        } catch (Error e) {
            return explain(console, e);
        }
    }

    private static int explain(Console console, Error failure) {
        try {
            int code = Program.explain(console, failure);
            console.err().flush();
            return code;
        } catch (Error e) {
            console.err().println("fathom: a part of the program cannot be loaded (" + failure
                    + "); check that the installation is complete and that the limit of open files is at least 128.");
            console.err().flush();
            return ExitCode.ENVIRONMENT.code();
        }
    }
}
