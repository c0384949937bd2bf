package fathom.datasets.readers;

import java.util.List;

/**
 * What became of an import.
 *
 * @param dataset name of the dataset
 * @param imported scenes that are in it
 * @param skipped scenes that could not be used, and why
 * @param warnings what was odd about scenes that are in it, for people
 * @param notes how the files were understood, for people
 */
public record ImportReport(String dataset, int imported, List<Scene.Unusable> skipped, List<String> warnings,
        List<String> notes) {
    public ImportReport {
        skipped = List.copyOf(skipped);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }
}
