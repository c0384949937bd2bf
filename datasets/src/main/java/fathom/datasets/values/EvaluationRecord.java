package fathom.datasets.values;

import java.time.Instant;

/**
 * What made the numbers {@code field.protocol.*}.
 *
 * @param field the prediction that was scored
 * @param protocol the protocol's name
 * @param truth the field that it was scored against, empty where not stated
 * @param definition the protocol in full, with its options, as canonical JSON; empty if not known
 * @param hash SHA-256 of the definition, lower-case hexadecimal; empty if not known
 * @param begun when it was last begun
 */
public record EvaluationRecord(String field, String protocol, String truth, String definition, String hash,
        Instant begun) {}
