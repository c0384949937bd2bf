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
 * What was made of checkpoints' weights to be mapped from then on, such as half-precision weights as float32 or weights in
 * 8 bits: safetensors
 * files in one folder of the cache, each with the files that it was made of in its metadata. All of it can be made again.
 */
public final class DerivedFiles {
    /** Key of the metadata that names the sources, one to a line. */
    static final String SOURCES = "sources";

    private DerivedFiles() {}

    /**
     * One file.
     *
     * @param file where it is
     * @param bytes its size
     * @param sources the weight files that it was made of, by their real paths; they may be gone
     */
    public record Derived(Path file, long bytes, List<Path> sources) {
        public Derived {
            sources = List.copyOf(sources);
        }
    }

    /** Returns the folder of the cache that holds them; it is in use by this process from now on. */
    public static Path folder() {
        return CacheFolder.use(CacheKind.DERIVED);
    }

    /**
     * What a file made of {@code sources} is kept under: it depends on their paths, sizes and times of change.
     *
     * @param variant tells files of the same sources apart
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
     * Writes {@code tensors} as the safetensors file {@code file}, which appears whole or not at all.
     *
     * @param purpose what for, for the error
     * @param sources the weight files that they are made of
     * @throws IOException if it cannot be written, saying how much room it needs
     */
    public static void write(Path file, String purpose, List<Path> sources, List<DerivedTensor> tensors)
            throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, "deriving", ".partial");
        try {
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                byte[] header = header(tensors, sources);
                writeFully(channel, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length).flip());
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
        entries.add("\"__metadata__\":{\"" + SOURCES + "\":" + JsonMapper.shared()
                .writeValueAsString(join(sources)) + "}");
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

    /** All there are, sorted by their names; files that are damaged count as made of nothing. */
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

    /** Those made of weights in {@code folder}, which exists, or below it. */
    public static List<Derived> of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return list().stream().filter(derived -> derived.sources().stream().anyMatch(source -> source.startsWith(real)))
                .toList();
    }

    /**
     * Removes files.
     *
     * @return the bytes that this gave back
     */
    public static long remove(Collection<Derived> files) throws IOException {
        long bytes = 0;
        for (Derived derived : files) {
            bytes += Files.deleteIfExists(derived.file()) ? derived.bytes() : 0;
        }
        return bytes;
    }
}
