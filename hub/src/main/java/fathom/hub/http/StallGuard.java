package fathom.hub.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Closes a stream that has been silent for too long, that takes too long in all, or whose reader wants to stop, so that a
 * blocked read ends. The JDK's client has no limit on the time between two parts of a body, nor on that of a whole body.
 */
public final class StallGuard implements AutoCloseable {
    /** What ended a stream before its end. */
    public enum Stall {
        /** Nothing did. */
        NONE,
        /** No byte came for the time of silence. */
        SILENT,
        /** The stream was not at its end within the time for all of it. */
        SLOW,
        /** The reader wants to stop. */
        CANCELLED
    }

    /**
     * How long a body is waited for.
     *
     * @param silence the longest time between two parts
     * @param whole the longest time for all of it
     */
    public record Limits(Duration silence, Duration whole) {
        /** No limit on the whole, for bodies of any length. */
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

    /** Guards {@code stream} until the guard is closed; {@code cancelled} is asked often. */
    public static StallGuard over(InputStream stream, Limits limits, BooleanSupplier cancelled) {
        StallGuard guard = new StallGuard(stream, limits, cancelled);
        guard.thread.start();
        return guard;
    }

    /** Bytes have arrived. */
    public void progressed() {
        last = System.nanoTime();
    }

    /** Why the stream was closed by this guard. */
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
            // The reader is done with the stream.
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
