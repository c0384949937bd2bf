package fathom.models;

import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * A weight file of an author's repository, seen as a checkpoint of the hub.
 *
 * @param config what {@code config.json} would say
 * @param preprocessor what {@code preprocessor_config.json} would say
 * @param weights the tensors under the hub's names
 */
public record UpstreamCheckpoint(Settings config, Settings preprocessor, Checkpoint weights) {}
