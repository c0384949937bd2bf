package fathom.examples.revisited;

import java.util.Random;

import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.ValueStatistics;
import fathom.rendering.Colormap;

/** Predictions made from the truth, so that it is known how good each model is. */
enum RelativeModel {
    /** Depth up to scale and shift, without an error. */
    PERFECT_DEPTH("perfect depth, read correctly", "exact up to scale and shift, as Marigold's output is meant"),
    /** The same prediction, read as the article reads Marigold: the red channel of a colour-mapped picture. */
    RED_CHANNEL("the same, through the red channel", "the same prediction: 255 − red of the Spectral colormap"),
    /** Inverse depth up to scale and shift, without an error. */
    PERFECT_INVERSE("perfect inverse depth", "exact up to scale and shift, as DPT's output is meant"),
    /** Inverse depth with soft edges. */
    BLURRED("blurred inverse depth", "the perfect one, averaged over 4 % of the width"),
    /** Inverse depth with noise. */
    NOISY("noisy inverse depth", "the perfect one with noise of 5 % of its maximum");

    private static final double FAR_SHARE = 0.9;
    private static final double NOISE = 0.05;
    private static final int BLUR_PASSES = 3;
    private static final int BLUR_DIVISOR = 75;
    private static final int RED = 16;

    private final String title;
    private final String quality;

    RelativeModel(String title, String quality) {
        this.title = title;
        this.quality = quality;
    }

    String title() {
        return title;
    }

    String quality() {
        return quality;
    }

    /** Returns the prediction for exact depth in metres, [H, W]. */
    Prediction predict(Plane metres) {
        return switch (this) {
            case PERFECT_DEPTH -> new Prediction(DepthKind.AFFINE, relative(metres));
            case RED_CHANNEL -> new Prediction(DepthKind.LEVELS, redChannel(relative(metres)));
            case PERFECT_INVERSE -> new Prediction(DepthKind.AFFINE_INVERSE, inverse(metres));
            case BLURRED -> new Prediction(DepthKind.AFFINE_INVERSE, blurred(inverse(metres)));
            case NOISY -> new Prediction(DepthKind.AFFINE_INVERSE, noisy(inverse(metres)));
        };
    }

    /** Returns 0 for the nearest and 1 for the farthest pixel. */
    private static Plane relative(Plane metres) {
        ValueStatistics statistics = ValueStatistics.ofFinite(metres);
        float near = statistics.min();
        float range = statistics.max() - near;
        Plane relative = metres.copy();
        for (int at = 0; at < relative.size(); at++) {
            relative.array()[at] = (relative.array()[at] - near) / range;
        }
        return relative;
    }

    private static Plane redChannel(Plane relative) {
        Colormap spectral = Colormap.byName("Spectral");
        Plane levels = relative.copy();
        for (int at = 0; at < levels.size(); at++) {
            int red = spectral.rgb(Colormap.index(levels.array()[at])) >> RED;
            levels.array()[at] = DepthKind.MAX_LEVEL - red;
        }
        return levels;
    }

    /** Returns 1000 · (1/z − 0.9 / farthest): a scale and a shift that no one knows. */
    private static Plane inverse(Plane metres) {
        float farthest = ValueStatistics.ofFinite(metres).max();
        Plane inverse = metres.copy();
        for (int at = 0; at < inverse.size(); at++) {
            inverse.array()[at] = (float) (1000 * (1.0 / inverse.array()[at] - FAR_SHARE / farthest));
        }
        return inverse;
    }

    private static Plane noisy(Plane values) {
        Random random = new Random(values.size());
        double size = NOISE * ValueStatistics.ofFinite(values).max();
        Plane noisy = values.copy();
        for (int at = 0; at < noisy.size(); at++) {
            noisy.array()[at] = (float) Math.max(0, noisy.array()[at] + size * random.nextGaussian());
        }
        return noisy;
    }

    /** Returns the values averaged three times over rows and columns. */
    private static Plane blurred(Plane values) {
        int radius = Math.max(1, values.width() / BLUR_DIVISOR);
        Plane blurred = values.copy();
        for (int pass = 0; pass < BLUR_PASSES; pass++) {
            blurred = averaged(averaged(blurred, radius, 0), 0, radius);
        }
        return blurred;
    }

    private static Plane averaged(Plane values, int down, int across) {
        Plane averaged = Plane.allocate(values.height(), values.width());
        for (int row = 0; row < values.height(); row++) {
            for (int column = 0; column < values.width(); column++) {
                double sum = 0;
                for (int i = -Math.max(down, across); i <= Math.max(down, across); i++) {
                    int y = Math.clamp(row + (down > 0 ? i : 0), 0, values.height() - 1);
                    int x = Math.clamp(column + (across > 0 ? i : 0), 0, values.width() - 1);
                    sum += values.get(y, x);
                }
                averaged.set(row, column, (float) (sum / (2 * Math.max(down, across) + 1)));
            }
        }
        return averaged;
    }
}
