package fathom.formats.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

import fathom.formats.AmbiguousArrayException;
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
 * Reads files of numbers, as opposed to images: {@link Npy}, {@link Npz}, and {@link Pfm}. The format is
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
     * Reads the array of an NPY file, or one array of an NPZ file: see {@link #readArray(Path, Optional)}.
     *
     * @param path the file
     * @return the array
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static NdArray readArray(Path path) throws IOException {
        return readArray(path, Optional.empty());
    }

    /**
     * Reads the array of an NPY file, or one array of an NPZ file: the array of the given name; without a name the only
     * array, or the only one that is a map, [H, W], apart from axes of length 1.
     *
     * @param path the file
     * @param name the name of the array if the file is NPZ; other files have no names
     * @return the array
     * @throws AmbiguousArrayException if there are several maps and no name; the message lists the arrays
     * @throws FormatException if the file is damaged, or does not contain the array
     * @throws UnsupportedFormatException if it is another format
     * @throws IOException if the file cannot be read
     */
    public static NdArray readArray(Path path, Optional<String> name) throws IOException {
        Optional<Format> format = identify(path);
        if (format.equals(Optional.of(Formats.NPZ))) {
            return Npz.read(path, name.isPresent() ? name.get() : chosen(path));
        }
        return Npy.read(path);
    }

    /**
     * Reads a map, [H, W], as float32: an array with two axes in addition to those of length 1, or a PFM map of one
     * channel.
     *
     * @param path the file
     * @return the map
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static Plane readPlane(Path path) throws IOException {
        return readPlane(path, Optional.empty());
    }

    /**
     * Reads a map, [H, W], as float32: an array with two axes in addition to those of length 1, or a PFM map of one
     * channel.
     *
     * @param path the file
     * @param name the name of the array, as in {@link #readArray(Path, Optional)}
     * @return the map
     * @throws FormatException if the file is damaged, or does not contain exactly one map
     * @throws UnsupportedFormatException if it is another format
     * @throws IOException if the file cannot be read
     */
    public static Plane readPlane(Path path, Optional<String> name) throws IOException {
        if (identify(path).equals(Optional.of(Formats.PFM))) {
            return Pfm.readPlane(path);
        }
        return Npy.plane(readArray(path, name), path.toString());
    }

    private static String chosen(Path path) throws IOException {
        List<String> names = Npz.names(path);
        if (names.size() == 1) {
            return names.getFirst();
        }
        SequencedMap<String, int[]> shapes = Npz.shapes(path);
        List<String> maps = shapes.entrySet().stream().filter(array -> isMap(array.getValue())).map(Map.Entry::getKey)
                .toList();
        if (maps.size() == 1) {
            return maps.getFirst();
        }
        String found = shapes.entrySet().stream().map(array -> array.getKey() + " " + Arrays.toString(array.getValue()))
                .collect(Collectors.joining(", "));
        if (maps.isEmpty()) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected one map, [height, width], found "
                            + (found.isEmpty() ? "no array of numbers" : "the arrays " + found));
        }
        throw new AmbiguousArrayException(path.toString(), found, maps);
    }

    /** Returns whether two axes are longer than 1. */
    private static boolean isMap(int[] shape) {
        return Arrays.stream(shape).filter(length -> length > 1).count() == 2;
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
