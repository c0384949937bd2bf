package fathom.benchmarks;

import java.util.SplittableRandom;

import fathom.raster.GrayImage;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** Synthetic pictures that depend on a seed: smooth shapes with some noise, similar to photographs and depth maps. */
final class Pictures {
    private Pictures() {}

    /** Returns a depth map, [height, width], 0.6 to 10 metres. */
    static Plane depth(int height, int width, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double phase = random.nextDouble(6);
        Plane plane = Plane.allocate(height, width);
        float[] values = plane.array();
        for (int row = 0, at = 0; row < height; row++) {
            for (int column = 0; column < width; column++, at++) {
                double wave = Math.sin(column * 0.02 + phase) + Math.cos(row * 0.03 - phase);
                values[at] = (float) (5.3 + 2.2 * wave + 0.05 * random.nextDouble());
            }
        }
        return plane;
    }

    /** Returns {@link #depth} in whole millimetres, as in a 16-bit file. */
    static Plane millimetres(int height, int width, long seed) {
        Plane plane = depth(height, width, seed);
        float[] values = plane.array();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(1000 * values[i]);
        }
        return plane;
    }

    /** Returns a grey picture, [height, width]. */
    static GrayImage grey(int height, int width, long seed) {
        byte[] bytes = new byte[height * width];
        float[] values = depth(height, width, seed).array();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(25 * values[i]);
        }
        return GrayImage.wrap(bytes, height, width);
    }

    /** Returns a picture of independent random values, as in the peer's benchmark of metrics. */
    static GrayImage noise(int height, int width, long seed) {
        byte[] bytes = new byte[height * width];
        new SplittableRandom(seed).nextBytes(bytes);
        return GrayImage.wrap(bytes, height, width);
    }

    /** Returns a colour picture, [height, width, 3]. */
    static RgbImage rgb(int height, int width, long seed) {
        byte[] bytes = new byte[height * width * RgbImage.CHANNELS];
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            byte[] plane = grey(height, width, seed + channel).array();
            for (int i = 0; i < plane.length; i++) {
                bytes[RgbImage.CHANNELS * i + channel] = plane[i];
            }
        }
        return RgbImage.wrap(bytes, height, width);
    }
}
