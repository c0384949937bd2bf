package fathom.datasets.values;

import java.time.Instant;

/**
 * The evaluation that made the numbers {@code field.protocol.*}.
 *
 * @param field the name of the prediction field that was scored
 * @param protocol the name of the protocol
 * @param truth the name of the ground truth field; empty if not stated
 * @param definition the complete protocol with its options, as canonical JSON; empty if unknown
 * @param hash the SHA-256 of the definition in lower-case hexadecimal digits; empty if unknown
 * @param begun the time at which the evaluation was last started
 */
public record EvaluationRecord(String field, String protocol, String truth, String definition, String hash,
        Instant begun) {}
