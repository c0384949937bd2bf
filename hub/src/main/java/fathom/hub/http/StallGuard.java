package fathom.hub.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Closes a stream that is silent for too long, that takes too long in total, or whose reader cancels, so that a blocked
 * read ends. The JDK's client limits neither the time between two parts of a body nor that of a whole body.
 */
public final class StallGuard implements AutoCloseable {
    /** The reason for which a stream was closed. */
    public enum Stall {
        /** It was not closed. */
        NONE,
        /** No byte arrived within the limit of silence. */
        SILENT,
        /** The stream did not end within the limit for all of it. */
        SLOW,
        /** The reader cancelled. */
        CANCELLED
    }

    /**
     * Timeouts of a body.
     *
     * @param silence the longest time between two parts
     * @param whole the longest time for all of it
     */
    public record Limits(Duration silence, Duration whole) {
        /**
         * Returns limits without a limit on the whole, for bodies of any length.
         *
         * @param silence the longest time between two parts
         * @return the limits
         */
        public static Limits ofSilence(Duration silence) {
            return new Limits(silence, Duration.ofDays(365));
        }
    }

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final InputStream stream;
    private final Limits limits;
    private final BooleanSupplier cancelled;
    private final Thread thread;
    private final long start = System.nanoTime();
    private volatile long last = start;
    private volatile Stall stall = Stall.NONE;

    private StallGuard(InputStream stream, Limits limits, BooleanSupplier cancelled) {
        this.stream = stream;
        this.limits = limits;
        this.cancelled = cancelled;
        this.thread = Thread.ofVirtual().name("stall-guard").unstarted(this::watch);
    }

    /**
     * Guards a stream until the guard is closed.
     *
     * @param stream the stream
     * @param limits its timeouts
     * @param cancelled whether the reader cancels; called often
     * @return the guard
     */
    public static StallGuard over(InputStream stream, Limits limits, BooleanSupplier cancelled) {
        StallGuard guard = new StallGuard(stream, limits, cancelled);
        guard.thread.start();
        return guard;
    }

    /** Restarts the time of silence, because bytes have arrived. */
    public void progressed() {
        last = System.nanoTime();
    }

    /** {@return the reason for which this guard closed the stream} */
    public Stall stall() {
        return stall;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(GLANCE);
                stall = found();
                if (stall != Stall.NONE) {
                    stream.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            // The reader has finished.
            return;
        }
    }

    private Stall found() {
        long now = System.nanoTime();
        if (cancelled.getAsBoolean()) {
            return Stall.CANCELLED;
        }
        if (now - last > limits.silence.toNanos()) {
            return Stall.SILENT;
        }
        return now - start > limits.whole.toNanos() ? Stall.SLOW : Stall.NONE;
    }
}
