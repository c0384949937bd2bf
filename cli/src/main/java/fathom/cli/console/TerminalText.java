package fathom.cli.console;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/**
 * Text for a terminal without the characters that a terminal interprets: names and texts of files, models and servers are
 * printed, and must not move the cursor, set the title or reverse the reading direction.
 */
public final class TerminalText {
    private static final char REPLACEMENT = '?';

    private TerminalText() {}

    /**
     * Returns text in one line, in which {@code ?} stands for control characters, also for tabs and line breaks.
     *
     * @param text any text
     * @return text of the same length
     */
    public static String line(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(isControl((char) c) || c == '\n' || c == '\t' ? REPLACEMENT : (char) c));
        return clean.toString();
    }

    /** Returns JSON in which these characters, which occur only in its strings, are escaped. */
    static String json(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c) && c != '\r') {
                clean.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    /**
     * Returns whether a terminal interprets a character: the controls of ASCII and Latin-1 except for line feed and tab,
     * the marks that change the direction of text, and the separators of lines and paragraphs.
     */
    private static boolean isControl(char c) {
        return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E
                || c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    /** A writer that replaces control characters. The carriage return of a line break CR LF is kept. */
    static final class Cleaner extends FilterWriter {
        private boolean carriageReturn;

        Cleaner(Writer out) {
            super(out);
        }

        @Override
        public void write(int c) throws IOException {
            char next = (char) c;
            flushCarriageReturn(next);
            carriageReturn = next == '\r';
            if (!carriageReturn) {
                out.write(isControl(next) ? REPLACEMENT : next);
            }
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            write(new String(text, offset, length), 0, length);
        }

        /** Writes text without control characters at once. */
        @Override
        public void write(String text, int offset, int length) throws IOException {
            int end = offset + length;
            int from = offset;
            while (from < end) {
                int to = from;
                while (to < end && !isControl(text.charAt(to))) {
                    to++;
                }
                if (to > from) {
                    flushCarriageReturn(text.charAt(from));
                    out.write(text, from, to - from);
                }
                if (to < end) {
                    write(text.charAt(to));
                }
                from = to + 1;
            }
        }

        private void flushCarriageReturn(char next) throws IOException {
            if (carriageReturn) {
                out.write(next == '\n' ? '\r' : REPLACEMENT);
                carriageReturn = false;
            }
        }
    }

    /** A printer whose text is cleaned, and that knows the destination. */
    static final class Printer extends PrintWriter {
        private final PrintWriter destination;

        Printer(PrintWriter destination) {
            super(new Cleaner(destination), true);
            this.destination = destination;
        }

        PrintWriter destination() {
            return destination;
        }
    }
}
