package fathom.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * The input and output of a command, and its environment variables.
 *
 * @param out results: text lines or JSON
 * @param err messages, progress and errors
 * @param in answers to questions
 * @param interactive whether {@code in} and {@code err} are a terminal
 * @param environment the environment variables of the process
 */
public record Console(PrintWriter out, PrintWriter err, BufferedReader in, boolean interactive,
        Map<String, String> environment) {
    /** Removes control characters from everything that is printed; see {@link TerminalText}. */
    public Console {
        out = out instanceof TerminalText.Printer ? out : new TerminalText.Printer(out);
        err = err instanceof TerminalText.Printer ? err : new TerminalText.Printer(err);
    }

    /** {@return where help is printed, which has styles but no text of others} */
    public PrintWriter helpOut() {
        return out instanceof TerminalText.Printer printer ? printer.destination() : out;
    }

    /** {@return the console of this process} */
    // A runtime image without the terminal module has no console.
    @SuppressWarnings("SystemConsoleNull")
    public static Console ofProcess() {
        java.io.Console terminal = System.console();
        boolean interactive = terminal != null && terminal.isTerminal();
        return new Console(new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), interactive,
                System.getenv());
    }

    /**
     * Asks a question and reads the answer. Only {@code y} and {@code yes} confirm; any other answer, and the end of the
     * input, declines.
     *
     * @param question the question, without "[y/N]"
     * @return whether the user confirmed
     * @throws IOException if the answer cannot be read
     */
    public boolean confirms(String question) throws IOException {
        err.print(question + " [y/N] ");
        err.flush();
        String answer = in.readLine();
        return answer != null && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
