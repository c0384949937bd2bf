package fathom.evaluation.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

import fathom.raster.Plane;

/**
 * Computes the sums of all pixelwise metrics in one pass over two maps.
 *
 * <p>Errors are computed in float64. The ratio that is compared with a threshold is computed in
 * the arithmetic of the protocol, because toolkits differ there: a float32 ratio can lie on a threshold that the exact
 * ratio misses. A NaN counts as a pixel that no threshold holds for.
 */
public final class PixelErrors {
    private final double[] thresholds;
    /** A ratio below the limit is within the threshold: the next larger number if the threshold itself is within. */
    private final double[] limits;
    private final Arithmetic arithmetic;

    /** The arithmetic of the ratio max(p/g, g/p). */
    public enum Arithmetic {
        /** IEEE 754 single precision, as NumPy and PyTorch compute with float32 arrays. */
        FLOAT32,
        /** IEEE 754 double precision. */
        FLOAT64;

        /** {@return the word of protocol files} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Creates a pass.
     *
     * @param thresholds of the ratios to count
     * @param inclusive whether a ratio equal to a threshold is within it
     * @param arithmetic of the ratios
     */
    public PixelErrors(List<Double> thresholds, boolean inclusive, Arithmetic arithmetic) {
        this.thresholds = thresholds.stream().mapToDouble(Double::doubleValue).toArray();
        this.arithmetic = arithmetic;
        this.limits = switch (arithmetic) {
            case FLOAT32 -> thresholds.stream()
                    .mapToDouble(limit -> inclusive ? Math.nextUp(limit.floatValue()) : limit.floatValue()).toArray();
            case FLOAT64 -> thresholds.stream().mapToDouble(limit -> inclusive ? Math.nextUp(limit) : limit).toArray();
        };
    }

    /**
     * {@return the thresholds of the metrics that need one}
     *
     * @param metrics metrics of a protocol
     */
    public static List<Double> thresholds(List<Metric> metrics) {
        return metrics.stream()
                .flatMapToDouble(metric -> metric.function() instanceof MetricFunction.Share share
                        ? DoubleStream.of(share.threshold())
                        : DoubleStream.empty())
                .distinct().boxed().toList();
    }

    /**
     * {@return the sums over the counted pixels}
     *
     * @param maps both maps, of one shape
     */
    public PixelSums sums(ScoredMaps maps) {
        Plane values = maps.prediction();
        double[] prediction = new double[values.size()];
        for (int row = 0, at = 0; row < values.height(); row++) {
            for (int from = values.rowStart(row), end = from + values.width(); from < end; from++) {
                prediction[at++] = values.array()[from];
            }
        }
        return sums(maps.truth(), prediction, maps.counted().array());
    }

    /**
     * {@return the sums over the counted pixels}
     *
     * @param truth measured depth, [H, W]
     * @param prediction H · W values in row-major order
     * @param counted true for the pixels to count, in row-major order
     */
    public PixelSums sums(Plane truth, double[] prediction, boolean[] counted) {
        Pass pass = new Pass();
        int width = truth.width();
        for (int row = 0; row < truth.height(); row++) {
            for (int column = 0; column < width; column += PixelKernels.BLOCK) {
                pass.take(truth.array(), truth.rowStart(row) + column, prediction, counted, row * width + column,
                        Math.min(PixelKernels.BLOCK, width - column));
            }
        }
        return pass.total();
    }

    /**
     * One pass over the pixels. Ordinary pixels, with a ratio between ½ and 2, are gathered into blocks; the others, zeros, NaN
     * and infinite values among them, are summed one by one.
     */
    private final class Pass {
        private final PixelSums sums = new PixelSums(thresholds);
        private final double[] p = new double[2 * PixelKernels.BLOCK];
        private final double[] g = new double[2 * PixelKernels.BLOCK];
        private final double[] errors = block();
        private final double[] inverses = block();
        private final double[] logs = block();
        private final double[] ratios = block();
        private final float[] floatRatios = new float[PixelKernels.BLOCK];
        private final double[] absolute = block();
        private final double[] squared = block();
        private final double[] absoluteRelative = block();
        private final double[] squaredRelative = block();
        private final double[] squaredRatio = block();
        private final double[] absoluteByPrediction = block();
        private final double[] log = block();
        private final double[] logSquared = block();
        private final double[] logAbsolute = block();
        private final double[] inverseAbsolute = block();
        private final double[] inverseSquared = block();
        private int filled;

        private static double[] block() {
            return new double[PixelKernels.BLOCK];
        }

