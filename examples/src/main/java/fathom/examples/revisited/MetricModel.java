package fathom.examples.revisited;

import java.util.Locale;
import java.util.Random;

import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** Predictions in metres, made from the truth. */
enum MetricModel {
    /** The shape of each scene is nearly right, its scale is not. */
    WRONG_SCALE("A", 0, 0.35, 0.8, 0.03),
    /** The scale of each scene is nearly right, its shape is rougher. */
    RIGHT_SCALE("B", 1, 0.03, 1, 0.11);

    private static final double MIDDLE = 3;

    private final String title;
    private final int seed;
    private final double scaleDeviation;
    private final double exponent;
    private final double noise;

    MetricModel(String title, int seed, double scaleDeviation, double exponent, double noise) {
        this.title = title;
        this.seed = seed;
        this.scaleDeviation = scaleDeviation;
        this.exponent = exponent;
        this.noise = noise;
    }

    String title() {
        return title;
    }

    String quality() {
        return String.format(Locale.ROOT,
                "the scale of a scene is wrong by %.0f %% (standard deviation), depth is compressed by the exponent %.1f, "
                        + "noise is %.0f %%",
                100 * scaleDeviation, exponent, 100 * noise);
    }

    /**
     * Returns the prediction in metres.
     *
     * @param metres exact depth, [H, W]
     * @param number the number of the scene, which selects its scale
     */
    Prediction predict(Plane metres, int number) {
        Random random = new Random(31L * number + seed);
        double scale = Math.exp(scaleDeviation * random.nextGaussian());
        Plane predicted = metres.copy();
        for (int at = 0; at < predicted.size(); at++) {
            double shape = MIDDLE * Math.pow(predicted.array()[at] / MIDDLE, exponent);
            predicted.array()[at] = (float) (scale * shape * Math.exp(noise * random.nextGaussian()));
        }
        return new Prediction(DepthKind.METRIC, predicted);
    }
}
