package fathom.datasets.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The right to create, move and delete folders of datasets in a home folder, held by one thread of one process at a time and
 * only briefly. It is an operating-system lock on the file {@code .lock} in the folder of the datasets, which is released
 * when the process dies.
 */
public final class NameLock implements AutoCloseable {
    private static final String FILE = ".lock";
    /** The lock of this process: the operating system does not separate threads. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final FileChannel channel;

    private NameLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Acquires the lock, after its holder has released it.
     *
     * @param datasets the folder of the datasets, which exists
     * @return the lock
     * @throws IOException if the lock file cannot be written
     */
    public static NameLock acquire(Path datasets) throws IOException {
        THREADS.lock();
        try {
            FileChannel channel = FileChannel.open(datasets.resolve(FILE), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try {
                channel.lock();
                return new NameLock(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            THREADS.unlock();
        }
    }
}
