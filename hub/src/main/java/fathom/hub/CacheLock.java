package fathom.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock that allows one thread of one process to write a blob. Python's {@code filelock} uses {@code flock(2)} on
 * the same file, which does not see the record locks of {@link FileChannel#lock()}. So this class uses {@code flock}
 * too if the platform and its file system support it, and a record lock otherwise (on Windows both are the same lock).
 */
final class CacheLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    /** Releases the lock. */
    private interface Held {
        void release() throws IOException;
    }

    private final Held held;
    private final boolean excludingPython;

    private CacheLock(Held held, boolean excludingPython) {
        this.held = held;
        this.excludingPython = excludingPython;
    }

    /** Returns whether Python's programs wait for this lock too; otherwise only Fathom's processes do. */
    boolean isExcludingPython() {
        return excludingPython;
    }

    /**
     * Waits for the lock on {@code file}, which is created if it is missing; {@code what} appears in the messages for
     * the user.
     */
    static CacheLock acquire(Path file, String what, Backoff waiting, HubListener listener) throws HubException {
        boolean told = false;
        try {
            create(file);
            while (true) {
                Optional<CacheLock> lock = attempt(file);
                if (lock.isPresent()) {
                    return lock.get();
                }
                if (!told) {
                    listener.waiting("another process downloads " + what, POLL);
                    told = true;
                }
                waiting.sleep(POLL, what);
            }
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            throw HubCache.unusable("cannot lock " + file, e);
        }
    }

    @Override
    public void close() throws HubException {
        try {
            held.release();
        } catch (IOException e) {
            throw HubCache.unusable("cannot release a lock", e);
        }
    }

    private static void create(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Another process created it first: both can use the same file.
            return;
        }
    }

    private static Optional<CacheLock> attempt(Path file) throws IOException {
        if (!UnixFileLock.isAvailable()) {
            return attemptRecordLock(file);
        }
        return switch (UnixFileLock.attempt(file)) {
            case UnixFileLock.Taken taken -> Optional.of(new CacheLock(taken::release, true));
            case UnixFileLock.Busy _ -> Optional.empty();
            case UnixFileLock.Unsupported _ -> attemptRecordLock(file);
        };
    }

    private static Optional<CacheLock> attemptRecordLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock(0, 1, false);
            if (lock != null) {
                return Optional.of(new CacheLock(channel::close, WINDOWS));
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process holds it.
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }
}
