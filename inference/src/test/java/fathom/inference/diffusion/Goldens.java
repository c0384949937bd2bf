package fathom.inference.diffusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.raster.Plane;

/** Results of the reference programs. */
public final class Goldens {
    private Goldens() {}

    /** Returns the file or folder called {@code name}. */
    public static Path path(String name) {
        return Path.of(System.getProperty("fathom.goldens"), name);
    }

    public static NdArray array(String name) {
        try {
            return Npy.read(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static float[] floats(String name) {
        return array(name).toFloats();
    }

    public static Plane plane(String name) {
        return array(name).toPlane();
    }

    /** Returns part {@code index} of {@code array} along the first axis. */
    public static float[] part(float[] array, int index, int length) {
        float[] part = new float[length];
        System.arraycopy(array, index * length, part, 0, length);
        return part;
    }

    public static double largestDifference(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("lengths " + a.length + " and " + b.length);
        }
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs((double) a[i] - b[i]);
            if (!(difference <= largest)) {
                largest = difference;
            }
        }
        return largest;
    }
}
