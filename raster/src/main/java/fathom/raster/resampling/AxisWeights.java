package fathom.raster.resampling;

import java.util.Arrays;

/**
 * The weights for resampling one axis: output {@code i} is the sum over {@code k} of {@code weight(i, k) ·
 * input[first(i) + k]}. Inputs beyond the edge are not addressed: if a method repeats the edge, these weights are added
 * to the weight of the edge.
 */
final class AxisWeights {
    /**
     * One axis of a resize.
     *
     * @param from input pixels
     * @param to output pixels
     * @param scale input pixels per output pixel
     * @param bothShrink whether neither axis of the image grows
     * @param unit the integer that represents a weight of 1, or 0 if weights are fractions
     */
    record Axis(int from, int to, double scale, boolean bothShrink, int unit) {}

    private final int[] first;
    private final int[] count;
    private final float[] weights;
    private final int taps;

    private AxisWeights(int[] first, int[] count, float[] weights, int taps) {
        this.first = first;
        this.count = count;
        this.weights = weights;
        this.taps = taps;
    }

    /** Returns weights that copy to each output the input at the given index. */
    static AxisWeights picking(int[] sources) {
        int[] count = new int[sources.length];
        float[] weights = new float[sources.length];
        Arrays.fill(count, 1);
        Arrays.fill(weights, 1);
        return new AxisWeights(sources, count, weights, 1);
    }

    /** Returns the number of outputs. */
    int length() {
        return first.length;
    }

    /** Returns the largest number of inputs of an output. */
    int taps() {
        return taps;
    }

    /** Returns the first input of each output. */
    int[] first() {
        return first;
    }

    /** Returns the number of inputs of each output, at least 1. */
    int[] count() {
        return count;
    }

    /** Returns the weights: weight {@code k} of output {@code i} is element {@code i * taps() + k}. */
    float[] weights() {
        return weights;
    }

    /** Collects the weights of one axis, output by output. */
    static final class Builder {
        private final int from;
        private final int unit;
        private final int[] first;
        private final int[] count;
        private final int stride;
        private final double[] weights;
        private final double[] window;
        private int next;

        /** Creates a builder for an axis whose outputs have at most {@code taps} weights each. */
        Builder(Axis axis, int taps) {
            this.from = axis.from();
            this.unit = axis.unit();
            this.first = new int[axis.to()];
            this.count = new int[axis.to()];
            this.stride = Math.min(taps, from);
            this.weights = new double[Math.multiplyExact(axis.to(), stride)];
            this.window = new double[taps];
        }

        /** Returns the buffer for the weights of the next output, to be filled before {@link #add}. */
        double[] window() {
            return window;
        }

        /**
         * Adds an output that reads inputs {@code start} to {@code start + length - 1} with the weights in the window.
         * Inputs before the first or after the last have the value of the edge. Zero weights at either end are dropped.
         */
        void add(int start, int length) {
            int begin = 0;
            int end = length;
            while (end - begin > 1 && window[end - 1] == 0) {
                end--;
            }
            while (end - begin > 1 && window[begin] == 0) {
                begin++;
            }
            int low = Math.clamp(start + begin, 0, from - 1);
            int high = Math.clamp(start + end - 1, 0, from - 1);
            first[next] = low;
            count[next] = high - low + 1;
            for (int k = begin; k < end; k++) {
                int at = Math.clamp(start + k, 0, from - 1) - low;
                weights[next * stride + at] += unit == 0 ? window[k] : Math.rint(window[k] * unit);
            }
            next++;
        }

        AxisWeights build() {
            int taps = 1;
            for (int n : count) {
                taps = Math.max(taps, n);
            }
            float[] packed = new float[first.length * taps];
            for (int i = 0; i < first.length; i++) {
                for (int k = 0; k < count[i]; k++) {
                    packed[i * taps + k] = (float) weights[i * stride + k];
                }
            }
            return new AxisWeights(first, count, packed, taps);
        }
    }
}
