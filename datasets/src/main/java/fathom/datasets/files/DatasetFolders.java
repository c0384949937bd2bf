package fathom.datasets.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import fathom.datasets.values.DatasetException;
import org.jspecify.annotations.Nullable;

/**
 * The hidden folders of datasets that are being created ({@code .new-…}) or deleted ({@code .deleted-…}), next to the
 * datasets. A process that creates one holds its {@link WriterLock}; without that lock, it is left over from a process that
 * died.
 */
public final class DatasetFolders {
    /** The first character of hidden folders; names of datasets cannot start with it. */
    public static final String HIDDEN = ".";
    private static final String NEW = HIDDEN + "new-";
    private static final String DELETED = HIDDEN + "deleted-";
    private static final Pattern OWN = Pattern
            .compile("\\.(?:new|deleted)-.*-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.DOTALL);

    private final Path folder;

    /**
     * Creates the access; writes nothing.
     *
     * @param folder the folder of the datasets
     */
    public DatasetFolders(Path folder) {
        this.folder = folder;
    }

    /**
     * A hidden folder of a new dataset.
     *
     * @param path the folder
     * @param lock the right to write it, held
     */
    public record Draft(Path path, WriterLock lock) {}

    /**
     * Creates the hidden folder of a new dataset. No other process removes it before its lock is released.
     *
     * @param name the name of the new dataset
     * @return the folder, locked
     * @throws IOException if the disk cannot be written
     */
    public Draft create(String name) throws IOException {
        Files.createDirectories(folder);
        try (NameLock _ = NameLock.acquire(folder)) {
            Path draft = Files.createDirectory(folder.resolve(NEW + name + "-" + UUID.randomUUID()));
            return new Draft(draft, WriterLock.acquire(name, draft, Duration.ZERO));
        }
    }

    /**
     * Moves a dataset to a hidden folder, so that it disappears at once, and deletes that.
     *
     * @param name the name of the dataset
     * @param patience the longest time to wait for a writer
     * @throws DatasetException if another process is writing it
     * @throws IOException if the disk cannot be written
     */
    public void delete(String name, Duration patience) throws IOException {
        Path own = folder.resolve(name);
        Path discarded = folder.resolve(DELETED + name + "-" + UUID.randomUUID());
        if (Files.getFileStore(own).supportsFileAttributeView("posix")) {
            // Held until the folder is moved, so that no writer starts meanwhile.
            try (WriterLock _ = WriterLock.hasFile(own) ? WriterLock.acquire(name, own, patience) : null) {
                Files.move(own, discarded, StandardCopyOption.ATOMIC_MOVE);
            }
        } else {
            // Released at once: Windows cannot move a folder with an open file.
            if (WriterLock.hasFile(own)) {
                WriterLock.acquire(name, own, patience).close();
            }
            Files.move(own, discarded, StandardCopyOption.ATOMIC_MOVE);
        }
        discard(discarded);
    }

    /** Deletes the folders that killed processes left, and none that a living process uses. Does not fail. */
    public void discardLeftovers() {
        List<Path> hidden = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, HIDDEN + "{new,deleted}-*")) {
            for (Path each : found) {
                // A folder of the user may start with the same words.
                if (OWN.matcher(String.valueOf(each.getFileName())).matches()) {
                    hidden.add(each);
                }
            }
            if (hidden.isEmpty()) {
                return;
            }
            try (NameLock _ = NameLock.acquire(folder)) {
                hidden.stream().filter(DatasetFolders::isAbandoned).forEach(DatasetFolders::discard);
            }
        } catch (IOException | RuntimeException e) {
            // Leftovers only cost space, and the disk may be read-only: the next call tries again.
            return;
        }
    }

    private static boolean isAbandoned(Path hidden) {
        if (String.valueOf(hidden.getFileName()).startsWith(DELETED)) {
            return true;
        }
        try {
            WriterLock.acquire(hidden.toString(), hidden, Duration.ZERO).close();
            return true;
        } catch (IOException | DatasetException e) {
            return false;
        }
    }

    /**
     * Deletes a folder that is not a dataset any more, as far as possible. Links are deleted, not followed.
     *
     * @param folder the folder
     */
    public static void discard(Path folder) {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            // The rest is hidden from every listing; the next call tries again.
            return;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
            delete(visited);
            return FileVisitResult.CONTINUE;
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Another process deletes it as well, or it is not ours: the rest is deleted nevertheless.
                return;
            }
        }
    }
}
