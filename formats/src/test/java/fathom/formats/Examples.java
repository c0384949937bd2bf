package fathom.formats;

import java.util.Random;

import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** Contents to write and read back; planes and pictures are views with gaps between rows. */
public final class Examples {
    private Examples() {}

    /** Returns integers from 0 to {@code maximum}, both included, [height, width], as a view. */
    public static Plane integers(int height, int width, int maximum, long seed) {
        Random random = new Random(seed);
        Plane frame = Plane.allocate(height + 3, width + 2);
        for (int i = 0; i < frame.size(); i++) {
            frame.array()[i] = random.nextInt(maximum + 1);
        }
        Plane plane = frame.crop(1, 1, height, width);
        plane.set(0, 0, maximum);
        plane.set(height - 1, width - 1, 0);
        return plane;
    }

    /** Returns float32 with infinities and NaN, [height, width], as a view. */
    public static Plane floats(int height, int width, long seed) {
        Random random = new Random(seed);
        Plane frame = Plane.allocate(height + 3, width + 2);
        for (int i = 0; i < frame.size(); i++) {
            frame.array()[i] = (float) random.nextGaussian() * 1e3f;
        }
        Plane plane = frame.crop(2, 1, height, width);
        plane.set(0, 0, Float.POSITIVE_INFINITY);
        plane.set(height - 1, 0, Float.NaN);
        plane.set(height - 1, width - 1, -0f);
        return plane;
    }

    /** Returns noise, [height, width, 3], as a view. */
    public static RgbImage noise(int height, int width, long seed) {
        RgbImage frame = RgbImage.allocate(height + 3, width + 2);
        new Random(seed).nextBytes(frame.array());
        return frame.crop(1, 2, height, width);
    }

    /** Returns a smooth picture, [height, width, 3], as a view. */
    public static RgbImage smooth(int height, int width) {
        RgbImage frame = RgbImage.allocate(height + 3, width + 2);
        byte[] bytes = frame.array();
        for (int row = 0, at = 0; row < frame.height(); row++) {
            for (int column = 0; column < frame.width(); column++, at += 3) {
                bytes[at] = (byte) (128 + 100 * Math.sin(row * 0.1));
                bytes[at + 1] = (byte) (128 + 100 * Math.cos(column * 0.1));
                bytes[at + 2] = (byte) (128 + 50 * Math.sin((row + column) * 0.05));
            }
        }
        return frame.crop(1, 2, height, width);
    }
}
