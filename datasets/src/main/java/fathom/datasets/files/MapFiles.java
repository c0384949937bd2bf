package fathom.datasets.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.raster.Plane;

/**
 * The prediction maps of one dataset: {@code maps/<field>/<sample>-<random>.npy}. A file is written under a temporary
 * name, flushed to the disk and renamed before the row that refers to it is committed. It is never modified: a new
 * prediction is a new file. So each file with a row is complete, and files without a row remain from a killed process.
 */
public final class MapFiles {
    /** The folder of all maps within a dataset's folder. */
    public static final String FOLDER = "maps";
    private static final Pattern OURS = Pattern
            .compile("[0-9a-f]{16}-[0-9a-f]{8}(\\.[A-Za-z0-9][A-Za-z0-9_-]*)?\\.npy(\\.tmp)?");

    private final Path dataset;
    private final MapWriter writer;

    /**
     * Creates the maps of a dataset; writes nothing.
     *
     * @param dataset the folder of the dataset
     * @param writer writes the files
     */
    public MapFiles(Path dataset, MapWriter writer) {
        this.dataset = dataset;
        this.writer = writer;
    }

    /** A writer of one map to a file that is on the disk when it returns. */
    @FunctionalInterface
    public interface MapWriter {
        /**
         * Writes a map.
         *
         * @param file the file, which does not exist
         * @param values the values, [H, W]
         * @throws IOException if the file cannot be written
         */
        public void write(Path file, Plane values) throws IOException;
    }

    /**
     * Writes NPY, float32, little-endian, and waits until it is on the disk.
     *
     * @param file the file, which must not exist
     * @param values the values, [H, W]
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Plane values) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            Npy.write(out, NdArray.of(values));
            channel.force(true);
        }
    }

    /**
     * Writes one map under a new name.
     *
     * @param field the name of the prediction field
     * @param sampleId the id of the sample
     * @param suffix empty, or a dot and the name of a plane
     * @param values the values, [H, W]
     * @return the path of the file relative to the dataset's folder
     * @throws IOException if the file cannot be written; then nothing remains of it
     */
    public String store(String field, String sampleId, String suffix, Plane values) throws IOException {
        Path folder = dataset.resolve(FOLDER).resolve(field);
        Files.createDirectories(folder);
        while (true) {
            String draw = String.format(Locale.ROOT, "%08x", ThreadLocalRandom.current().nextInt());
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

    /**
     * Returns the file of a row.
     *
     * @param path the path relative to the dataset's folder
     * @return the file; empty if the path is not one of a map in this dataset, because the index is damaged
     */
    public Optional<Path> resolve(String path) {
        try {
            Path file = dataset.resolve(path).normalize();
            return file.startsWith(dataset.resolve(FOLDER)) ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Deletes files that no row refers to any more. A file that cannot be deleted remains until {@link #deleteOrphans}.
     *
     * @param paths the paths relative to the dataset's folder
     */
    public void delete(List<String> paths) {
        paths.forEach(path -> resolve(path).filter(MapFiles::isOurs).ifPresent(MapFiles::deleteQuietly));
    }

    /**
     * Deletes every map that no row refers to, and no other file.
     *
     * @param named the paths that rows refer to, relative to the dataset's folder
     * @throws IOException if a folder cannot be read
     */
    public void deleteOrphans(Set<String> named) throws IOException {
        Path root = dataset.resolve(FOLDER);
        Set<Path> kept = new HashSet<>();
        named.forEach(path -> resolve(path).ifPresent(kept::add));
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root, 2)) {
            files.filter(file -> isOurs(file) && !kept.contains(file)).toList().forEach(MapFiles::deleteQuietly);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isOurs(Path file) {
        return OURS.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            // A file without a row only costs space; the next cleaning tries again.
            return;
        }
    }
}
