package fathom.evaluation.verification;

import fathom.evaluation.parity.ToolkitRecord;

/**
 * The comparison of one record with Fathom's answer.
 *
 * @param record the record
 * @param status what came of it
 * @param largestDifference the largest relative difference of a number; 0 if no number was compared
 * @param detail the reason why the record is not covered, or the first number out of tolerance; empty if reproduced
 */
public record RecordOutcome(ToolkitRecord record, Status status, double largestDifference, String detail) {
    /** What came of a record. */
    public enum Status {
        /** Every number is within tolerance, or both have no number. */
        REPRODUCED,
        /** Fathom does not give this number, for a stated reason. */
        NOT_COVERED,
        /** A number differs, is missing, or one side has none. */
        OUT_OF_TOLERANCE
    }
}
