package fathom.workbench.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Notes on the scores of samples, one line for each kind of note. Notes that differ only in numbers are of one kind. */
final class SampleNotes {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private record Kind(String first, int samples) {}

    /** Adds the notes on a sample. */
    void add(String sample, List<String> notes) {
        for (String note : notes) {
            kinds.merge(NUMBER.matcher(note).replaceAll("#"), new Kind(sample + ": " + note, 1),
                    (known, fresh) -> new Kind(known.first(), known.samples() + 1));
        }
    }

    /** Returns the lines: the note on the first sample, and the number of others. */
    List<String> lines() {
        return kinds.values().stream().map(kind -> kind.first() + switch (kind.samples() - 1) {
            case 0 -> "";
            case 1 -> "; likewise 1 other sample";
            default -> "; likewise " + (kind.samples() - 1) + " other samples";
        }).toList();
    }
}
