package fathom.evaluation.protocols;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The description of a protocol for users.
 *
 * @param title one line
 * @param description one paragraph: what is compared, and how
 * @param flaws known flaws, one or two sentences each; empty if none is known
 * @param citations the sources
 */
public record ProtocolText(String title, String description, List<String> flaws, List<String> citations) {
    /** Copies the lists. */
    public ProtocolText {
        flaws = List.copyOf(flaws);
        citations = List.copyOf(citations);
    }

    /**
     * {@return the text in lines of at most {@code columns} characters; a longer word gets a line of that length}
     *
     * @param columns the largest number of characters of a line
     */
    public String plain(int columns) {
        StringBuilder out = new StringBuilder();
        wrap(out, title, "", columns);
        out.append('\n');
        wrap(out, description, "", columns);
        section(out, "Known flaws", flaws, columns);
        section(out, "Source", citations, columns);
        return out.toString();
    }

    private static void section(StringBuilder out, String heading, List<String> items, int columns) {
        if (items.isEmpty()) {
            return;
        }
        out.append('\n').append(heading).append('\n');
        for (String item : items) {
            wrap(out, "- " + item, "  ", columns);
        }
    }

    private static void wrap(StringBuilder out, String paragraph, String indent, int columns) {
        int length = 0;
        for (String word : paragraph.split(" ", -1)) {
            if (length > 0 && length + 1 + word.length() > columns) {
                out.append('\n').append(indent);
                length = indent.length();
            } else if (length > 0) {
                out.append(' ');
                length++;
            }
            out.append(word);
            length += word.length();
        }
        out.append('\n');
    }

    /**
     * Reads {@code protocols/<name>.txt}. A line that starts with {@code #} starts a section (title, description,
     * flaws, citations); every other line that is not blank is one entry of it.
     */
    static ProtocolText load(String name) {
        Map<String, List<String>> sections = new TreeMap<>();
        String resource = name + ".txt";
        try (InputStream in = ProtocolText.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + ": missing from the program's resources");
            }
            List<String> section = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (line.startsWith("# ")) {
                    section = sections.computeIfAbsent(line.substring(2).strip(), heading -> new ArrayList<>());
                } else if (!line.isBlank()) {
                    section.add(line.strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(resource + ": cannot be read", e);
        }
        return new ProtocolText(only(sections, "title"), only(sections, "description"),
                sections.getOrDefault("flaws", List.of()), sections.getOrDefault("citations", List.of()));
    }

    private static String only(Map<String, List<String>> sections, String heading) {
        return String.join(" ", sections.getOrDefault(heading, List.of()));
    }
}
