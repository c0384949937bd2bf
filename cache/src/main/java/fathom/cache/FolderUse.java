package fathom.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which folders of the cache running processes use. A process that uses a folder holds a shared lock on a file for it until
 * the process ends, however it ends: the system releases the lock. A process that deletes the folder's content needs the
 * exclusive lock. The lock files are empty, in the folder {@value #LOCKS} next to the used folders, and are never deleted: a
 * process could otherwise hold a lock on a file that no other process can see.
 */
final class FolderUse {
    /** The folder of the lock files. */
    static final String LOCKS = ".in-use";

    /** The open lock files of this process, by the folder they stand for. Closing one would release the lock. */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private FolderUse() {}

    /**
     * Marks {@code folder} as used by this process from now on. Waits while another process deletes its content. If the lock
     * file cannot be created, for example on a read-only disk, the folder is not marked.
     */
    static synchronized void mark(Path folder) {
        Path key = folder.toAbsolutePath().normalize();
        if (HELD.containsKey(key)) {
            return;
        }
        try {
            FileChannel channel = open(key);
            try {
                channel.lock(0, Long.MAX_VALUE, true);
            } catch (OverlappingFileLockException e) {
                // A copy of this class under another class loader of this process holds it.
                log("already marked by this process: " + key, e);
            }
            HELD.put(key, channel);
        } catch (IOException | UnsupportedOperationException e) {
            log("not marked as in use: " + key, e);
        }
    }

    /**
     * Returns whether this or another process uses {@code folder}; {@code false} if this process may not open the lock file,
     * because it may then not delete the folder's content either.
     */
    static boolean isInUse(Path folder) throws IOException {
        Path key = folder.toAbsolutePath().normalize();
        if (!Files.isWritable(lockFile(key))) {
            return false;
        }
        Optional<Exclusive> lock = exclusively(key);
        if (lock.isEmpty()) {
            return true;
        }
        lock.get().close();
        return false;
    }

    /** Returns the lock that keeps other processes from using {@code folder}, or empty if one uses it, or this one. */
    static synchronized Optional<Exclusive> exclusively(Path folder) throws IOException {
        Path key = folder.toAbsolutePath().normalize();
        if (HELD.containsKey(key)) {
            return Optional.empty();
        }
        FileChannel channel = open(key);
        try {
            FileLock lock = channel.tryLock(0, Long.MAX_VALUE, false);
            if (lock != null) {
                return Optional.of(new Exclusive(channel));
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /** A held lock; closing releases it. */
    record Exclusive(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        Path file = lockFile(folder);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Path lockFile(Path folder) {
        return folder.resolveSibling(LOCKS).resolve(Objects.requireNonNull(folder.getFileName(), "name of a folder"));
    }

    private static void log(String what, Exception cause) {
        System.getLogger(FolderUse.class.getName()).log(System.Logger.Level.DEBUG, what, cause);
    }
}
