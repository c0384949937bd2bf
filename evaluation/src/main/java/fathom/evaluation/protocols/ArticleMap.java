package fathom.evaluation.protocols;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.DepthKind;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The 8-bit maps of the article: depth divided by its maximum, 255 the farthest, with NumPy's arithmetic and NumPy's cast.
 *
 * <p>A float32 array stays float32 through {@code values * 255 / max}; the cast to {@code uint8} cuts the fraction off and
 * keeps the low eight bits, so −1 becomes 255 and 256.4 becomes 0. What lies outside 32-bit integers becomes 0, as on x86-64.
 * Source: the notebook of Jacob Marks, <i>How to Estimate Depth from a Single Image</i> (2024).
 */
public final class ArticleMap {
    /** Largest value of a 16-bit file. */
    private static final int MAX_STORED = 65535;

    private ArticleMap() {}

    /**
     * {@code uint8(d * 255 / max(d))} for depth of any kind, {@code uint8(255 - d * 255 / max(d))} for inverse depth, [H, W]; levels
     * as they are, for the article divided what models gave by its maximum, but took pictures as they came.
     *
     * @throws UnscorableException if a value is not finite or, but for levels, the maximum is 0
     */
    public static GrayImage of(Prediction prediction) throws UnscorableException {
        Plane values = prediction.values();
        DepthKind kind = prediction.kind();
        float max = kind == DepthKind.LEVELS ? greatest(values, "the prediction") : divisor(values, "the prediction");
        GrayImage map = GrayImage.allocate(values.height(), values.width());
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                map.array()[at++] = uint8(level(values.array()[from + i], max, kind));
            }
        }
        return map;
    }

    private static float level(float value, float max, DepthKind kind) {
        return switch (kind) {
            case METRIC, SCALE_INVARIANT, AFFINE -> value * 255f / max;
            case AFFINE_INVERSE -> 255f - value * 255f / max;
            case LEVELS -> value;
        };
    }

    /**
     * {@code uint8(stored * 255 / max(stored))}, [H, W]: of 16-bit integers in exact integer arithmetic, as the article's int32
     * array; of other numbers in float32.
     *
     * @throws UnscorableException if a value is not finite or the maximum is 0
     */
    public static GrayImage ofStored(Plane stored) throws UnscorableException {
        float max = divisor(stored, "the measured depth");
        boolean integers = areIntegers(stored);
        GrayImage map = GrayImage.allocate(stored.height(), stored.width());
        for (int row = 0, at = 0; row < stored.height(); row++) {
            int from = stored.rowStart(row);
            for (int i = 0; i < stored.width(); i++) {
                float value = stored.array()[from + i];
                map.array()[at++] = integers ? level((int) value, (int) max) : uint8(value * 255f / max);
            }
        }
        return map;
    }

    /** NumPy's {@code astype("uint8")} of a float32 value on x86-64; 0 for NaN. */
    static byte uint8(float value) {
        return value > -0x1p31f && value < 0x1p31f ? (byte) (int) value : 0;
    }

    /**
     * The map without its faults: 255 times the value over {@code max}, or 255 minus that if {@code inverse}, the fraction cut
     * off, clamped to 0 and 255; 0 where a pixel is not counted. Float64 arithmetic.
     */
    static GrayImage clamped(Plane values, Mask counted, double max, boolean inverse) {
        boolean[] flags = counted.array();
        GrayImage map = GrayImage.allocate(values.height(), values.width());
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++, at++) {
                if (flags[at]) {
                    double scaled = values.array()[from + i] * 255.0 / max;
                    double level = inverse ? 255 - scaled : scaled;
                    map.array()[at] = (byte) (int) Math.clamp(level, 0, 255);
                }
            }
        }
        return map;
    }

    /**
     * The greatest value of the counted pixels.
     *
     * @throws UnscorableException if it is not above 0
     */
    static double maximum(Plane values, Mask counted, String what) throws UnscorableException {
        double max = Double.NEGATIVE_INFINITY;
        boolean[] flags = counted.array();
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++, at++) {
                if (flags[at]) {
                    max = Math.max(max, values.array()[from + i]);
                }
            }
        }
        if (!(max > 0)) {
            throw new UnscorableException(what + " has no value above 0 where the two are compared (its maximum is "
                    + max + "), so it cannot be scaled to 8 bits by its maximum");
        }
        return max;
    }

    private static byte level(int stored, int max) {
        return (byte) (stored * 255 / max);
    }

    private static float divisor(Plane values, String what) throws UnscorableException {
        float max = greatest(values, what);
        if (max == 0) {
            throw new UnscorableException(what + " has a maximum of 0, and the article divides by the maximum");
        }
        return max;
    }

    /** The greatest value of a map whose every value is finite. */
    private static float greatest(Plane values, String what) throws UnscorableException {
        float max = Float.NEGATIVE_INFINITY;
        int broken = 0;
        for (int row = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                float value = values.array()[from + i];
                max = Math.max(max, value);
                broken += Float.isFinite(value) ? 0 : 1;
            }
        }
        if (broken > 0) {
            throw new UnscorableException(what + " has " + broken + " of " + values.size()
                    + " values that are not finite; the article divides by the maximum, which is then no number. "
                    + "The protocol article-fixed leaves such pixels out");
        }
        return max;
    }

    private static boolean areIntegers(Plane values) {
        for (int row = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                float value = values.array()[from + i];
                if (value < 0 || value > MAX_STORED || value != (int) value) {
                    return false;
                }
            }
        }
        return true;
    }
}
