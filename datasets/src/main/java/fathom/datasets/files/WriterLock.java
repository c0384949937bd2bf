package fathom.datasets.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * The right to write a dataset, which one {@link Dataset} at a time has. The operating system gives it back when a process
 * dies. The file names its holder while it is held, and is empty after an orderly end.
 */
public final class WriterLock implements AutoCloseable {
    private static final String FILE = "writer.lock";
    /** Of this process. Closing any channel of a file drops the process's locks on it, so it is not even opened twice. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path key;
    private final FileChannel channel;
    private final boolean previousHolderDied;

    private WriterLock(Path key, FileChannel channel, boolean previousHolderDied) {
        this.key = key;
        this.channel = channel;
        this.previousHolderDied = previousHolderDied;
    }

    /** Waits for at most {@code patience}. */
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
                        + " is writing it; wait until that ends, or open it for reading only");
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatasetException(Problem.IN_USE, "dataset " + dataset
                        + ": interrupted while waiting for another writer", e);
            }
        }
    }

    private static @Nullable WriterLock tryAcquire(Path file) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(file)) {
                return null;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                // The last byte that a file can have: on Windows a locked byte cannot be read, and the holder's name can.
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

    /** Whether the last holder ended without closing the dataset, so that files of no row may be left. */
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
