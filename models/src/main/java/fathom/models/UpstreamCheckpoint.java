package fathom.models;

import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * A weight file from its authors' repository, converted to the layout of a checkpoint of the Hub.
 *
 * @param config the equivalent of {@code config.json}
 * @param preprocessor the equivalent of {@code preprocessor_config.json}
 * @param weights the tensors under the names that the Hub's checkpoints use
 */
public record UpstreamCheckpoint(Settings config, Settings preprocessor, Checkpoint weights) {}
