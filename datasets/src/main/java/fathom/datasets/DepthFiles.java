package fathom.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.formats.Images;
import fathom.formats.IntegerImage;
import fathom.formats.Npy;
import fathom.formats.Pfm;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/** Reading a file of measured depth, whichever format it is in. */
public final class DepthFiles {
    private static final int HEAD = 64;

    private DepthFiles() {}

    /**
     * Reads and decodes a depth map.
     *
     * @param path a grey PNG or PGM with integers, or an NPY or PFM file with numbers
     * @param encoding how its numbers become metres
     * @param limits which depths are trusted
     * @throws IOException if the file cannot be read, or its kind of numbers cannot be {@code encoding}
     */
    public static MeasuredDepth read(Path path, DepthEncoding encoding, DepthLimits limits) throws IOException {
        return encoding.decode(stored(path, encoding), limits);
    }

    /** Whether the file holds numbers as NPY and PFM files do, rather than a picture's integers; its content tells. */
    public static boolean holdsFloats(Path path) throws IOException {
        Optional<Format> format = identify(path);
        return format.equals(Optional.of(Formats.NPY)) || format.equals(Optional.of(Formats.PFM));
    }

    private static Optional<Format> identify(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Formats.identify(in.readNBytes(HEAD));
        }
    }

    private static Plane stored(Path path, DepthEncoding encoding) throws IOException {
        Optional<Format> format = identify(path);
        if (format.equals(Optional.of(Formats.NPY))) {
            return Npy.readPlane(path);
        }
        if (format.equals(Optional.of(Formats.PFM))) {
            return Pfm.readPlane(path);
        }
        IntegerImage image = Images.readGray(path);
        switch (encoding) {
            case DepthEncoding.Metres() -> throw new IOException(path
                    + ": expected metres as floating-point numbers (NPY or PFM), found a picture of integers; say how "
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
