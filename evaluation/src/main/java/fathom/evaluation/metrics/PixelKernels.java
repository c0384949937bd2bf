package fathom.evaluation.metrics;

/**
 * The loops of {@link PixelErrors} over one block of ordinary pixels, those whose ratio p/g is between ½ and 2. Each loop
 * is small, without branches, and reads and writes its arrays at one index, so that the compiler vectorises it. A sum is kept
 * in as many parts as the block has pixels, so that the additions do not depend on each other.
 */
final class PixelKernels {
    /** Number of pixels of a block: its arrays fit into the first cache of a core. */
    static final int BLOCK = 256;

    /** Moves every difference of a ratio and a limit, at least one unit in the last place of 1, out of the range of int. */
    private static final float FLOAT_STRETCH = 1e30f;
    private static final double DOUBLE_STRETCH = 1e300;

    private PixelKernels() {}

    /** Computes |p − g|, 1 / (p·g) and ln p − ln g. */
    static void differences(double[] p, double[] g, double[] errors, double[] inverses, double[] logs) {
        for (int i = 0; i < BLOCK; i++) {
            errors[i] = Math.abs(p[i] - g[i]);
        }
        for (int i = 0; i < BLOCK; i++) {
            inverses[i] = 1 / (p[i] * g[i]);
        }
        for (int i = 0; i < BLOCK; i++) {
            logs[i] = (p[i] - g[i]) / (p[i] + g[i]);
        }
        for (int i = 0; i < BLOCK; i++) {
            logs[i] = twiceArtanh(logs[i]);
        }
    }

    /**
     * Returns 2·artanh(s) = ln((1 + s) / (1 − s)) for |s| ≤ ⅓. The polynomial in s² interpolates at the Chebyshev nodes of
     * [0, 1/9]; its relative error is below 5e-17, so that of the result is a few units in the last place.
     */
    static double twiceArtanh(double s) {
        double z = s * s;
        double sum = 0.17780763826113302;
        sum = sum * z + 0.09880789048764786;
        sum = sum * z + 0.13591305485579894;
        sum = sum * z + 0.15363676248891633;
        sum = sum * z + 0.1818285980047391;
        sum = sum * z + 0.22222190861346283;
        sum = sum * z + 0.2857142911165716;
        sum = sum * z + 0.399999999952876;
        sum = sum * z + 0.6666666666668257;
        return s * (sum * z + 2);
    }

    /** Adds |x| and x² of each pixel. */
    static void addErrors(double[] errors, double[] absolute, double[] squared) {
        for (int i = 0; i < BLOCK; i++) {
            absolute[i] += errors[i];
            squared[i] += errors[i] * errors[i];
        }
    }

    /** Adds x, |x| and x² of each pixel. */
    static void addLogs(double[] logs, double[] sum, double[] absolute, double[] squared) {
        for (int i = 0; i < BLOCK; i++) {
            sum[i] += logs[i];
            absolute[i] += Math.abs(logs[i]);
            squared[i] += logs[i] * logs[i];
        }
    }

    /** Adds |p − g| / d, (p − g)² / d and (p − g)² / d² of each pixel, where 1 / d = other / (p·g). */
    static void addRelative(double[] errors, double[] inverses, double[] other, double[] relative, double[] squared,
            double[] squaredRatio) {
        for (int i = 0; i < BLOCK; i++) {
            double ratio = errors[i] * (other[i] * inverses[i]);
            relative[i] += ratio;
            squared[i] += errors[i] * ratio;
            squaredRatio[i] += ratio * ratio;
        }
    }

    /** Adds |p − g| / p, where 1 / p = g / (p·g). */
    static void addByPrediction(double[] errors, double[] inverses, double[] g, double[] relative) {
        for (int i = 0; i < BLOCK; i++) {
            relative[i] += errors[i] * (g[i] * inverses[i]);
        }
    }

    /** Adds |1/p − 1/g| and its square: |p − g| / (p·g). */
    static void addInverse(double[] errors, double[] inverses, double[] absolute, double[] squared) {
        for (int i = 0; i < BLOCK; i++) {
            double inverse = errors[i] * inverses[i];
            absolute[i] += inverse;
            squared[i] += inverse * inverse;
        }
    }

    /** Computes max(p/g, g/p) in float32. */
    static void ratios(double[] p, double[] g, float[] ratios) {
        for (int i = 0; i < BLOCK; i++) {
            float a = (float) p[i];
            float b = (float) g[i];
            ratios[i] = Math.max(a, b) / Math.min(a, b);
        }
    }

    /** Computes max(p/g, g/p) in float64. */
    static void ratios(double[] p, double[] g, double[] ratios) {
        for (int i = 0; i < BLOCK; i++) {
            ratios[i] = Math.max(p[i], g[i]) / Math.min(p[i], g[i]);
        }
    }

    /** Returns the number of ratios below a limit: the sign of the difference, which is exact. */
    static int below(float[] ratios, float limit) {
        int count = 0;
        for (int i = 0; i < BLOCK; i++) {
            count += (int) ((ratios[i] - limit) * FLOAT_STRETCH) >>> 31;
        }
        return count;
    }

    /** Returns the number of ratios below a limit. */
    static int below(double[] ratios, double limit) {
        int count = 0;
        for (int i = 0; i < BLOCK; i++) {
            count += (int) ((ratios[i] - limit) * DOUBLE_STRETCH) >>> 31;
        }
        return count;
    }
}
