package fathom.evaluation.verification;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.verification.RecordOutcome.Status;
import org.jspecify.annotations.Nullable;

/** Compares records of toolkits with Fathom's answers. */
public final class ParityVerification {
    private ParityVerification() {}

    /**
     * {@return the comparison of one record}
     *
     * @param record the record
     * @throws IOException if an array of the record exists and cannot be read
     */
    public static RecordOutcome compare(ToolkitRecord record) throws IOException {
        Optional<Toolkit> toolkit = Toolkits.named(record.toolkit());
        if (toolkit.isEmpty()) {
            return notCovered(record, "no built-in protocol for the toolkit " + record.toolkit());
        }
        ToolkitAnswer answer;
        try {
            answer = toolkit.get().answer(record);
        } catch (NoSuchFileException e) {
            return notCovered(record, "the input " + Path.of(e.getFile()).getFileName() + " is not there");
        }
        return switch (answer) {
            case ToolkitAnswer.NotCovered reason -> notCovered(record, reason.reason());
            case ToolkitAnswer.Raises raises -> record.raises().isPresent()
                    ? new RecordOutcome(record, Status.REPRODUCED, 0, "")
                    : different(record, Double.POSITIVE_INFINITY,
                            "the toolkit gives numbers, Fathom none: " + raises.instead());
            case ToolkitAnswer.Numbers numbers -> record.raises().isPresent()
                    ? different(record, Double.POSITIVE_INFINITY,
                            "the toolkit raises " + record.raises().get() + ", Fathom gives numbers")
                    : numbers(record, numbers, toolkit.get());
        };
    }

    private static RecordOutcome numbers(ToolkitRecord record, ToolkitAnswer.Numbers numbers, Toolkit toolkit) {
        Differences differences = new Differences();
        differences.add(record, "", record.metrics(), numbers.metrics(), toolkit, true);
        differences.add(record, "fit/", record.fit(), numbers.fit(), toolkit, false);
        if (record.count().isPresent() && numbers.count().isPresent()
                && record.count().getAsLong() != numbers.count().getAsLong()) {
            return different(record, Double.POSITIVE_INFINITY,
                    "n: expected " + record.count().getAsLong() + ", found " + numbers.count().getAsLong());
        }
        return differences.first == null
                ? new RecordOutcome(record, Status.REPRODUCED, differences.largest, "")
                : different(record, differences.largest, differences.first);
    }

    private static final class Differences {
        private double largest;
        private @Nullable String first;

        void add(ToolkitRecord record, String prefix, Map<String, Double> expected, Map<String, Double> found,
                Toolkit toolkit, boolean complete) {
            for (Map.Entry<String, Double> entry : new TreeMap<>(expected).entrySet()) {
                String key = prefix + entry.getKey();
                Double value = found.get(entry.getKey());
                if (value == null) {
                    if (complete && first == null) {
                        first = key + ": expected " + entry.getValue() + ", found nothing";
                    }
                    continue;
                }
                Tolerance tolerance = toolkit.tolerance(record, key);
                double difference = Tolerance.relativeDifference(value, entry.getValue());
                if (!tolerance.accepts(value, entry.getValue())) {
                    if (first == null) {
                        first = key + ": expected " + entry.getValue() + ", found " + value;
                    }
                    largest = Math.max(largest, difference);
                } else if (tolerance.squared() == 0 && Math.abs(value - entry.getValue()) > tolerance.absolute()) {
                    largest = Math.max(largest, difference);
                }
            }
        }
    }

    private static RecordOutcome notCovered(ToolkitRecord record, String reason) {
        return new RecordOutcome(record, Status.NOT_COVERED, 0, reason);
    }

    private static RecordOutcome different(ToolkitRecord record, double difference, String detail) {
        return new RecordOutcome(record, Status.OUT_OF_TOLERANCE, difference, detail);
    }
}
