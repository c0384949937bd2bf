package fathom.evaluation.normals;

/**
 * The unscrambled Sobol sequence in four dimensions, in Gray-code order, first point 0: the points of
 * {@code torch.quasirandom.SobolEngine(4)}.
 *
 * <p>Direction numbers: S. Joe and F. Y. Kuo, <i>Constructing Sobol sequences with better two-dimensional projections</i>,
 * SIAM J. Sci. Comput. 30, 2008; order: I. A. Antonov and V. M. Saleev, 1979.
 */
final class SobolSequence {
    static final int DIMENSIONS = 4;
    private static final int BITS = 30;
    private static final float UNIT = 0x1p-30f;

    /**
     * Primitive polynomials over GF(2), without their first and last coefficient, and the first direction numbers. The
     * first dimension has no polynomial: it is the van der Corput sequence.
     */
    private static final int[] COEFFICIENTS = {0, 0, 1, 1};

    private static final int[][] FIRST = {{}, {1}, {1, 3}, {1, 3, 1}};

    private final int[][] directions = new int[DIMENSIONS][];
    private final int[] point = new int[DIMENSIONS];
    private int drawn;

    SobolSequence() {
        for (int d = 0; d < DIMENSIONS; d++) {
            directions[d] = directions(COEFFICIENTS[d], FIRST[d]);
        }
    }

    private static int[] directions(int coefficients, int[] first) {
        int degree = first.length;
        int[] numbers = new int[BITS];
        for (int i = 0; i < BITS; i++) {
            if (degree == 0) {
                numbers[i] = 1;
            } else if (i < degree) {
                numbers[i] = first[i];
            } else {
                int number = numbers[i - degree] ^ (numbers[i - degree] << degree);
                for (int k = 1; k < degree; k++) {
                    if (((coefficients >> (degree - 1 - k)) & 1) == 1) {
                        number ^= numbers[i - k] << k;
                    }
                }
                numbers[i] = number;
            }
        }
        for (int i = 0; i < BITS; i++) {
            numbers[i] <<= BITS - 1 - i;
        }
        return numbers;
    }

    /** Writes the next point, each coordinate from 0 to 1, 1 excluded. */
    void next(float[] coordinates) {
        for (int d = 0; d < DIMENSIONS; d++) {
            coordinates[d] = point[d] * UNIT;
        }
        int bit = Integer.numberOfTrailingZeros(~drawn++);
        if (bit >= BITS) {
            throw new IllegalStateException("the Sobol sequence has no more points");
        }
        for (int d = 0; d < DIMENSIONS; d++) {
            point[d] ^= directions[d][bit];
        }
    }
}
