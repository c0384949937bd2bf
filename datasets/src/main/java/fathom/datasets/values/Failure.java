package fathom.datasets.values;

import java.time.Instant;

import fathom.datasets.Sample;

/**
 * The reason why a sample has no prediction.
 *
 * @param field the name of the prediction field
 * @param sampleId the {@link Sample#id()}
 * @param sampleName the {@link Sample#name()}
 * @param reason the message of the failure, for display
 * @param at the time of the failure
 */
public record Failure(String field, String sampleId, String sampleName, String reason, Instant at) {}
