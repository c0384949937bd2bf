package fathom.hub;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folder that this program and Python's {@code huggingface_hub} share, in its layout:
 *
 * <pre>
 * models--owner--name/blobs/ETAG                      contents, named by their hash
 * models--owner--name/snapshots/COMMIT/config.json    links to blobs
 * models--owner--name/refs/main                       the commit that a revision stood for when last asked
 * models--owner--name/.no_exist/COMMIT/FILE           files that a commit is known not to have
 * .locks/models--owner--name/ETAG.lock                held while a blob is written
 * </pre>
 *
 * <p>Blobs and references appear complete or not at all. See {@code huggingface_hub/file_download.py} and its guide
 * "manage-cache". Safe for use by many threads and processes.
 */
public final class HubCache {
    private static final String PREFIX = "models--";

    private final Path root;
    private final boolean symbolicLinks;

    /**
     * Creates a view of the cache in {@code root}.
     *
     * @param root the folder, which may be missing
     * @param symbolicLinks whether snapshots link to blobs; otherwise they contain the files
     */
    public HubCache(Path root, boolean symbolicLinks) {
        this.root = root.toAbsolutePath().normalize();
        this.symbolicLinks = symbolicLinks;
    }

    /**
     * A repository with cached files.
     *
     * @param id {@code owner/name}
     * @param commits commits with at least one file
     * @param bytes size of its files on disk, including those that no commit uses
     */
    public record CachedRepository(String id, List<String> commits, long bytes) {}

    /**
     * Returns the folder of the cached files of a repository.
     *
     * @param repository the repository
     * @return the folder, which may be missing
     */
    public Path folder(HubReference.Repository repository) {
        return root.resolve(folderName(repository));
    }

    /**
     * Returns the folder of the files of a commit.
     *
     * @param repository the repository
     * @param commit the commit
     * @return the folder, which may be missing
     */
    public Path snapshot(HubReference.Repository repository, String commit) {
        return folder(repository).resolve("snapshots").resolve(commit);
    }

    /**
     * Returns the commit of the repository's revision.
     *
     * @param repository the repository and revision
     * @return the commit, or empty if the cache does not know it
     * @throws HubException if the cache cannot be read
     */
    public Optional<String> commitOf(HubReference.Repository repository) throws HubException {
        if (repository.isPinned()) {
            return Optional.of(repository.revision());
        }
        Path reference = reference(repository);
        if (!Files.isRegularFile(reference)) {
            return Optional.empty();
        }
        try {
            String commit = Files.readString(reference).strip();
            return Commits.isHash(commit) ? Optional.of(commit) : Optional.empty();
        } catch (IOException e) {
            throw unusable("cannot read " + reference, e);
        }
    }

