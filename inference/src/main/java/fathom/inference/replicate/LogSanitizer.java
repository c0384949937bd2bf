package fathom.inference.replicate;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Preparation of texts of the service and its models for messages: shortens them and removes control sequences of
 * terminals.
 */
final class LogSanitizer {
    private static final int MAX_LINE = 500;
    private static final int LOG_LINES = 20;
    private static final int MAX_LOG_LINE = 200;
    private static final Pattern END_OF_LINE = Pattern.compile("\r?\n");
    /** A control sequence of a terminal (ECMA-48, section 5.4), or another sequence of control characters. */
    private static final Pattern CONTROLS = Pattern.compile("\\x1b\\[[0-?]*[ -/]*[@-~]|\\p{Cc}+");

    private LogSanitizer() {}

    /** Returns {@code text} in one line of at most {@value #MAX_LINE} characters. */
    static String line(String text) {
        return shortened(text, MAX_LINE);
    }

    /**
     * Returns the last lines of a log, which usually contain the reason, below a heading; empty if the log is empty. For
     * a line that was overwritten by carriage returns, as progress bars do, returns its last state.
     */
    static String endOfLog(String logs) {
        List<String> lines = END_OF_LINE.splitAsStream(logs).map(String::stripTrailing)
                .map(line -> line.substring(line.lastIndexOf('\r') + 1)).map(line -> shortened(line, MAX_LOG_LINE))
                .filter(line -> !line.isBlank()).toList();
        return lines.isEmpty()
                ? ""
                : "\nIts log ends:\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    private static String shortened(String text, int most) {
        String part = text.length() > 2 * most ? text.substring(0, 2 * most) : text;
        String plain = CONTROLS.matcher(part).replaceAll(" ").strip();
        return plain.length() > most || part.length() < text.length()
                ? plain.substring(0, Math.min(most, plain.length())) + "..."
                : plain;
    }
}
