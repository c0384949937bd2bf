package fathom.datasets.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.raster.Plane;

/**
 * The prediction maps of one dataset: {@code maps/<field>/<sample>-<draw>.npy}. A file is written under a temporary name,
 * brought to the disk and moved into place before the row that names it is saved, and never written again: a new prediction
 * is a new file. So whatever a row names is whole, and what no row names is left from a process that died.
 */
public final class MapFiles {
    /** The folder of all maps within a dataset's folder. */
    public static final String FOLDER = "maps";
    private static final Pattern OURS = Pattern
            .compile("[0-9a-f]{16}-[0-9a-f]{8}(\\.[A-Za-z0-9][A-Za-z0-9_-]*)?\\.npy(\\.tmp)?");

    private final Path dataset;
    private final MapWriter writer;

    public MapFiles(Path dataset, MapWriter writer) {
        this.dataset = dataset;
        this.writer = writer;
    }

    /** Writes one map to a file that is on the disk when this returns. */
    @FunctionalInterface
    public interface MapWriter {
        public void write(Path file, Plane values) throws IOException;
    }

    /** Writes NPY, float32, little-endian, and waits until it is on the disk. */
    public static void write(Path file, Plane values) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            Npy.write(out, NdArray.of(values));
            channel.force(true);
        }
    }

    /** Stores {@code values} and returns the file's path relative to the dataset's folder. */
    public String store(String field, String sampleId, String suffix, Plane values) throws IOException {
        Path folder = dataset.resolve(FOLDER).resolve(field);
        Files.createDirectories(folder);
        while (true) {
            String draw = String.format("%08x", ThreadLocalRandom.current().nextInt());
            Path file = folder.resolve(sampleId + "-" + draw + suffix + ".npy");
            if (Files.exists(file)) {
                continue;
            }
            Path temporary = folder.resolve(file.getFileName() + ".tmp");
            try {
                writer.write(temporary, values);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                deleteQuietly(temporary);
                throw e;
            }
            return FOLDER + "/" + field + "/" + file.getFileName();
        }
    }

    /** The file that a row names, which must lie among the maps. */
    public Path resolve(String path) {
        Path file = dataset.resolve(path).normalize();
        if (!file.startsWith(dataset.resolve(FOLDER))) {
            throw new IllegalStateException("map path: expected to lie under " + FOLDER + "/, found " + path);
        }
        return file;
    }

    /** Removes files that no row names any more; one that cannot be removed is left for the next cleaning. */
    public void delete(List<String> paths) {
        paths.forEach(path -> deleteQuietly(resolve(path)));
    }

    /** Removes every map that is not among {@code named}, and no other file. */
    public void deleteOrphans(Set<String> named) throws IOException {
        Path root = dataset.resolve(FOLDER);
        Set<Path> kept = new HashSet<>();
        named.forEach(path -> kept.add(resolve(path)));
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root, 2)) {
            files.filter(file -> OURS.matcher(file.getFileName().toString()).matches() && !kept.contains(file))
                    .toList().forEach(MapFiles::deleteQuietly);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            // An unnamed file costs space and nothing else; the next cleaning tries again.
            return;
        }
    }
}
