package fathom.evaluation.metrics;

/**
 * The loops of {@link ByteSimilarity} over one row. Each loop is small and reads and writes few arrays at one index, so
 * that the compiler vectorises it; it would not vectorise one large loop. The length of a loop is the length of the
 * output array.
 */
final class SimilarityKernels {
    private SimilarityKernels() {}

    /** Reads unsigned bytes from index {@code start}. */
    static void unpack(byte[] bytes, int start, int[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[start + i] & 0xFF;
        }
    }

    /** Computes x² + y². */
    static void squares(int[] x, int[] y, int[] squares) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = x[i] * x[i] + y[i] * y[i];
        }
    }

    /** Computes x·y. */
    static void products(int[] x, int[] y, int[] products) {
        for (int i = 0; i < products.length; i++) {
            products[i] = x[i] * y[i];
        }
    }

    /** Returns Σ (x − y)², computed in blocks whose int sums cannot overflow. */
    static long squaredError(int[] x, int[] y) {
        long total = 0;
        for (int start = 0; start < x.length; start += 32768) {
            total += squaredError(x, y, start, Math.min(start + 32768, x.length));
        }
        return total;
    }

    private static int squaredError(int[] x, int[] y, int start, int end) {
        int sum = 0;
        for (int i = start; i < end; i++) {
            int difference = x[i] - y[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Subtracts {@code leaving} from the sums and adds {@code entering}. */
    static void replace(int[] sums, int[] entering, int[] leaving) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += entering[i] - leaving[i];
        }
    }

    /** Computes {@code sums[i] = columns[i] + … + columns[i + window - 1]}. */
    static void slide(int[] columns, int[] sums, int window) {
        int sum = 0;
        for (int i = 0; i < window - 1; i++) {
            sum += columns[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sum += columns[i + window - 1];
            sums[i] = sum;
            sum -= columns[i];
        }
    }

    /**
     * Computes {@link #slide(int[], int[], int)} for two arrays at once: the two running sums do not depend on each
     * other, so they run in parallel.
     */
    static void slide(int[] columnsA, int[] sumsA, int[] columnsB, int[] sumsB, int window) {
        int a = 0;
        int b = 0;
        for (int i = 0; i < window - 1; i++) {
            a += columnsA[i];
            b += columnsB[i];
        }
        for (int i = 0; i < sumsA.length; i++) {
            a += columnsA[i + window - 1];
            b += columnsB[i + window - 1];
            sumsA[i] = a;
            sumsB[i] = b;
            a -= columnsA[i];
            b -= columnsB[i];
        }
    }

    /** Computes X·Y. */
    static void crossMeans(int[] x, int[] y, double[] products) {
        for (int i = 0; i < products.length; i++) {
            products[i] = (double) x[i] * y[i];
        }
    }

    /** Computes X² + Y². */
    static void squaredMeans(int[] x, int[] y, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] = (double) x[i] * x[i] + (double) y[i] * y[i];
        }
    }

    /** Computes (2·X·Y + c1)(2(n·XY − X·Y) + c2) from X·Y. */
    static void numerator(double[] values, int[] products, double n, double c1, double c2) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (2 * values[i] + c1) * (2 * (n * products[i] - values[i]) + c2);
        }
    }

    /** Computes (X² + Y² + c1)(n·(XX + YY) − X² − Y² + c2) from X² + Y². */
    static void denominator(double[] values, int[] squares, double n, double c1, double c2) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] + c1) * (n * squares[i] - values[i] + c2);
        }
    }

    /** Divides each of {@code values} by its divisor. */
    static void divide(double[] values, double[] divisors) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= divisors[i];
        }
    }

    /**
     * Returns the sum in a fixed order, in four interleaved parts, so that the additions do not depend on each other.
     */
    static double sum(double[] values) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i <= values.length - 4; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < values.length; i++) {
            a += values[i];
        }
        return (a + b) + (c + d);
    }
}
