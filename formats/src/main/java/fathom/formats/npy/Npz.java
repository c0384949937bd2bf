package fathom.formats.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import fathom.formats.AtomicFile;
import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.HeapSpace;
import fathom.formats.Input;
import fathom.formats.NdArray;
import fathom.formats.UnsupportedFormatException;

/** NumPy's archive of named arrays, {@code .npz}: a zip file of {@link Npy} entries, compressed or not. */
public final class Npz {
    private static final String SUFFIX = ".npy";
    /** The largest number of bytes that one deflated byte can represent. */
    private static final long DEFLATE_CEILING = 1032;

    private Npz() {}

    /**
     * {@return the names of the arrays, in the order of the archive, without reading the arrays}
     *
     * @param path the file
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static List<String> names(Path path) throws IOException {
        try (ZipFile zip = open(path)) {
            return names(zip);
        }
    }

    /**
     * {@return the shapes of the arrays of numbers by name, in the order of the archive} Arrays of other types, such as
     * texts and objects, are omitted.
     *
     * @param path the file
     * @throws IOException if the file cannot be read or is damaged
     */
    public static SequencedMap<String, int[]> shapes(Path path) throws IOException {
        SequencedMap<String, int[]> shapes = new LinkedHashMap<>();
        try (ZipFile zip = open(path)) {
            for (String name : names(zip)) {
                ZipEntry entry = zip.getEntry(name + SUFFIX);
                String source = path + "!" + entry.getName();
                try (InputStream in = zip.getInputStream(entry)) {
                    shape(new Input(in.readNBytes(NpyHeader.MAX_LENGTH), source).requireNotEmpty())
                            .ifPresent(shape -> shapes.put(name, shape));
                } catch (ZipException | EOFException e) {
                    throw new FormatException(source, FormatException.NO_OFFSET,
                            "the compressed data is damaged (" + e.getMessage() + "); copy or download the file again",
                            e);
                }
            }
        }
        return shapes;
    }

    /** Returns the shape in a header; empty if the elements are not numbers. */
    private static Optional<int[]> shape(Input head) throws IOException {
        try {
            return Optional.of(NpyHeader.parse(head).shape().clone());
        } catch (UnsupportedFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the array called {@code name}.
     *
     * @param path the file
     * @param name name of the array
     * @return the array
     * @throws FormatException if the file is damaged or has no such array
     */
    public static NdArray read(Path path, String name) throws IOException {
        try (ZipFile zip = open(path)) {
            return read(zip, path, name);
        }
    }

    /**
     * Reads every array.
     *
     * @param path the file
     * @return the arrays by name, in the order of the archive
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static Map<String, NdArray> read(Path path) throws IOException {
        try (ZipFile zip = open(path)) {
            Map<String, NdArray> arrays = new LinkedHashMap<>();
            for (String name : names(zip)) {
                arrays.put(name, read(zip, path, name));
            }
            return arrays;
        }
    }

    /**
     * Writes arrays under their names, not compressed, like {@code numpy.savez}.
     *
     * @param path the file
     * @param arrays the arrays by name
     * @throws IOException if writing fails
     */
    public static void write(Path path, Map<String, NdArray> arrays) throws IOException {
        AtomicFile.write(path, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(0);
            for (Map.Entry<String, NdArray> array : arrays.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                Npy.write(zip, array.getValue());
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    private static ZipFile open(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(Formats.HEAD_LENGTH);
        }
        Input start = new Input(head, path.toString()).requireNotEmpty();
        if (head.length == Formats.HEAD_LENGTH && !Formats.identify(head).filter(Formats.NPZ::equals).isPresent()) {
            throw start.error(0, "expected an NPZ archive, found " + Formats.describe(head));
        }
        try {
            return new ZipFile(path.toFile());
        } catch (ZipException | EOFException e) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "the zip file is damaged or truncated (" + e.getMessage() + "); copy or download it again", e);
        }
    }

    private static List<String> names(ZipFile zip) {
        List<String> names = new ArrayList<>();
        zip.stream().forEach(entry -> {
            if (entry.getName().endsWith(SUFFIX)) {
                names.add(entry.getName().substring(0, entry.getName().length() - SUFFIX.length()));
            }
        });
        return names;
    }

    private static NdArray read(ZipFile zip, Path path, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected an array called '" + name + "', found " + names(zip));
        }
        String source = path + "!" + entry.getName();
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
            Input head = new Input(in.readNBytes(NpyHeader.MAX_LENGTH), source).requireNotEmpty();
            NpyHeader header = NpyHeader.parse(head);
            // The archive may state any size; what the file really holds limits what can come out of it.
            long compressed = Math.min(entry.getCompressedSize(), Files.size(path));
            long most = head.length()
                    + (entry.getMethod() == ZipEntry.STORED ? compressed : DEFLATE_CEILING * compressed);
            if (header.end() + (long) header.dataLength() > most) {
                throw head.error(header.end(), "expected " + header.dataLength() + " bytes of array data, found only "
                        + compressed + " stored bytes; save the array again");
            }
            HeapSpace.requireBytes(source, header.dataLength() + " bytes of array data", header.dataLength());
            byte[] data = new byte[header.dataLength()];
            int buffered = Math.min(data.length, head.length() - header.end());
            System.arraycopy(head.bytes(), header.end(), data, 0, buffered);
            int count = buffered + in.readNBytes(data, buffered, data.length - buffered);
            if (count < data.length) {
                throw head.error(header.end() + (long) count, "the array is truncated: expected " + data.length
                        + " bytes of array data, found " + count + "; save the array again");
            }
            if (in.read() >= 0 || checksum.getValue() != entry.getCrc()) {
                throw head.error(FormatException.NO_OFFSET,
                        "the array does not have the checksum or the length that the"
                                + " archive states; copy or download the file again");
            }
            return Npy.array(header, ByteBuffer.wrap(data));
        } catch (ZipException | EOFException e) {
            throw new FormatException(source, FormatException.NO_OFFSET,
                    "the compressed data is damaged (" + e.getMessage() + "); copy or download the file again", e);
        }
    }
}
