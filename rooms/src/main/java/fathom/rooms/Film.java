package fathom.rooms;

import java.util.Arrays;

import fathom.raster.RgbImage;
import fathom.rooms.tracing.Dice;

/**
 * Converts linear light to the image of a cheap camera: exposure, white balance, vignetting, shot and read noise, a
 * filmic curve, 8 bits.
 */
final class Film {
    private static final int LEVELS = 8192;
    private static final byte[] ENCODED = encoded();
    private static final float[] BELL = bell();

    private Film() {}

    private static byte[] encoded() {
        byte[] table = new byte[LEVELS + 1];
        for (int i = 0; i <= LEVELS; i++) {
            double x = (double) i / LEVELS;
            double s = x <= 0.0031308 ? 12.92 * x : 1.055 * StrictMath.pow(x, 1 / 2.4) - 0.055;
            table[i] = (byte) Math.round(255 * s);
        }
        return table;
    }

    /** Returns sums of twelve uniform numbers, which are close enough to a normal distribution for noise. */
    private static float[] bell() {
        Dice dice = new Dice(12);
        float[] table = new float[1 << 14];
        for (int i = 0; i < table.length; i++) {
            double sum = -6;
            for (int k = 0; k < 12; k++) {
                sum += dice.unit();
            }
            table[i] = (float) sum;
        }
        return table;
    }

    /**
     * Converts {@code light} to an image.
     *
     * @param light [H, W, 3], linear
     */
    static RgbImage develop(float[] light, int height, int width, long seed) {
        Dice dice = Dice.of(seed, 4);
        float[] gains = gains(light, dice);
        double falloff = dice.between(0.1, 0.28);
        float grain = (float) dice.between(0.0004, 0.0011);
        float floor = (float) dice.between(0.000004, 0.000012);
        int key = (int) dice.next();
        RgbImage image = RgbImage.allocate(height, width);
        byte[] bytes = image.array();
        double reach = 0.25 * ((double) height * height + (double) width * width);
        for (int row = 0, at = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double x = column - 0.5 * width;
                double y = row - 0.5 * height;
                float vignette = (float) (1 - falloff * (x * x + y * y) / reach);
                for (int c = 0; c < 3; c++, at++) {
                    float signal = light[at] * gains[c] * vignette;
                    float sigma = (float) Math.sqrt(signal * grain + floor);
                    float noise = BELL[(int) (Dice.hash(row, column * 3 + c, key) * BELL.length)] * sigma;
                    bytes[at] = ENCODED[(int) (curve(Math.max(0, signal + noise)) * LEVELS)];
                }
            }
        }
        return image;
    }

    /** Returns the exposure for a mean gray and a partial white balance, as one factor per channel. */
    private static float[] gains(float[] light, Dice dice) {
        int pixels = light.length / 3;
        float[] luminance = new float[pixels];
        double logs = 0;
        double[] means = new double[3];
        for (int i = 0; i < pixels; i++) {
            float y = 0.2126f * light[3 * i] + 0.7152f * light[3 * i + 1] + 0.0722f * light[3 * i + 2];
            luminance[i] = y;
            logs += StrictMath.log(1e-4 + y);
            float weight = 1 / (0.2f + y);
            for (int c = 0; c < 3; c++) {
                means[c] += light[3 * i + c] * weight;
            }
        }
        Arrays.sort(luminance);
        double typical = StrictMath.exp(logs / pixels);
        double bright = luminance[(int) (0.72 * pixels)];
        double exposure = Math.min(dice.between(0.22, 0.29) / typical, dice.between(1.0, 1.4) / bright);
        double gray = (means[0] + means[1] + means[2]) / 3;
        float[] gains = new float[3];
        for (int c = 0; c < 3; c++) {
            gains[c] = (float) (exposure * StrictMath.pow(gray / means[c], 0.62) * dice.between(0.985, 1.015));
        }
        return gains;
    }

    /** Computes the filmic curve of Narkowicz ("ACES filmic tone mapping curve", 2016), 0 to 1. */
    private static float curve(float x) {
        float s = x * 0.72f;
        return Math.min(1, s * (2.51f * s + 0.03f) / (s * (2.43f * s + 0.59f) + 0.14f));
    }
}
