package fathom.datasets.depth;

import java.io.IOException;
import java.nio.file.Path;

import fathom.formats.IntegerImage;
import fathom.formats.images.Images;
import fathom.formats.images.NumberFiles;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/** Reading a file of measured depth, whichever format it is in. */
public final class DepthFiles {
    private DepthFiles() {}

    /**
     * Reads and decodes a depth map.
     *
     * @param path a grey PNG or PGM with integers, or an NPY, PFM or one-array NPZ file with numbers
     * @param encoding how its numbers become metres
     * @param limits which depths are trusted
     * @throws IOException if the file cannot be read, or its kind of numbers cannot be {@code encoding}
     */
    public static MeasuredDepth read(Path path, DepthEncoding encoding, DepthLimits limits) throws IOException {
        return encoding.decode(stored(path, encoding), limits);
    }

    /** Returns whether the file holds numbers as NPY, NPZ and PFM files do, rather than a picture's integers. */
    public static boolean holdsFloats(Path path) throws IOException {
        return NumberFiles.isNumbers(path);
    }

    private static Plane stored(Path path, DepthEncoding encoding) throws IOException {
        if (NumberFiles.isNumbers(path)) {
            return NumberFiles.readPlane(path);
        }
        IntegerImage image = Images.readGray(path);
        switch (encoding) {
            case DepthEncoding.Metres() -> throw new IOException(path
                    + ": expected metres as floating-point numbers (NPY, NPZ or PFM), found a picture of integers; say how "
                    + "many units make a metre");
            case DepthEncoding.RotatedMillimetres() -> {
                if (image.bitDepth() != 16) {
                    throw new IOException(path + ": expected 16-bit SUN RGB-D depth, found " + image.bitDepth()
                            + " bits; this is a picture of depth, not depth");
                }
            }
            case DepthEncoding.UnitsPerMetre(double units) -> {
            }
        }
        return image.values();
    }
}
