package fathom.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files derived from checkpoints' weights, to be mapped instead of them, such as half-precision weights as float32 or
 * weights in 8 bits: safetensors files in one folder of the cache, each with its source files in its metadata. All of
 * them can be created again.
 */
public final class DerivedFiles {
    /** Key of the metadata that names the sources, one per line. */
    static final String SOURCES = "sources";

    private DerivedFiles() {}

    /**
     * One file.
     *
     * @param file the file
     * @param bytes its size
     * @param sources the weight files that it was derived from, by their real paths; they may be missing
     */
    public record Derived(Path file, long bytes, List<Path> sources) {
        /** Copies the collections. */
        public Derived {
            sources = List.copyOf(sources);
        }
    }

    /** {@return the folder of the cache that contains them; it is in use by this process from now on} */
    public static Path folder() {
        return CacheFolder.use(CacheKind.DERIVED);
    }

    /**
     * Returns the name of a file derived from {@code sources}: it depends on their paths, sizes and modification times.
     *
     * @param sources the weight files
     * @param variant distinguishes files of the same sources
     * @return the name, without extension
     * @throws IOException if a source cannot be read
     */
    public static String key(List<Path> sources, String variant) throws IOException {
        StringBuilder key = new StringBuilder(variant);
        for (Path file : sources) {
            key.append(file).append('\n').append(Files.size(file)).append('\n').append(Files.getLastModifiedTime(file))
                    .append('\n');
        }
        return WeightsHash.of(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a safetensors file, which appears complete or not at all.
     *
     * @param file the file
     * @param purpose its purpose, for error messages
     * @param sources the weight files that it is derived from
     * @param tensors its tensors
     * @throws IOException if it cannot be written; the message states the required space
     */
    public static void write(Path file, String purpose, List<Path> sources, List<DerivedTensor> tensors)
            throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, "deriving", ".partial");
        try {
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                byte[] header = header(tensors, sources);
                writeFully(channel,
                        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip());
                writeFully(channel, ByteBuffer.wrap(header));
                for (DerivedTensor tensor : tensors) {
                    tensor.content().writeTo(channel);
                }
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            long bytes = tensors.stream().mapToLong(DerivedTensor::length).sum();
            throw new IOException(purpose + " needs " + (bytes >> 20) + " MB in " + folder
                    + "; make room, or set FATHOM_CACHE to a folder with room", e);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static byte[] header(List<DerivedTensor> tensors, List<Path> sources) {
        List<String> entries = new ArrayList<>();
        entries.add(
                "\"__metadata__\":{\"" + SOURCES + "\":" + JsonMapper.shared().writeValueAsString(join(sources)) + "}");
        long at = 0;
        for (DerivedTensor tensor : tensors) {
            long end = at + tensor.length();
            entries.add(JsonMapper.shared().writeValueAsString(tensor.name()) + ":{\"dtype\":\"" + tensor.type()
                    + "\",\"shape\":" + tensor.shape() + ",\"data_offsets\":[" + at + "," + end + "]}");
            at = end;
        }
        return ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
    }

    static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    static String join(List<Path> sources) {
        return sources.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }

    /**
     * Returns all derived files, sorted by their names; damaged files have no sources.
     *
     * @return the files
     * @throws IOException if the folder cannot be read
     */
    public static List<Derived> list() throws IOException {
        return list(CacheFolder.path(CacheKind.DERIVED));
    }

    static List<Derived> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Derived> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(new Derived(file, Files.size(file), sources(file)));
            }
        }
        return found;
    }

    private static List<Path> sources(Path file) throws IOException {
        try {
            String joined = Safetensors.metadata(file).getOrDefault(SOURCES, "");
            return joined.isEmpty() ? List.of() : Arrays.stream(joined.split("\n", -1)).map(Path::of).toList();
        } catch (CheckpointException damaged) {
            return List.of();
        }
    }

    /**
     * Returns the files derived from weights in a folder or below it.
     *
     * @param folder an existing folder
     * @return the files
     * @throws IOException if a folder cannot be read
     */
    public static List<Derived> of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return list().stream().filter(derived -> derived.sources().stream().anyMatch(source -> source.startsWith(real)))
                .toList();
    }

    /**
     * Deletes files.
     *
     * @param files the files
     * @return the bytes that were freed
     * @throws IOException if a file cannot be deleted
     */
    public static long remove(Collection<Derived> files) throws IOException {
        long bytes = 0;
        for (Derived derived : files) {
            bytes += Files.deleteIfExists(derived.file()) ? derived.bytes() : 0;
        }
        return bytes;
    }
}
