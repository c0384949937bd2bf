package fathom.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The rule for the files of a model's folder: a symbolic link is followed only if it ends in the folder, for a part of a
 * pipeline in the folder of the pipeline, or in the blobs of a repository in the Hub's cache. Without it, a folder from a
 * stranger could make any file of the machine a setting or a weight, and messages would print it.
 */
public final class FolderFiles {
    private static final String PIPELINE = "model_index.json";
    private static final String SNAPSHOTS = "snapshots";
    private static final String BLOBS = "blobs";
    private static final String REPOSITORY = "models--";

    private FolderFiles() {}

    /**
     * Returns a file of a model's folder without symbolic links.
     *
     * @param file the file; the folder is its parent
     * @return its real path
     * @throws CheckpointException if it is no regular file, or a link to a file of another place
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws IOException if a link cannot be followed
     */
    public static Path real(Path file) throws IOException {
        Path real = file.toRealPath();
        requireRegular(file);
        if (!isAccepted(file, real)) {
            throw CheckpointException.explained(file, "expected a file of the model's folder, found a link to " + real
                    + "; copy that file into the folder");
        }
        return real;
    }

    /**
     * Requires that a file that exists is a regular file: reading a pipe or a device may never end.
     *
     * @param file the file
     * @throws CheckpointException if it is not
     */
    public static void requireRegular(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CheckpointException.explained(file,
                    "expected a regular file, found " + (Files.isDirectory(file) ? "a folder" : "a pipe or a device"));
        }
    }

    /**
     * Returns whether a link of a model's folder may be followed.
     *
     * @param file the file in the folder
     * @param real its real path
     * @return whether {@code real} is in an accepted place
     * @throws IOException if a link cannot be followed
     */
    public static boolean isAccepted(Path file, Path real) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), "files have a folder");
        Path above = folder.getParent();
        Path model = above != null && Files.exists(above.resolve(PIPELINE)) ? above : folder;
        return real.startsWith(model.toRealPath()) || isBlob(model.toRealPath(), real);
    }

    /** Returns whether a file is a blob of the Hub's cache; for a snapshot, of its own repository. */
    private static boolean isBlob(Path folder, Path real) {
        Optional<Path> own = repository(folder);
        Path blobs = real.getParent();
        Path repository = blobs == null || !blobs.endsWith(BLOBS) ? null : blobs.getParent();
        return repository != null && String.valueOf(repository.getFileName()).startsWith(REPOSITORY)
                && (own.isEmpty() || own.get().equals(repository));
    }

    /** Returns the repository of the Hub's cache that {@code folder} is a snapshot of. */
    private static Optional<Path> repository(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path above = at.getParent();
            boolean isSnapshots = at.endsWith(SNAPSHOTS) && above != null
                    && String.valueOf(above.getFileName()).startsWith(REPOSITORY);
            if (isSnapshots && above != null && Files.isDirectory(above.resolve(BLOBS), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
