package fathom.inference.replicate;

import java.util.List;
import java.util.regex.Pattern;

/** What the service and its models say, made fit for a message: short, and without what would steer a terminal. */
final class LogSanitizer {
    private static final int LONGEST_LINE = 500;
    private static final int LOG_LINES = 20;
    private static final int LONGEST_LOG_LINE = 200;
    private static final Pattern END_OF_LINE = Pattern.compile("\r?\n");
    /** A control sequence of a terminal (ECMA-48, section 5.4), or any other run of control characters. */
    private static final Pattern CONTROLS = Pattern.compile("\\x1b\\[[0-?]*[ -/]*[@-~]|\\p{Cc}+");

    private LogSanitizer() {}

    /** {@code text} in one line of at most 500 characters. */
    static String line(String text) {
        return shortened(text, LONGEST_LINE);
    }

    /**
     * Returns the end of what a model printed, where the reason usually is, below a heading; empty if it printed
     * nothing. Of a line that was written over, as progress bars are, what a person would have seen last.
     */
    static String endOfLog(String logs) {
        List<String> lines = END_OF_LINE.splitAsStream(logs).map(String::stripTrailing)
                .map(line -> line.substring(line.lastIndexOf('\r') + 1))
                .map(line -> shortened(line, LONGEST_LOG_LINE)).filter(line -> !line.isBlank()).toList();
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
