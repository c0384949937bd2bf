package fathom.datasets.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import fathom.datasets.Dataset;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right to write a dataset, held by at most one {@link Dataset} at a time. It is an operating-system lock
 * on the file {@code writer.lock}, which is released when the process dies. The file contains {@code process <pid>}
 * while it is held, and is empty after {@link #close}.
 */
public final class WriterLock implements AutoCloseable {
    private static final String FILE = "writer.lock";
    /**
     * The locks of this process. Closing any channel of a file releases the locks of the process on it, so the file is
     * not opened twice.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path key;
    private final FileChannel channel;
    private final boolean previousHolderDied;

    private WriterLock(Path key, FileChannel channel, boolean previousHolderDied) {
        this.key = key;
        this.channel = channel;
        this.previousHolderDied = previousHolderDied;
    }

    /**
     * Acquires the lock.
     *
     * @param dataset the name of the dataset, for messages
     * @param folder the folder of the dataset
     * @param patience the longest time to wait for another holder
     * @return the lock
     * @throws DatasetException if another writer holds the lock for longer than {@code patience}, or the thread is
     *            interrupted
     * @throws IOException if the lock file cannot be written
     */
    public static WriterLock acquire(String dataset, Path folder, Duration patience) throws IOException {
        Path file = folder.toRealPath().resolve(FILE);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            WriterLock lock = tryAcquire(file);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() >= deadline) {
                throw new DatasetException(Problem.IN_USE, "dataset " + dataset + ": " + holder(file)
                        + " is writing it; wait until it ends, or open the dataset for reading only");
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatasetException(Problem.IN_USE,
                        "dataset " + dataset + ": interrupted while waiting for another writer", e);
            }
        }
    }

    /**
     * Returns whether a lock can be held: false if something that is not a file has the name of the lock file.
     *
     * @param folder the folder of the dataset
     * @return whether the lock file exists or can be created
     */
    public static boolean hasFile(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable WriterLock tryAcquire(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) {
                return null;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try {
                // The last byte that a file can have: on Windows a locked byte cannot be read, but the holder's name must be.
                FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
                if (lock == null) {
                    channel.close();
                    return null;
                }
                boolean died = channel.size() > 0;
                String name = "process " + ProcessHandle.current().pid();
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)), 0);
                HELD.add(file);
                return new WriterLock(file, channel, died);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
    }

    private static String holder(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) {
                return "this process";
            }
            String name = Files.readString(file).strip();
            return name.matches("process [0-9]+") ? name : "another process";
        }
    }

    /** {@return whether the previous writer died, in which case unreferenced map files may remain} */
    public boolean previousHolderDied() {
        return previousHolderDied;
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (HELD.remove(key)) {
                try (channel) {
                    channel.truncate(0);
                }
            }
        }
    }
}
