package fathom.cli.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;

/**
 * What a command sees of the outside: where results go, where messages go, who answers questions, the environment.
 *
 * @param out results, one thing per line or JSON, for people and pipes
 * @param err messages, progress and errors, for people only
 * @param in answers to questions
 * @param interactive whether a person sits at {@code in} and sees {@code err}
 * @param environment the process's environment variables
 */
public record Console(PrintWriter out, PrintWriter err, BufferedReader in, boolean interactive,
        Map<String, String> environment) {

    /** The console of this process. */
    // A run-time image without the terminal module has no console.
    @SuppressWarnings("SystemConsoleNull")
    public static Console ofProcess() {
        java.io.Console terminal = System.console();
        boolean interactive = terminal != null && terminal.isTerminal();
        return new Console(new PrintWriter(System.out, true, System.out.charset()),
                new PrintWriter(System.err, true, System.err.charset()),
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                interactive,
                System.getenv());
    }

    /**
     * Asks a question that is answered by yes or no; anything but yes, and the end of the input, is no.
     *
     * @throws IOException if the answer cannot be read
     */
    public boolean confirms(String question) throws IOException {
        err.print(question + " [y/N] ");
        err.flush();
        String answer = in.readLine();
        return answer != null && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }
}
