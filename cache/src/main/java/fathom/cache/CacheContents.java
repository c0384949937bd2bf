package fathom.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a cache folder holds, and its deletion. Only the folders of {@link CacheKind} are listed and deleted; other files that
 * somebody put there are listed apart and stay. Symbolic links are never followed: a link counts nothing, and deleting one
 * leaves what it points to.
 */
public final class CacheContents {
    private final Path folder;

    private CacheContents(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the content of a cache folder.
     *
     * @param folder the folder, which may be missing
     * @return its content
     * @throws NotDirectoryException if it is a file
     * @throws IOException if it cannot be read
     */
    public static CacheContents of(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw new NotDirectoryException(absolute.toString());
        }
        return new CacheContents(absolute);
    }

    /**
     * The files of one kind.
     *
     * @param kind the kind
     * @param folder where they are
     * @param files their number
     * @param bytes the sum of their sizes
     * @param inUse whether a running process uses them
     * @param link whether the folder is a symbolic link, so that what it points to is neither counted nor deleted
     */
    public record Entry(CacheKind kind, Path folder, int files, long bytes, boolean inUse, boolean link) {}

    /** The result of clearing one kind. */
    public sealed interface Outcome {
        /** {@return the files before clearing} */
        Entry entry();

        /**
         * The files were deleted.
         *
         * @param entry the files before
         */
        record Deleted(Entry entry) implements Outcome {}

        /**
         * The files were kept, because a running process uses them.
         *
         * @param entry the files
         */
        record InUse(Entry entry) implements Outcome {}

        /**
         * The folder was kept, because it is a symbolic link.
         *
         * @param entry the files
         */
        record Linked(Entry entry) implements Outcome {}
    }

    /** {@return the cache folder: absolute} */
    public Path folder() {
        return folder;
    }

    /**
     * Returns the kinds that have a folder here.
     *
     * @return entries in the order of {@link CacheKind}; empty if the cache folder is missing
     * @throws IOException if a folder cannot be read
     */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (CacheKind kind : CacheKind.values()) {
            entry(kind).ifPresent(entries::add);
        }
        return entries;
    }

    /**
     * Returns the files and folders in the cache folder that are of no kind; {@link #clear} does not delete them.
     *
     * @return paths, sorted
     * @throws IOException if the folder cannot be read
     */
    public List<Path> others() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> others = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                if (CacheKind.ofKey(name).isEmpty() && !name.equals(FolderUse.LOCKS)) {
                    others.add(child);
                }
            }
        }
        others.sort(null);
        return others;
    }

    /**
     * Deletes all files of a kind, unless a running process uses them.
     *
     * @param kind the kind
     * @return the result; empty if the kind has no folder
     * @throws IOException if a file cannot be deleted; files deleted before stay deleted
     */
    public Optional<Outcome> clear(CacheKind kind) throws IOException {
        Optional<Entry> found = entry(kind);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = found.get();
        if (entry.link()) {
            return Optional.of(new Outcome.Linked(entry));
        }
        Optional<FolderUse.Exclusive> lock = FolderUse.exclusively(entry.folder());
        if (lock.isEmpty()) {
            return Optional.of(new Outcome.InUse(entry));
        }
        try (FolderUse.Exclusive _ = lock.get()) {
            delete(entry.folder());
        }
        return Optional.of(new Outcome.Deleted(entry));
    }

    private Optional<Entry> entry(CacheKind kind) throws IOException {
        Path own = folder.resolve(kind.key());
        if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.isSymbolicLink(own)) {
            return Optional.of(new Entry(kind, own, 0, 0, FolderUse.isInUse(own), true));
        }
        Sum sum = new Sum();
        Files.walkFileTree(own, sum);
        return Optional.of(new Entry(kind, own, sum.files, sum.bytes, FolderUse.isInUse(own), false));
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Adds up regular files; one that disappears meanwhile counts nothing. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private int files;
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files++;
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
