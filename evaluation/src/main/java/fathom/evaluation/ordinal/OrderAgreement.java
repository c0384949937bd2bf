package fathom.evaluation.ordinal;

import java.util.Arrays;

/**
 * The share of ordered pairs (i, j) of pixels whose order a prediction gives as the truth does:
 *
 * <pre>
 * share over (i, j) of  (p_i &lt; p_j) = (t_i &lt; t_j)                            0 to 1, 1 is best
 * </pre>
 *
 * <p>Pairs of a pixel with itself are part of the definition and always agree. A pair that is equal in one map and
 * different in the other agrees in one of its two directions. Two constant maps agree everywhere; a constant prediction of a
 * truth without ties has (n + 1) / (2n).
 *
 * <p>Source: EvalMDE (Princeton, 2025), {@code evalmde/metrics/standard.py}, {@code rel_depth}, which draws ten million
 * pairs at random. {@link #ofAllPairs} is the value that the draws scatter around, in O(n log n). {@link #ofSampledPairs}
 * repeats the draws of a given seed.
 */
public final class OrderAgreement {
    /** The number of pairs that EvalMDE draws. */
    public static final int EVALMDE_PAIRS = 10_000_000;

    private OrderAgreement() {}

    /**
     * {@return the share over all n² pairs}
     *
     * @param prediction predicted values, n; the larger value is farther
     * @param truth measured values of the same pixels, n
     * @throws IllegalArgumentException if the lengths differ, there is no value, or a value is NaN
     */
    public static double ofAllPairs(float[] prediction, float[] truth) {
        requirePairs(prediction, truth);
        int n = truth.length;
        int[] p = denseRanks(prediction);
        int[] t = denseRanks(truth);
        int[] starts = starts(t);
        int[] byTruth = sortedBy(t, starts);
        long[] tree = new long[Arrays.stream(p).max().orElse(0) + 2];
        long both = 0;
        for (int level = 0; level + 1 < starts.length; level++) {
            for (int i = starts[level]; i < starts[level + 1]; i++) {
                both += countBelow(tree, p[byTruth[i]]);
            }
            for (int i = starts[level]; i < starts[level + 1]; i++) {
                add(tree, p[byTruth[i]]);
            }
        }
        long pairs = (long) n * n;
        long neither = pairs - ascending(starts(p), pairs) - ascending(starts, pairs) + both;
        return (double) (both + neither) / pairs;
    }

    /**
     * {@return the share over pairs drawn at random with replacement} All first pixels are drawn before all second pixels.
     *
     * @param prediction predicted values, n; the larger value is farther
     * @param truth measured values of the same pixels, n
     * @param pairs the number of pairs, at least 1
     * @param seed of {@code torch.manual_seed}; the pairs are those of {@code torch.randint} on a CPU
     * @throws IllegalArgumentException if the lengths differ, there is no value, a value is NaN, or {@code pairs} is
     *         below 1
     */
    public static double ofSampledPairs(float[] prediction, float[] truth, int pairs, long seed) {
        requirePairs(prediction, truth);
        if (pairs < 1) {
            throw new IllegalArgumentException("pairs: expected at least 1, found " + pairs);
        }
        MersenneTwister random = new MersenneTwister(seed);
        int[] first = new int[pairs];
        for (int i = 0; i < pairs; i++) {
            first[i] = random.below(truth.length);
        }
        long agreeing = 0;
        for (int i : first) {
            int j = random.below(truth.length);
            if (prediction[i] < prediction[j] == truth[i] < truth[j]) {
                agreeing++;
            }
        }
        return (double) agreeing / pairs;
    }

    private static void requirePairs(float[] prediction, float[] truth) {
        if (prediction.length != truth.length || truth.length == 0) {
            throw new IllegalArgumentException("prediction: expected as many values as the truth, at least one; found "
                    + prediction.length + " and " + truth.length);
        }
        for (int i = 0; i < truth.length; i++) {
            if (Float.isNaN(prediction[i]) || Float.isNaN(truth[i])) {
                throw new IllegalArgumentException("value " + i + ": expected a number, found NaN; mask it");
            }
        }
    }

    /** Returns 0 for the smallest value, 1 for the next larger one …; equal values have equal ranks. */
    private static int[] denseRanks(float[] values) {
        float[] sorted = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            sorted[i] = values[i] + 0f; // -0 becomes 0
        }
        Arrays.sort(sorted);
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[distinct - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        int[] ranks = new int[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = Arrays.binarySearch(sorted, 0, distinct, values[i] + 0f);
        }
        return ranks;
    }

    /** Returns where each rank starts if the values are sorted; the last element is n. */
    private static int[] starts(int[] ranks) {
        int[] starts = new int[Arrays.stream(ranks).max().orElse(0) + 2];
        for (int rank : ranks) {
            starts[rank + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        return starts;
    }

    /** Returns the indices of the values, by rank. */
    private static int[] sortedBy(int[] ranks, int[] starts) {
        int[] next = starts.clone();
        int[] order = new int[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            order[next[ranks[i]]++] = i;
        }
        return order;
    }

    /** Returns the number of ordered pairs whose first value is smaller than the second. */
    private static long ascending(int[] starts, long pairs) {
        long equal = 0;
        for (int i = 1; i < starts.length; i++) {
            long count = (long) starts[i] - starts[i - 1];
            equal += count * count;
        }
        return (pairs - equal) / 2;
    }

    /** Returns how many ranks below {@code rank} were added to the Fenwick tree. */
    private static long countBelow(long[] tree, int rank) {
        long count = 0;
        for (int i = rank; i > 0; i -= i & -i) {
            count += tree[i];
        }
        return count;
    }

    private static void add(long[] tree, int rank) {
        for (int i = rank + 1; i < tree.length; i += i & -i) {
            tree[i]++;
        }
    }
}
