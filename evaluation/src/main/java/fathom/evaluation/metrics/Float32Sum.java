package fathom.evaluation.metrics;

import java.util.Arrays;

/**
 * The sum of float32 numbers in float32, in the order in which PyTorch sums a contiguous tensor on one thread with
 * vectors of eight numbers. Ill-conditioned fits in float32 depend on this order.
 *
 * <p>Source: {@code aten/src/ATen/native/cpu/SumKernel.cpp}, {@code cascade_sum}: four rows of vectors are accumulated
 * side by side; after each block, the accumulators of one level are added to the next of four levels.
 */
public final class Float32Sum {
    private static final int VECTOR = 8;
    private static final int ROWS = 4;
    private static final int LEVELS = 4;
    private static final int LEAST_POWER = 4;

    private Float32Sum() {}

    /**
     * {@return the sum}
     *
     * @param values the numbers
     */
    public static float of(float[] values) {
        int vectors = values.length / VECTOR;
        float[] lanes = lanes(values, vectors);
        float sum = 0;
        for (int i = vectors * VECTOR; i < values.length; i++) {
            sum += values[i];
        }
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    /** Returns the sums of the lanes of all vectors. */
    private static float[] lanes(float[] values, int vectors) {
        int groups = vectors / ROWS;
        float[] partial = groups(values, groups);
        for (int i = groups * ROWS; i < vectors; i++) {
            for (int lane = 0; lane < VECTOR; lane++) {
                partial[lane] += values[i * VECTOR + lane];
            }
        }
        float[] lanes = new float[VECTOR];
        System.arraycopy(partial, 0, lanes, 0, VECTOR);
        for (int row = 1; row < ROWS; row++) {
            for (int lane = 0; lane < VECTOR; lane++) {
                lanes[lane] += partial[row * VECTOR + lane];
            }
        }
        return lanes;
    }

    /** Returns the sums of groups of four vectors: 32 numbers. */
    private static float[] groups(float[] values, int groups) {
        int width = ROWS * VECTOR;
        int logarithm = groups <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(groups - 1);
        int power = Math.max(LEAST_POWER, logarithm / LEVELS);
        int step = 1 << power;
        float[][] levels = new float[LEVELS][width];
        int i = 0;
        while (i + step <= groups) {
            for (int j = 0; j < step; j++, i++) {
                add(levels[0], values, i * width);
            }
            for (int level = 1; level < LEVELS; level++) {
                add(levels[level], levels[level - 1], 0);
                Arrays.fill(levels[level - 1], 0);
                if ((i & ((step - 1) << (level * power))) != 0) {
                    break;
                }
            }
        }
        for (; i < groups; i++) {
            add(levels[0], values, i * width);
        }
        for (int level = 1; level < LEVELS; level++) {
            add(levels[0], levels[level], 0);
        }
        return levels[0];
    }

    private static void add(float[] sums, float[] values, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[from + i];
        }
    }
}
