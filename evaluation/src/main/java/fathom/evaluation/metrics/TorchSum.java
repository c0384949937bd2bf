package fathom.evaluation.metrics;

/**
 * The sum of a contiguous float32 tensor as {@code torch.sum} rounds it on a CPU: with one thread, on vectors of eight
 * floats. A metric that is a difference of two such sums near each other, like a scale-invariant log error, depends on the
 * rounding: its square can be below 0, and the metric NaN.
 *
 * <p>Source: the cascade sum of PyTorch 1.13, {@code aten/src/ATen/native/cpu/SumKernel.cpp}: four interleaved sums of
 * vectors, each in four levels of blocks, then the lanes of the vectors.
 */
public final class TorchSum {
    private static final int LANES = 8;
    private static final int ROWS = 4;
    private static final int LEVELS = 4;
    private static final int LEAST_POWER = 4;

    private TorchSum() {}

    /**
     * {@return the sum of all values, in order}
     *
     * @param values the elements of the tensor, in row-major order
     */
    public static float of(float[] values) {
        int lanes = values.length < LANES ? 1 : LANES;
        int vectors = values.length / lanes;
        int groups = vectors / ROWS;
        float[] sums = cascade(values, groups, ROWS * lanes);
        for (int i = groups * ROWS * lanes; i < vectors * lanes; i++) {
            sums[i % lanes] += values[i];
        }
        for (int i = lanes; i < ROWS * lanes; i++) {
            sums[i % lanes] += sums[i];
        }
        float total = 0;
        for (int i = vectors * lanes; i < values.length; i++) {
            total += values[i];
        }
        for (int lane = 0; lane < lanes; lane++) {
            total += sums[lane];
        }
        return total;
    }

    /** Returns the sums of the columns of [groups, width]. A level is added to the next one when its block is full. */
    private static float[] cascade(float[] values, int groups, int width) {
        int power = Math.max(LEAST_POWER, ceilLog2(groups) / LEVELS);
        int step = 1 << power;
        float[][] levels = new float[LEVELS][width];
        int group = 0;
        while (group + step <= groups) {
            for (int end = group + step; group < end; group++) {
                add(levels[0], values, group * width);
            }
            for (int level = 1; level < LEVELS; level++) {
                add(levels[level], levels[level - 1], 0);
                levels[level - 1] = new float[width];
                if ((group & ((step - 1L) << (level * power))) != 0) {
                    break;
                }
            }
        }
        for (; group < groups; group++) {
            add(levels[0], values, group * width);
        }
        for (int level = 1; level < LEVELS; level++) {
            add(levels[0], levels[level], 0);
        }
        return levels[0];
    }

    private static int ceilLog2(int value) {
        return value <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
    }

    private static void add(float[] sums, float[] values, int from) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[from + i];
        }
    }
}
