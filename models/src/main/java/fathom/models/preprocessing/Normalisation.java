package fathom.models.preprocessing;

import java.util.List;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * Conversion from bytes to float32: multiplied by a factor, minus the mean, divided by the deviation, per channel.
 * Rounding follows NumPy in the image processors of transformers: the product in float64, rounded to float32, the rest
 * in float32.
 *
 * @param factor factor of a byte
 * @param mean per channel, 0 for none
 * @param deviation per channel, 1 for none
 */
public record Normalisation(double factor, List<Float> mean, List<Float> deviation) {
    /** Scales to 0…1 without mean and deviation. */
    public static final Normalisation UNIT = new Normalisation(1 / 255.0, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

    /** Validates the components and copies the collections. */
    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != 3 || deviation.size() != 3 || deviation.contains(0f)) {
            throw new IllegalArgumentException("mean and deviation: expected three each and no deviation of 0, found "
                    + mean + " and " + deviation);
        }
    }

    /** Returns the value of byte {@code level} in {@code channel}. */
    float apply(int level, int channel) {
        return ((float) (level * factor) - mean.get(channel)) / deviation.get(channel);
    }

    /** Returns the picture multiplied by the factor only, [3, H, W]. */
    FloatTensor unitsOf(RgbImage image) {
        return new Normalisation(factor, UNIT.mean, UNIT.deviation).apply(image);
    }

    /**
     * Subtracts the mean and divides by the deviation in place; {@code plane} is {@code channel} of the result of
     * {@link #unitsOf}.
     */
    void standardise(Plane plane, int channel) {
        float centre = mean.get(channel);
        float spread = deviation.get(channel);
        float[] values = plane.array();
        for (int row = 0; row < plane.height(); row++) {
            int start = plane.rowStart(row);
            for (int i = start; i < start + plane.width(); i++) {
                values[i] = (values[i] - centre) / spread;
            }
        }
    }

    /**
     * Converts a picture.
     *
     * @param image the picture
     * @return [3, H, W]
     */
    public FloatTensor apply(RgbImage image) {
        return apply(image, 0, 0, image.height(), image.width());
    }

    /** Returns the picture surrounded by zeros, [3, height, width], with its first pixel at (top, left). */
    FloatTensor apply(RgbImage image, int top, int left, int height, int width) {
        FloatTensor normalised = FloatTensor.allocate(3, height, width);
        float[] values = normalised.values();
        byte[] bytes = image.array();
        for (int channel = 0; channel < 3; channel++) {
            float[] table = new float[256];
            for (int level = 0; level < 256; level++) {
                table[level] = apply(level, channel);
            }
            for (int row = 0; row < image.height(); row++) {
                int from = image.rowStart(row) + channel;
                int to = (channel * height + top + row) * width + left;
                for (int column = 0; column < image.width(); column++, from += 3, to++) {
                    values[to] = table[bytes[from] & 0xFF];
                }
            }
        }
        return normalised;
    }

    /** Returns these numbers as data. */
    Members definition() {
        return Members.NONE.with("factor", factor).with("mean", JsonValue.ofFloats(mean)).with("deviation",
                JsonValue.ofFloats(deviation));
    }
}
