package fathom.datasets.values;

import java.time.Instant;

import fathom.datasets.Sample;

/**
 * Why a sample has no prediction.
 *
 * @param field the prediction field
 * @param sampleId {@link Sample#id()}
 * @param sampleName {@link Sample#name()}
 * @param reason what happened, for people
 * @param at when
 */
public record Failure(String field, String sampleId, String sampleName, String reason, Instant at) {}
