package fathom.engine.quantisation;

/**
 * Weights in 8 bits: symmetric, one scale for each output, with weight = level · scale[output].
 *
 * @param levels row-major in the order of the original
 * @param scales one for each output, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // a value for one caller, never compared
record QuantizedWeights(byte[] levels, float[] scales) {
    /**
     * Largest level: 7 bits. Processors without instructions for 8-bit products add two of them in 16 bits, which two
     * products of 255 · 127 overflow silently. Two products with 63 do not overflow, and all processors compute the
     * same map.
     */
    private static final int MAX_LEVEL = 63;

    /** Quantises {@code weights} of {@code results} rows of equal length. */
    static QuantizedWeights of(float[] weights, int results) {
        int length = weights.length / results;
        byte[] levels = new byte[weights.length];
        float[] scales = new float[results];
        for (int row = 0; row < results; row++) {
            int from = row * length;
            float largest = 0;
            for (int i = from; i < from + length; i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            float scale = largest > 0 ? largest / MAX_LEVEL : 1;
            scales[row] = scale;
            for (int i = from; i < from + length; i++) {
                levels[i] = (byte) Math.clamp(Math.round(weights[i] / scale), -MAX_LEVEL, MAX_LEVEL);
            }
        }
        return new QuantizedWeights(levels, scales);
    }

    /** Returns the levels of a matrix of {@code rows} rows, transposed. */
    byte[] transposed(int rows) {
        int columns = levels.length / rows;
        byte[] turned = new byte[levels.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = levels[row * columns + column];
            }
        }
        return turned;
    }
}
