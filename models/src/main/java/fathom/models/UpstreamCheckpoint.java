package fathom.models;

import java.util.List;

import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * A weight file from its authors' repository, converted to the layout of a checkpoint of the Hub.
 *
 * @param config the equivalent of {@code config.json}
 * @param preprocessor the equivalent of {@code preprocessor_config.json}
 * @param weights the tensors under the names that the Hub's checkpoints use
 * @param notes what was assumed because the file does not state it, one sentence each
 */
public record UpstreamCheckpoint(Settings config, Settings preprocessor, Checkpoint weights, List<String> notes) {
    /** The field of {@code config} that marks the settings of an authors' file. */
    public static final String MARK = "authors_file";

    /** Copies the collections. */
    public UpstreamCheckpoint {
        notes = List.copyOf(notes);
    }

    /**
     * Creates a checkpoint without assumptions.
     *
     * @param config the equivalent of {@code config.json}
     * @param preprocessor the equivalent of {@code preprocessor_config.json}
     * @param weights the tensors under the names that the Hub's checkpoints use
     */
    public UpstreamCheckpoint(Settings config, Settings preprocessor, Checkpoint weights) {
        this(config, preprocessor, weights, List.of());
    }
}