    /**
     * Returns the names of the usable files of a commit; a link to a missing blob is not usable.
     *
     * @param repository the repository
     * @param commit the commit
     * @return names, sorted
     * @throws HubException if the cache cannot be read
     */
    public List<String> files(HubReference.Repository repository, String commit) throws HubException {
        Path snapshot = snapshot(repository, commit);
        if (!Files.isDirectory(snapshot)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(snapshot)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> snapshot.relativize(path).toString().replace('\\', '/')).sorted().toList();
        } catch (IOException e) {
            throw unusable("cannot list " + snapshot, e);
        }
    }

    /**
     * Returns all repositories in the cache, sorted by their names.
     *
     * @return the repositories
     * @throws HubException if the cache cannot be read
     */
    public List<CachedRepository> repositories() throws HubException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<CachedRepository> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.sorted().toList()) {
                String name = folder.getFileName().toString();
                if (name.startsWith(PREFIX) && Files.isDirectory(folder)) {
                    String id = name.substring(PREFIX.length()).replaceFirst("--", "/");
                    found.add(new CachedRepository(id, commits(folder), bytesBelow(folder)));
                }
            }
        } catch (IOException e) {
            throw unusable("cannot list " + root, e);
        }
        return List.copyOf(found);
    }

    /**
     * Deletes all revisions of a repository.
     *
     * @param repository the repository; its revision is ignored
     * @return the bytes that were freed, 0 if it was not cached
     * @throws HubException if a file cannot be deleted
     */
    public long remove(HubReference.Repository repository) throws HubException {
        Path folder = folder(repository);
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try {
            long bytes = bytesBelow(folder);
            deleteTree(folder);
            deleteTree(locks(repository));
            return bytes;
        } catch (IOException e) {
            throw unusable("cannot remove " + folder, e);
        }
    }

    Path blob(HubReference.Repository repository, String etag) {
        return folder(repository).resolve("blobs").resolve(etag);
    }

    Path lock(HubReference.Repository repository, String etag) {
        return locks(repository).resolve(etag + ".lock");
    }

    /** Returns the bytes of interrupted downloads, which can be resumed. */
    long partialBytes(HubReference.Repository repository) throws HubException {
        Path blobs = folder(repository).resolve("blobs");
        if (!Files.isDirectory(blobs)) {
            return 0;
        }
        long bytes = 0;
        try (DirectoryStream<Path> partial = Files.newDirectoryStream(blobs, "*.incomplete")) {
            for (Path file : partial) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
            return bytes;
        } catch (IOException e) {
            throw unusable("cannot list " + blobs, e);
        }
    }

    /** Records the commit of the revision. */
    void recordRevision(HubReference.Repository repository, String commit) throws HubException {
        if (repository.revision().equals(commit)) {
            return;
        }
        Path reference = reference(repository);
        try {
            if (Files.isRegularFile(reference) && Files.readString(reference).equals(commit)) {
                return;
            }
            Files.createDirectories(parent(reference));
            Path fresh = reference.resolveSibling(reference.getFileName() + "." + UUID.randomUUID() + ".tmp");
            Files.writeString(fresh, commit);
            move(fresh, reference);
        } catch (IOException e) {
            throw unusable("cannot write " + reference, e);
        }
    }

    boolean isKnownMissing(HubReference.Repository repository, String commit, String file) {
        return Files.isRegularFile(missing(repository, commit, file));
    }

    void recordMissing(HubReference.Repository repository, String commit, String file) throws HubException {
        Path mark = missing(repository, commit, file);
        try {
            Files.createDirectories(parent(mark));
            Files.createFile(mark);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (IOException e) {
            throw unusable("cannot write " + mark, e);
        }
    }

    /**
     * Adds {@code file} of {@code commit} to the snapshot: as a relative link to a blob, or as the file itself if links
     * are not supported.
     *
     * @param fresh whether nothing else uses the blob yet, so that it may be moved instead of copied
     */
    void link(HubReference.Repository repository, String commit, String file, String etag, boolean fresh)
            throws HubException {
        Path blob = blob(repository, etag);
        Path pointer = snapshot(repository, commit).resolve(file);
        try {
            Files.createDirectories(parent(pointer));
            if (Files.isRegularFile(pointer)) {
                return;
            }
            Path temporary = pointer.resolveSibling("." + UUID.randomUUID() + ".tmp");
            if (symbolicLinks && isLinked(temporary, parent(pointer).relativize(blob))) {
                move(temporary, pointer);
            } else if (fresh) {
                move(blob, pointer);
            } else {
                Files.copy(blob, temporary);
                move(temporary, pointer);
            }
        } catch (IOException e) {
            throw unusable("cannot make " + pointer, e);
        }
    }

    /** Replaces {@code target} by {@code source}, atomically if the file system supports it. */
    static void move(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isLinked(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String folderName(HubReference.Repository repository) {
        return PREFIX + repository.owner() + "--" + repository.name();
    }

    private Path locks(HubReference.Repository repository) {
        return root.resolve(".locks").resolve(folderName(repository));
    }

    private Path reference(HubReference.Repository repository) {
        return folder(repository).resolve("refs").resolve(repository.revision());
    }

    private Path missing(HubReference.Repository repository, String commit, String file) {
        return folder(repository).resolve(".no_exist").resolve(commit).resolve(file);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static List<String> commits(Path folder) throws IOException {
        Path snapshots = folder.resolve("snapshots");
        if (!Files.isDirectory(snapshots)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(snapshots)) {
            return paths.map(path -> path.getFileName().toString()).filter(Commits::isHash).sorted().toList();
        }
    }

    private static long bytesBelow(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(p -> !Files.isSymbolicLink(p) && Files.isRegularFile(p)).toList()) {
                bytes += Files.size(path);
            }
        }
        return bytes;
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Returns whether {@code cause} means that a disk or a quota is full. */
    static boolean isFull(IOException cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        return message.contains("No space left") || message.contains("not enough space")
                || message.contains("quota exceeded");
    }

    static HubException unusable(String what, IOException cause) {
        if (isFull(cause)) {
            return new HubException(HubException.Kind.DISK_FULL,
                    "hub cache: " + what + ": the disk is full. Make room, or choose another folder with HF_HOME.",
                    cause);
        }
        return new HubException(HubException.Kind.CACHE, "hub cache: " + what + " (" + cause
                + "). Check that the folder belongs to you, or choose another with HF_HOME.", cause);
    }
}
