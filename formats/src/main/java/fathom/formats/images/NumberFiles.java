package fathom.formats.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import fathom.formats.Format;
import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.NdArray;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.pnm.Pfm;
import fathom.raster.Plane;

/**
 * Reads files of numbers, as opposed to images: {@link Npy}, {@link Npz} with one array, and {@link Pfm}. The format is
 * identified by content; the file name is ignored.
 */
public final class NumberFiles {
    private NumberFiles() {}

    /**
     * {@return whether the content of the file is NPY, NPZ or PFM}
     *
     * @param path the file
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static boolean isNumbers(Path path) throws IOException {
        return isOneOf(path, Formats.NPY, Formats.NPZ, Formats.PFM);
    }

    /**
     * {@return whether the content of the file is NPY or NPZ, which store arrays of any type and shape}
     *
     * @param path the file
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static boolean isArray(Path path) throws IOException {
        return isOneOf(path, Formats.NPY, Formats.NPZ);
    }

    /**
     * Reads the array of an NPY file, or the only array of an NPZ file.
     *
     * @param path the file
     * @return the array
     * @throws FormatException if the file is damaged, or contains no array or several; the message names them
     * @throws UnsupportedFormatException if it is another format
     * @throws IOException if the file cannot be read
     */
    public static NdArray readArray(Path path) throws IOException {
        Optional<Format> format = identify(path);
        if (format.equals(Optional.of(Formats.NPZ))) {
            return Npz.read(path, onlyName(path));
        }
        return Npy.read(path);
    }

    /**
     * Reads a map, [H, W], as float32: an array with two axes in addition to those of length 1, or a PFM map of one
     * channel.
     *
     * @param path the file
     * @return the map
     * @throws FormatException if the file is damaged, or does not contain exactly one map
     * @throws UnsupportedFormatException if it is another format
     * @throws IOException if the file cannot be read
     */
    public static Plane readPlane(Path path) throws IOException {
        if (identify(path).equals(Optional.of(Formats.PFM))) {
            return Pfm.readPlane(path);
        }
        return Npy.plane(readArray(path), path.toString());
    }

    private static String onlyName(Path path) throws IOException {
        List<String> names = Npz.names(path);
        if (names.size() != 1) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected one array, found "
                            + (names.isEmpty() ? "none" : names.size() + ": " + String.join(", ", names))
                            + "; save the required one in a separate file, for example with numpy.save");
        }
        return names.getFirst();
    }

    private static boolean isOneOf(Path path, Format... formats) throws IOException {
        Optional<Format> found = identify(path);
        return found.isPresent() && List.of(formats).contains(found.get());
    }

    private static Optional<Format> identify(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Formats.identify(in.readNBytes(Formats.HEAD_LENGTH));
        }
    }
}
