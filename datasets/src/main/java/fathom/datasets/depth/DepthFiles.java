package fathom.datasets.depth;

import java.io.IOException;
import java.nio.file.Path;

import fathom.formats.FormatException;
import fathom.formats.HeapSpace;
import fathom.formats.IntegerImage;
import fathom.formats.images.Images;
import fathom.formats.images.NumberFiles;
import fathom.formats.images.ReadOptions;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/** Readers of measured depth files of every supported format. */
public final class DepthFiles {
    /** The units per metre of integers if nothing else is stated. */
    public static final double MILLIMETRES = 1000;

    private DepthFiles() {}

    /**
     * Reads and decodes a depth map.
     *
     * @param path a grey PNG or PGM file with integers, or an NPY, PFM or NPZ file with one array of numbers
     * @param encoding the encoding of the numbers
     * @param limits the range of valid depths
     * @return the depth in metres with the mask of valid pixels
     * @throws IOException if the file cannot be read, or its type of numbers does not fit {@code encoding}
     */
    public static MeasuredDepth read(Path path, DepthEncoding encoding, DepthLimits limits) throws IOException {
        Plane stored = stored(path, encoding);
        // The values in metres and the mask, in addition to the stored numbers.
        HeapSpace.require(path.toString(), stored.height(), stored.width(), 2 * Float.BYTES + 1);
        return encoding.decode(stored, limits);
    }

    /**
     * Returns whether a file contains floating-point numbers (NPY, NPZ or PFM), and not integers: a picture, or an array of
     * an integer type. Decided by the content of the file.
     *
     * @param path the file
     * @param reading the array of an NPZ file
     * @return whether the file contains floating-point numbers
     * @throws IOException if the file cannot be read
     */
    public static boolean holdsFloats(Path path, ReadOptions reading) throws IOException {
        if (!NumberFiles.isArray(path)) {
            return NumberFiles.isNumbers(path);
        }
        return switch (NumberFiles.readArray(path, reading.array()).type()) {
            case FLOAT16, FLOAT32, FLOAT64 -> true;
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> false;
        };
    }

    /**
     * Returns whether a file is an array or a map of numbers (NPY, NPZ or PFM), and not a picture. Decided by the content of
     * the file.
     *
     * @param path the file
     * @return whether the file contains an array
     * @throws IOException if the file cannot be read
     */
    public static boolean holdsArray(Path path) throws IOException {
        return NumberFiles.isNumbers(path);
    }

    /**
     * Returns the encoding of a file if the user states none: metres for floating-point numbers, otherwise the scale that
     * the file states, or millimetres.
     *
     * @param path the file
     * @param reading the array of an NPZ file
     * @return the encoding, without {@code reading}
     * @throws IOException if the file cannot be read
     */
    public static DepthEncoding usualEncoding(Path path, ReadOptions reading) throws IOException {
        return holdsFloats(path, reading)
                ? new DepthEncoding.Metres()
                : new DepthEncoding.UnitsPerMetre(StatedDepth.unitsPerMetre(path).orElse(MILLIMETRES));
    }

    private static Plane stored(Path path, DepthEncoding encoding) throws IOException {
        if (NumberFiles.isNumbers(path)) {
            if (encoding.isSixteenBit() && holdsFloats(path, encoding.reading())) {
                throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                        "expected 16-bit SUN RGB-D depth, found floating-point numbers, which hold metres");
            }
            return NumberFiles.readPlane(path, encoding.reading().array());
        }
        IntegerImage image = Images.readGray(path, encoding.reading().image());
        switch (encoding.base()) {
            case DepthEncoding.Metres() -> throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected metres as floating-point numbers (NPY, NPZ or PFM), found a picture of integers; state how "
                            + "many units make a metre");
            case DepthEncoding.RotatedMillimetres() -> {
                if (image.bitDepth() != 16) {
                    throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                            "expected 16-bit SUN RGB-D depth, found " + image.bitDepth()
                                    + " bits; this file is a rendered picture of depth, not depth");
                }
            }
            case DepthEncoding.UnitsPerMetre(double units) -> {
            }
            case DepthEncoding.WithMissing _,DepthEncoding.WithReading _ ->
                throw new IllegalStateException("the base has neither codes nor a way to read files");
        }
        return image.values();
    }
}
