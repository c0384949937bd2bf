package fathom.cli;

import java.util.concurrent.CancellationException;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Explanation;
import picocli.CommandLine;

/** Runs command lines. */
final class Program {
    private Program() {}

    /** Runs one command and returns its exit code. */
    static int run(Console console, String... arguments) {
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            // Scripts call this often: skip building the command tree.
            for (String text : new FathomCommand.Version().getVersion()) {
                console.out().println(text);
            }
            return ExitCode.OK.code();
        }
        CommandLine line = CommandTree.of(console, arguments);
        line.setOut(console.helpOut());
        line.setErr(console.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setParameterExceptionHandler((failure, words) -> rejected(console, failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(console, failure));
        int code = line.execute(arguments);
        console.out().flush();
        console.err().flush();
        return code;
    }

    /** Prints what is wrong with the command line. It may contain names of files, so it is printed without styles. */
    private static int rejected(Console console, CommandLine.ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        console.err().println(failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, console.err())) {
            command.usage(console.err(), CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Prints the message of a failure and returns its exit code. */
    static int explain(Console console, Throwable failure) {
        if (failure instanceof CancellationException) {
            console.err().println("Interrupted. Completed work is kept; run the same command again to resume.");
            return ExitCode.INTERRUPTED.code();
        }
        Explanation explanation = Explanation.of(failure);
        console.err().println("fathom: " + explanation.text());
        if (explanation.exit() == ExitCode.DEFECT || console.environment().containsKey("FATHOM_DEBUG")) {
            failure.printStackTrace(console.err());
        }
        return explanation.exit().code();
    }
}