        /** Takes the counted ones of some neighbouring pixels, at most a block. */
        void take(float[] truth, int truthAt, double[] prediction, boolean[] counted, int at, int length) {
            int next = filled;
            int all = 0;
            for (int i = 0; i < length; i++) {
                double measured = truth[truthAt + i];
                double predicted = prediction[at + i];
                boolean flag = counted[at + i];
                p[next] = predicted;
                g[next] = measured;
                next += flag & isOrdinary(predicted, measured) ? 1 : 0;
                all += flag ? 1 : 0;
            }
            sums.count(all);
            if (all != next - filled) {
                takeOthers(truth, truthAt, prediction, counted, at, length);
            }
            filled = next;
            if (filled >= PixelKernels.BLOCK) {
                addBlock();
                filled -= PixelKernels.BLOCK;
                System.arraycopy(p, PixelKernels.BLOCK, p, 0, filled);
                System.arraycopy(g, PixelKernels.BLOCK, g, 0, filled);
            }
        }

        private void takeOthers(float[] truth, int truthAt, double[] prediction, boolean[] counted, int at,
                int length) {
            for (int i = 0; i < length; i++) {
                if (counted[at + i] && !isOrdinary(prediction[at + i], truth[truthAt + i])) {
                    addPixel(sums, prediction[at + i], truth[truthAt + i]);
                }
            }
        }

        private void addBlock() {
            PixelKernels.differences(p, g, errors, inverses, logs);
            PixelKernels.addErrors(errors, absolute, squared);
            PixelKernels.addRelative(errors, inverses, p, absoluteRelative, squaredRelative, squaredRatio);
            PixelKernels.addByPrediction(errors, inverses, g, absoluteByPrediction);
            PixelKernels.addInverse(errors, inverses, inverseAbsolute, inverseSquared);
            PixelKernels.addLogs(logs, log, logAbsolute, logSquared);
            switch (arithmetic) {
                case FLOAT32 -> {
                    PixelKernels.ratios(p, g, floatRatios);
                    for (int i = 0; i < limits.length; i++) {
                        sums.countWithin(i, PixelKernels.below(floatRatios, (float) limits[i]));
                    }
                }
                case FLOAT64 -> {
                    PixelKernels.ratios(p, g, ratios);
                    for (int i = 0; i < limits.length; i++) {
                        sums.countWithin(i, PixelKernels.below(ratios, limits[i]));
                    }
                }
            }
        }

        /** Returns the sums of everything taken so far; the pixels of the last block one by one. */
        PixelSums total() {
            for (int i = 0; i < filled; i++) {
                addPixel(sums, p[i], (float) g[i]);
            }
            sums.absolute += SimilarityKernels.sum(absolute);
            sums.squared += SimilarityKernels.sum(squared);
            sums.absoluteRelative += SimilarityKernels.sum(absoluteRelative);
            sums.squaredRelative += SimilarityKernels.sum(squaredRelative);
            sums.squaredRatio += SimilarityKernels.sum(squaredRatio);
            sums.absoluteByPrediction += SimilarityKernels.sum(absoluteByPrediction);
            sums.log += SimilarityKernels.sum(log);
            sums.logSquared += SimilarityKernels.sum(logSquared);
            sums.logAbsolute += SimilarityKernels.sum(logAbsolute);
            sums.inverseAbsolute += SimilarityKernels.sum(inverseAbsolute);
            sums.inverseSquared += SimilarityKernels.sum(inverseSquared);
            return sums;
        }
    }

    /** Whether the ratio of two numbers is between ½ and 2; then both are finite and above 0. */
    private static boolean isOrdinary(double predicted, double measured) {
        return (predicted < 2 * measured) & (measured < 2 * predicted);
    }

    private void addPixel(PixelSums sums, double p, float measured) {
        double g = measured;
        double error = Math.abs(p - g);
        double square = error * error;
        double log = Math.log(p) - Math.log(g);
        double inverse = 1 / p - 1 / g;
        sums.absolute += error;
        sums.squared += square;
        sums.absoluteRelative += error / g;
        sums.squaredRelative += square / g;
        sums.squaredRatio += square / (g * g);
        sums.absoluteByPrediction += error / p;
        sums.log += log;
        sums.logSquared += log * log;
        sums.logAbsolute += Math.abs(log);
        sums.inverseAbsolute += Math.abs(inverse);
        sums.inverseSquared += inverse * inverse;
        double ratio = switch (arithmetic) {
            case FLOAT32 -> Math.max((float) p / measured, measured / (float) p);
            case FLOAT64 -> Math.max(p / g, g / p);
        };
        for (int i = 0; i < limits.length; i++) {
            if (ratio < limits[i]) {
                sums.countWithin(i, 1);
            }
        }
    }
}
