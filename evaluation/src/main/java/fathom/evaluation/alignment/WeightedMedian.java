package fathom.evaluation.alignment;

/** Selection and order of weighted numbers. */
final class WeightedMedian {
    private WeightedMedian() {}

    /**
     * The smallest of the first {@code count} values for which the weights of the values up to it are at least half of
     * all weights. Three-way quickselect with the median of three as pivot; reorders both arrays.
     */
    static double select(double[] values, double[] weights, int count) {
        double half = 0;
        for (int i = 0; i < count; i++) {
            half += weights[i];
        }
        half /= 2;
        int from = 0;
        int to = count;
        double below = 0;
        while (to - from > 1) {
            double pivot = middle(values[from], values[(from + to) >>> 1], values[to - 1]);
            int less = from;
            int equal = from;
            int greater = to;
            double lessWeight = 0;
            double equalWeight = 0;
            while (equal < greater) {
                double value = values[equal];
                if (value < pivot) {
                    lessWeight += weights[equal];
                    swap(values, weights, less++, equal++);
                } else if (value > pivot) {
                    swap(values, weights, equal, --greater);
                } else {
                    equalWeight += weights[equal++];
                }
            }
            if (less > from && below + lessWeight >= half) {
                to = less;
            } else if (greater == to || below + lessWeight + equalWeight >= half) {
                return pivot;
            } else {
                below += lessWeight + equalWeight;
                from = greater;
            }
        }
        return values[from];
    }

    /** The indices of the first {@code count} values in ascending order; equal values keep theirs, NaN is last. Merge sort. */
    static int[] order(double[] values, int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        int[] merged = new int[count];
        for (int run = 1; run < count; run *= 2) {
            for (int start = 0; start < count; start += 2 * run) {
                int middle = Math.min(start + run, count);
                int end = Math.min(start + 2 * run, count);
                int left = start;
                int right = middle;
                for (int at = start; at < end; at++) {
                    boolean takeLeft = left < middle
                            && (right >= end || !(Double.compare(values[order[left]], values[order[right]]) > 0));
                    merged[at] = takeLeft ? order[left++] : order[right++];
                }
            }
            int[] swapped = order;
            order = merged;
            merged = swapped;
        }
        return order;
    }

    private static double middle(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private static void swap(double[] values, double[] weights, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
        double weight = weights[i];
        weights[i] = weights[j];
        weights[j] = weight;
    }
}
