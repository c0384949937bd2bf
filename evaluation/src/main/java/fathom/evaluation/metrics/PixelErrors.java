package fathom.evaluation.metrics;

import java.util.Arrays;
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
    /** The middle between each limit and the next smaller float32. */
    private final double[] middles;
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
        this.middles = Arrays.stream(limits).map(limit -> (limit + Math.nextDown((float) limit)) / 2).toArray();
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
        boolean[] counted = maps.counted().array();
        Plane truth = maps.truth();
        Plane prediction = maps.prediction();
        double[] p = new double[counted.length];
        double[] g = new double[counted.length];
        int count = 0;
        for (int row = 0, at = 0; row < truth.height(); row++) {
            for (int i = 0; i < truth.width(); i++, at++) {
                p[count] = prediction.array()[prediction.rowStart(row) + i];
                g[count] = truth.array()[truth.rowStart(row) + i];
                count += counted[at] ? 1 : 0;
            }
        }
        return sums(g, p, count);
    }

    /**
     * {@return the sums over lists of pixels}
     *
     * @param truth measured depth; float32 numbers
     * @param prediction predicted depth
     * @param count the number of pixels, at the beginning of both arrays
     */
    public PixelSums sums(double[] truth, double[] prediction, int count) {
        Pass pass = new Pass();
        int blocks = count / PixelKernels.BLOCK * PixelKernels.BLOCK;
        for (int at = 0; at < blocks; at += PixelKernels.BLOCK) {
            pass.takeBlock(truth, prediction, at);
        }
        pass.takeEach(truth, prediction, blocks, count);
        return pass.total(count);
    }

    /**
     * One pass over the pixels. Blocks of ordinary pixels, with ratios between ½ and 2, are summed at once. Of other blocks,
     * the ordinary pixels are gathered into new blocks; the others, zeros, NaN and infinite values among them, are
     * summed one by one.
     */
    private final class Pass {
        private final PixelSums sums = new PixelSums(thresholds);
        private final double[] p = block();
        private final double[] g = block();
        private final double[] gatheredP = block();
        private final double[] gatheredG = block();
        private int gathered;
        private long pixelsOfBlocks;
        private final double[] quotients = block();
        private final double[] logs = block();
        private final double[] ratios = block();
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
        private final double[][] signs = new double[limits.length][PixelKernels.BLOCK];

        private static double[] block() {
            return new double[PixelKernels.BLOCK];
        }

        void takeBlock(double[] truth, double[] prediction, int from) {
            System.arraycopy(prediction, from, p, 0, PixelKernels.BLOCK);
            System.arraycopy(truth, from, g, 0, PixelKernels.BLOCK);
            if (PixelKernels.areOrdinary(p, g)) {
                add(p, g);
            } else {
                takeEach(truth, prediction, from, from + PixelKernels.BLOCK);
            }
        }

        void takeEach(double[] truth, double[] prediction, int from, int to) {
            for (int i = from; i < to; i++) {
                if (!isOrdinary(prediction[i], truth[i])) {
                    addPixel(sums, prediction[i], truth[i]);
                    continue;
                }
                gatheredP[gathered] = prediction[i];
                gatheredG[gathered] = truth[i];
                gathered++;
                if (gathered == PixelKernels.BLOCK) {
                    add(gatheredP, gatheredG);
                    gathered = 0;
                }
            }
        }

        private void add(double[] predicted, double[] measured) {
            pixelsOfBlocks += PixelKernels.BLOCK;
            PixelKernels.quotients(predicted, measured, quotients);
            PixelKernels.addErrors(predicted, measured, quotients, absolute, squared, inverseAbsolute, inverseSquared);
            PixelKernels.addRelative(predicted, measured, quotients, absoluteRelative, squaredRelative, squaredRatio,
                    absoluteByPrediction);
            PixelKernels.logs(predicted, measured, quotients, logs);
            PixelKernels.addLogs(logs, log, logAbsolute, logSquared);
            if (limits.length == 0) {
                return;
            }
            switch (arithmetic) {
                case FLOAT32 -> PixelKernels.round(predicted, ratios);
                case FLOAT64 -> PixelKernels.ratios(predicted, measured, ratios);
            }
            for (int i = 0; i < limits.length; i++) {
                switch (arithmetic) {
                    case FLOAT32 -> PixelKernels.addBelow(ratios, measured, middles[i], signs[i]);
                    case FLOAT64 -> PixelKernels.addBelow(ratios, limits[i], signs[i]);
                }
            }
        }

        /** Returns the sums of everything taken so far; the pixels of the last block one by one. */
        PixelSums total(long pixels) {
            sums.count(pixels);
            for (int i = 0; i < gathered; i++) {
                addPixel(sums, gatheredP[i], gatheredG[i]);
            }
            for (int i = 0; i < limits.length; i++) {
                sums.countWithin(i, Math.round((pixelsOfBlocks + SimilarityKernels.sum(signs[i])) / 2));
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
        return 3 * Math.abs(predicted - measured) < predicted + measured;
    }

    private void addPixel(PixelSums sums, double p, double g) {
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
            case FLOAT32 -> Math.max((float) p / (float) g, (float) g / (float) p);
            case FLOAT64 -> Math.max(p / g, g / p);
        };
        for (int i = 0; i < limits.length; i++) {
            if (ratio < limits[i]) {
                sums.countWithin(i, 1);
            }
        }
    }
}
