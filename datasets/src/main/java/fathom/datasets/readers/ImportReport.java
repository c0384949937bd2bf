package fathom.datasets.readers;

import java.util.List;

/**
 * The result of an import.
 *
 * @param dataset the name of the dataset
 * @param imported the number of scenes in the dataset
 * @param skipped the scenes that cannot be used, with the reasons
 * @param warnings unusual properties of imported scenes, for display
 * @param notes how the files were interpreted, for display
 * @param pairs every imported picture with its depth map and the rule that assigned it
 * @param unusedDepths the depth maps that belong to no picture
 */
public record ImportReport(String dataset, int imported, List<Scene.Unusable> skipped, List<String> warnings,
        List<String> notes, List<ImportedPair> pairs, List<String> unusedDepths) {
    /** Copies the lists. */
    public ImportReport {
        skipped = List.copyOf(skipped);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        pairs = List.copyOf(pairs);
        unusedDepths = List.copyOf(unusedDepths);
    }
}
