package fathom.workbench.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import fathom.evaluation.errors.ErrorConcentration;
import fathom.evaluation.pages.DepthErrors;
import fathom.rendering.charts.Series;

/** The errors of one prediction field, collected sample by sample. Not safe for concurrent use. */
final class DepthProfile {
    /** Limits of the depth bins, metres; a further bin is above the last. */
    private static final double[] LIMITS = {0, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128};
    /** A mean over fewer pixels is not drawn. */
    private static final long MIN_PIXELS = 100;
    private static final long SEED = 7;

    private final String field;
    private final int colour;
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final double[] errors = new double[LIMITS.length];
    private final long[] pixels = new long[LIMITS.length];
    private final List<Double> truths = new ArrayList<>();
    private final List<Double> predictions = new ArrayList<>();
    private int samples;
    private int shared;
    private double worst1;
    private double worst5;
    private double worst20;

    DepthProfile(String field, int colour) {
        this.field = field;
        this.colour = colour;
    }

    /** Adds a sample, of which {@code points} random pixels are drawn as points. */
    void add(MetricMaps maps, int points) {
        samples++;
        int width = maps.metres().width();
        boolean[] counted = maps.counted().array();
        int[] chosen = new int[maps.counted().count()];
        int count = 0;
        for (int at = 0; at < counted.length; at++) {
            if (counted[at]) {
                chosen[count++] = at;
                double truth = maps.measured().metres().get(at / width, at % width);
                double error = Math.abs(maps.metres().get(at / width, at % width) - truth);
                int bin = bin(truth);
                if (Double.isFinite(error)) {
                    errors[bin] += error;
                    pixels[bin]++;
                }
            }
        }
        for (int i = 0; i < points; i++) {
            int at = chosen[random.nextInt(count)];
            truths.add((double) maps.measured().metres().get(at / width, at % width));
            predictions.add((double) maps.metres().get(at / width, at % width));
        }
        ErrorConcentration share = ErrorConcentration.of(maps.measured().metres(), maps.metres(), maps.counted());
        if (!Double.isNaN(share.worst1())) {
            shared++;
            worst1 += share.worst1();
            worst5 += share.worst5();
            worst20 += share.worst20();
        }
    }

    private static int bin(double truth) {
        int bin = 0;
        while (bin + 1 < LIMITS.length && truth >= LIMITS[bin + 1]) {
            bin++;
        }
        return bin;
    }

    String field() {
        return field;
    }

    int samples() {
        return samples;
    }

    /** Returns the sampled pixels: x is true depth, y predicted depth, metres. */
    Series points() {
        return new Series(field, colour, doubles(truths), doubles(predictions));
    }

    /** Returns the mean absolute error in metres over the middle of each depth bin. */
    Series errorByDepth() {
        List<Double> depths = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        for (int bin = 0; bin < LIMITS.length; bin++) {
            if (pixels[bin] >= MIN_PIXELS) {
                depths.add(bin + 1 < LIMITS.length ? (LIMITS[bin] + LIMITS[bin + 1]) / 2 : LIMITS[bin]);
                means.add(errors[bin] / pixels[bin]);
            }
        }
        return new Series(field, colour, doubles(depths), doubles(means));
    }

    DepthErrors.Share share() {
        return new DepthErrors.Share(field, shared, worst1 / shared, worst5 / shared, worst20 / shared);
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
