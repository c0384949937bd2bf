package fathom.evaluation.parity.toolkits;

/**
 * The sum of float32 numbers in float32, in an order whose rounding is like that of PyTorch and NumPy: pairs of blocks,
 * not one running sum.
 */
final class Float32Sum {
    private static final int BLOCK = 128;

    private Float32Sum() {}

    /** Returns the sum of rows of sums. */
    static float of(float[] values, int height, int width) {
        float[] rows = new float[height];
        for (int row = 0; row < height; row++) {
            rows[row] = pairwise(values, row * width, width);
        }
        return pairwise(rows, 0, height);
    }

    private static float pairwise(float[] values, int from, int count) {
        if (count <= BLOCK) {
            float sum = 0;
            for (int i = 0; i < count; i++) {
                sum += values[from + i];
            }
            return sum;
        }
        int half = count / 2;
        return pairwise(values, from, half) + pairwise(values, from + half, count - half);
    }
}
