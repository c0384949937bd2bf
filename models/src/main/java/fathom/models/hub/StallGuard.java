package fathom.models.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream that has been silent for too long, or whose reader wants to stop, so that a blocked read ends. The JDK's
 * client has no limit of its own on the time between two parts of a body.
 */
final class StallGuard implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final InputStream stream;
    private final long silenceNanos;
    private final HubListener listener;
    private final Thread thread;
    private volatile long last = System.nanoTime();
    private volatile boolean stalled;

    private StallGuard(InputStream stream, Duration silence, HubListener listener) {
        this.stream = stream;
        this.silenceNanos = silence.toNanos();
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("hub-stall-guard").unstarted(this::watch);
    }

    static StallGuard over(InputStream stream, Duration silence, HubListener listener) {
        StallGuard guard = new StallGuard(stream, silence, listener);
        guard.thread.start();
        return guard;
    }

    /** Bytes have arrived. */
    void progressed() {
        last = System.nanoTime();
    }

    /** Whether the stream was closed for its silence. */
    boolean isStalled() {
        return stalled;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(GLANCE);
                boolean silent = System.nanoTime() - last > silenceNanos;
                if (silent || listener.isCancelled()) {
                    stalled = silent;
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            // The reader is done with the stream.
            return;
        }
    }
}
