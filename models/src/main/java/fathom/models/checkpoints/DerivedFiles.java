package fathom.models.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.models.CacheFolder;

/**
 * What was made of checkpoints' weights to be mapped from then on, such as half-precision weights as float32: safetensors
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

    static Path folder() {
        return CacheFolder.path().resolve("widened");
    }

    static String join(List<Path> sources) {
        return sources.stream().map(Path::toString).collect(Collectors.joining("\n"));
    }

    /** All there are, sorted by their names; files that are damaged count as made of nothing. */
    public static List<Derived> list() throws IOException {
        return list(folder());
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
