package fathom.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * The times of several repetitions of one piece of work.
 *
 * @param seconds one number per repetition
 */
record Timings(List<Double> seconds) {
    Timings {
        seconds = List.copyOf(seconds);
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("timings: expected at least one repetition, found none");
        }
    }

    /** Returns the median. */
    double median() {
        double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Returns the shortest time, which is the one least affected by other programs. */
    double best() {
        double best = Double.POSITIVE_INFINITY;
        for (double s : seconds) {
            best = Math.min(best, s);
        }
        return best;
    }
}
