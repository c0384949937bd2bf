package fathom.evaluation.alignment;

import fathom.evaluation.metrics.TorchSum;

/**
 * The weighted L1 fit of MoGe in float32, in the order of operations of PyTorch on a CPU with AVX2.
 *
 * <p>Often several lines have the same loss up to the rounding of float32 while their scales differ by 1e-4. Which of them
 * MoGe takes depends on the rounding of its sums. This class repeats them; {@link AnchoredL1} finds the true optimum.
 *
 * <p>Source: {@code align} in {@code moge/utils/alignment.py} of microsoft/MoGe; {@code aten/src/ATen/native/cpu/SumKernel.cpp}
 * of PyTorch 1.13. Not safe for concurrent use.
 */
final class FloatL1 {
    private static final float SMALLEST = 1e-7f;

    private final float[] values;
    private final float[] target;
    private final float[] weights;
    private final int axes;
    private final float[] x;
    private final float[] y;
    private final double[] quotients;
    private final float[] terms;

    /**
     * @param values [n, axes]
     * @param target [n, axes]
     * @param weights [n]
     */
    FloatL1(float[] values, float[] target, float[] weights, int axes) {
        this.values = values;
        this.target = target;
        this.weights = weights;
        this.axes = axes;
        this.x = new float[values.length];
        this.y = new float[values.length];
        this.quotients = new double[values.length];
        this.terms = new float[values.length];
    }

    /**
     * The best scale.
     *
     * @param scale target / value at the index
     * @param index into the values
     * @param loss without coordinates that are equal to that of the anchor
     */
    record Best(float scale, int index, float loss) {}

    /** The best scale of the differences from an anchor along the shifted axes; of the values if it is negative. */
    Best solve(int anchor, boolean... shifted) {
        int n = values.length;
        for (int i = 0; i < n; i++) {
            int axis = i % axes;
            boolean moved = anchor >= 0 && shifted[axis];
            float dx = values[i] - (moved ? values[anchor * axes + axis] : 0);
            float dy = target[i] - (moved ? target[anchor * axes + axis] : 0);
            float sign = dx > 0 ? 1 : dx < 0 ? -1 : 0;
            x[i] = dx * sign;
            y[i] = dy * sign;
            quotients[i] = y[i] / Math.max(x[i], SMALLEST);
        }
        int[] order = WeightedMedian.order(quotients, n);
        for (int i = 0; i < n; i++) {
            terms[i] = x[order[i]] * weights[order[i] / axes];
        }
        float all = TorchSum.of(terms);
        double running = 0;
        for (int i = 0; i < n; i++) {
            running += terms[i];
            terms[i] = 2 * (float) running - all;
        }
        int index = order[Math.min(firstNotNegative(terms), n - 1)];
        float scale = (float) quotients[index];
        for (int i = 0; i < n; i++) {
            terms[i] = weights[i / axes] * Math.abs(scale * x[i] - y[i]);
        }
        return new Best(scale, index, TorchSum.of(terms));
    }

    /** Binary search in ascending numbers; behind the last one if all are negative or NaN. */
    private static int firstNotNegative(float[] ascending) {
        int from = 0;
        int to = ascending.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (ascending[middle] >= 0) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
