package fathom.evaluation.metrics;

/**
 * The loops of {@link PixelErrors} over one block of ordinary pixels, those whose ratio p/g is between ½ and 2. Each loop
 * is small, without branches, and reads and writes its arrays at one index, so that the compiler vectorises it. A sum is kept
 * in as many parts as the block has pixels, so that the additions do not depend on each other.
 */
final class PixelKernels {
    /** Number of pixels of a block: its arrays fit into the first cache of a core. */
    static final int BLOCK = 256;

    private PixelKernels() {}

    /** Computes 1 / (p·g·(p + g)), the only division; it neither overflows nor underflows. */
    static void quotients(double[] p, double[] g, double[] quotients) {
        for (int i = 0; i < BLOCK; i++) {
            quotients[i] = 1 / (p[i] * g[i] * (p[i] + g[i]));
        }
    }

    /** Computes ln p − ln g = 2·artanh((p − g) / (p + g)). */
    static void logs(double[] p, double[] g, double[] quotients, double[] logs) {
        for (int i = 0; i < BLOCK; i++) {
            logs[i] = twiceArtanh((p[i] - g[i]) * (quotients[i] * (p[i] * g[i])));
        }
    }

    /**
     * Returns 2·artanh(s) = ln((1 + s) / (1 − s)) for |s| ≤ ⅓. The polynomial in s² interpolates at the Chebyshev nodes of
     * [0, 1/9]; its relative error is below 5e-17, so that of the result is a few units in the last place.
     */
    static double twiceArtanh(double s) {
        double z = s * s;
        double sum = Math.fma(0.17780763826113302, z, 0.09880789048764786);
        sum = Math.fma(sum, z, 0.13591305485579894);
        sum = Math.fma(sum, z, 0.15363676248891633);
        sum = Math.fma(sum, z, 0.1818285980047391);
        sum = Math.fma(sum, z, 0.22222190861346283);
        sum = Math.fma(sum, z, 0.2857142911165716);
        sum = Math.fma(sum, z, 0.399999999952876);
        sum = Math.fma(sum, z, 0.6666666666668257);
        return s * Math.fma(sum, z, 2);
    }

    /** Adds x, |x| and x² of each pixel. */
    static void addLogs(double[] logs, double[] sum, double[] absolute, double[] squared) {
        for (int i = 0; i < BLOCK; i++) {
            sum[i] += logs[i];
            absolute[i] += Math.abs(logs[i]);
            squared[i] += logs[i] * logs[i];
        }
    }

    /** Adds |p − g| and its square, and the same for 1/p − 1/g = (g − p) / (p·g). */
    static void addErrors(double[] p, double[] g, double[] quotients, double[] absolute, double[] squared,
            double[] inverseAbsolute, double[] inverseSquared) {
        for (int i = 0; i < BLOCK; i++) {
            double error = Math.abs(p[i] - g[i]);
            double inverse = error * (quotients[i] * (p[i] + g[i]));
            absolute[i] += error;
            squared[i] += error * error;
            inverseAbsolute[i] += inverse;
            inverseSquared[i] += inverse * inverse;
        }
    }

    /** Adds |p − g| / g, (p − g)² / g, (p − g)² / g² and |p − g| / p. */
    static void addRelative(double[] p, double[] g, double[] quotients, double[] relative, double[] squared,
            double[] squaredRatio, double[] byPrediction) {
        for (int i = 0; i < BLOCK; i++) {
            double error = Math.abs(p[i] - g[i]);
            double inverse = error * (quotients[i] * (p[i] + g[i]));
            double ratio = inverse * p[i];
            relative[i] += ratio;
            squared[i] += error * ratio;
            squaredRatio[i] += ratio * ratio;
            byPrediction[i] += inverse * g[i];
        }
    }

    /** Rounds to float32. */
    static void round(double[] values, double[] rounded) {
        for (int i = 0; i < BLOCK; i++) {
            rounded[i] = (float) values[i];
        }
    }

    /** Whether 3·|p − g| < p + g for each pixel: its ratio is between ½ and 2. False if a number is NaN, infinite or not above 0. */
    static boolean areOrdinary(double[] p, double[] g) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < BLOCK; i++) {
            largest = Math.max(largest, 3 * Math.abs(p[i] - g[i]) - (p[i] + g[i]));
        }
        return largest < 0;
    }

    /**
     * Adds 1 for each pixel whose ratio max(p/g, g/p), rounded to float32, is below a limit above 1, and −1 for the others: the
     * sign of (p − m·g)(g − m·p).
     *
     * @param middle m, the middle between the limit and the next smaller float32. It has 25 bits, so its products with
     *            float32 numbers are exact, and no ratio of float32 numbers is equal to it.
     */
    static void addBelow(double[] p, double[] g, double middle, double[] signs) {
        for (int i = 0; i < BLOCK; i++) {
            signs[i] += Math.signum((p[i] - middle * g[i]) * (g[i] - middle * p[i]));
        }
    }

    /** Computes max(p/g, g/p) in float64. */
    static void ratios(double[] p, double[] g, double[] ratios) {
        for (int i = 0; i < BLOCK; i++) {
            ratios[i] = Math.max(p[i], g[i]) / Math.min(p[i], g[i]);
        }
    }

    /** Adds 1 for each ratio below a limit, and −1 for the others. */
    static void addBelow(double[] ratios, double limit, double[] signs) {
        for (int i = 0; i < BLOCK; i++) {
            double sign = Math.signum(limit - ratios[i]);
            signs[i] += sign + sign * sign - 1;
        }
    }
}
