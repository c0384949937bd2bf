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
    private final double[] limits;
    private final boolean inclusive;
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
        this.inclusive = inclusive;
        this.arithmetic = arithmetic;
        this.limits = switch (arithmetic) {
            case FLOAT32 -> thresholds.stream().mapToDouble(Double::floatValue).toArray();
            case FLOAT64 -> this.thresholds;
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
        PixelSums sums = new PixelSums(thresholds);
        int width = truth.width();
        for (int row = 0; row < truth.height(); row++) {
            row(sums, truth.array(), truth.rowStart(row), prediction, counted, row * width, width);
        }
        return sums;
    }

    private void row(PixelSums sums, float[] truth, int truthAt, double[] prediction, boolean[] counted, int at,
            int width) {
        long pixels = 0;
        double absolute = 0;
        double squared = 0;
        double absoluteRelative = 0;
        double squaredRelative = 0;
        double squaredRatio = 0;
        double absoluteByPrediction = 0;
        double log = 0;
        double logSquared = 0;
        double logAbsolute = 0;
        double inverseAbsolute = 0;
        double inverseSquared = 0;
        for (int i = 0; i < width; i++) {
            if (!counted[at + i]) {
                continue;
            }
            pixels++;
            double g = truth[truthAt + i];
            double p = prediction[at + i];
            double error = Math.abs(p - g);
            double square = error * error;
            double inverseG = 1 / g;
            double inverseP = 1 / p;
            absolute += error;
            squared += square;
            absoluteRelative += error / g;
            squaredRelative += square / g;
            squaredRatio += square / (g * g);
            absoluteByPrediction += error / p;
            double e = Math.log(p) - Math.log(g);
            log += e;
            logSquared += e * e;
            logAbsolute += Math.abs(e);
            double inverse = inverseP - inverseG;
            inverseAbsolute += Math.abs(inverse);
            inverseSquared += inverse * inverse;
            count(sums, truth[truthAt + i], p);
        }
        sums.count(pixels);
        sums.absolute += absolute;
        sums.squared += squared;
        sums.absoluteRelative += absoluteRelative;
        sums.squaredRelative += squaredRelative;
        sums.squaredRatio += squaredRatio;
        sums.absoluteByPrediction += absoluteByPrediction;
        sums.log += log;
        sums.logSquared += logSquared;
        sums.logAbsolute += logAbsolute;
        sums.inverseAbsolute += inverseAbsolute;
        sums.inverseSquared += inverseSquared;
    }

    private void count(PixelSums sums, float g, double p) {
        double ratio = switch (arithmetic) {
            case FLOAT32 -> Math.max((float) p / g, g / (float) p);
            case FLOAT64 -> Math.max(p / g, g / p);
        };
        for (int i = 0; i < limits.length; i++) {
            if (ratio < limits[i] || (inclusive && ratio == limits[i])) {
                sums.countWithin(i, 1);
            }
        }
    }
}
