package fathom.evaluation.protocols;

import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.DepthKind;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The 8-bit maps of the article: depth divided by its maximum, 255 the farthest, with the arithmetic and the casts of
 * NumPy.
 *
 * <p>A float32 array remains float32 in {@code values * 255 / max}. The cast to {@code uint8} drops the fraction and keeps
 * the low eight bits, so −1 becomes 255 and 256.4 becomes 0. Values outside 32-bit integers become 0, as on x86-64.
 * Source: the notebook of Jacob Marks, <i>How to Estimate Depth from a Single Image</i> (2024).
 */
public final class ArticleMap {
    /** The largest value of a 16-bit file. */
    private static final int MAX_STORED = 65535;

    private ArticleMap() {}

    /**
     * {@return {@code uint8(d * 255 / max(d))} for depth, {@code uint8(255 - d * 255 / max(d))} for inverse depth, [H,
     * W]} Predictions of kind {@link DepthKind#LEVELS} are copied unchanged: the article normalised model outputs but
     * used 8-bit images as they were.
     *
     * @param prediction any kind of depth
     * @throws UnscorableException if a value is not finite, or the maximum is 0 and the kind is not levels
     */
    public static GrayImage of(Prediction prediction) throws UnscorableException {
        Plane values = prediction.values();
        DepthKind kind = prediction.kind();
        float max = kind == DepthKind.LEVELS
                ? finiteMaximum(values, "the prediction")
                : divisor(values, "the prediction");
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
     * {@return {@code uint8(stored * 255 / max(stored))}, [H, W]: for 16-bit integers in exact integer arithmetic, like
     * the int32 array of the article; for other numbers in float32}
     *
     * @param stored the numbers of the file, [H, W]
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

    /** Returns {@code astype("uint8")} of NumPy for a float32 value on x86-64; 0 for NaN. */
    static byte uint8(float value) {
        return value > -0x1p31f && value < 0x1p31f ? (byte) (int) value : 0;
    }

    /**
     * Returns the map without the faults of the article: 255 times the value divided by {@code max}, or 255 minus that
     * if {@code inverse}; the fraction is dropped, and the result is clamped to 0 and 255. Pixels that are not counted
     * are 0. Float64 arithmetic.
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
     * Returns the largest value of the counted pixels.
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
        float max = finiteMaximum(values, what);
        if (max == 0) {
            throw new UnscorableException(what + " has a maximum of 0, and the article divides by the maximum");
        }
        return max;
    }

    /** Returns the largest value of a map whose values are all finite. */
    private static float finiteMaximum(Plane values, String what) throws UnscorableException {
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
                    + " values that are not finite; the article divides by the maximum, which is then undefined. "
                    + "The protocol article-fixed ignores such pixels");
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
