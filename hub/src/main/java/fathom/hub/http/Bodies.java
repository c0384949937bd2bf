package fathom.hub.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.util.function.BooleanSupplier;

/** Reads the bodies of responses into memory, with a limit on their length and on the time. */
public final class Bodies {
    private static final int BUFFER = 1 << 16;

    private Bodies() {}

    /** Thrown when a body is longer than the caller allows. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(long limit) {
            super("expected at most " + limit + " bytes, found more");
        }
    }

    /**
     * Reads all of a body and closes it.
     *
     * @param body the body
     * @param limit bytes, at most about 2 GB
     * @param limits timeouts
     * @param cancelled is called often; if it returns true, the read ends with an {@link IOException}
     * @return the bytes
     * @throws TooLongException if there are more bytes
     * @throws HttpTimeoutException if it takes longer than {@code limits} allow
     * @throws IOException if the body cannot be read
     * @throws InterruptedException if the thread is interrupted
     */
    public static byte[] read(InputStream body, long limit, StallGuard.Limits limits, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        Thread reader = Thread.currentThread();
        try (body;
                StallGuard guard = StallGuard.over(body, limits,
                        () -> cancelled.getAsBoolean() || reader.isInterrupted())) {
            try {
                return read(body, limit, guard);
            } catch (TooLongException e) {
                throw e;
            } catch (IOException e) {
                throw explained(e, guard, limits);
            }
        }
    }

    private static byte[] read(InputStream body, long limit, StallGuard guard)
            throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while an answer was read");
            }
            int count = body.read(buffer);
            if (count < 0) {
                return bytes.toByteArray();
            }
            guard.progressed();
            if (bytes.size() + (long) count > limit) {
                throw new TooLongException(limit);
            }
            bytes.write(buffer, 0, count);
        }
    }

    private static IOException explained(IOException failure, StallGuard guard, StallGuard.Limits limits)
            throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("while an answer was read");
            interrupted.initCause(failure);
            throw interrupted;
        }
        return switch (guard.stall()) {
            case SILENT -> timeout("silent for " + limits.silence().toMillis() / 1000.0 + " s", failure);
            case SLOW -> timeout("the answer did not end within " + limits.whole().toSeconds() + " s", failure);
            case NONE, CANCELLED -> failure;
        };
    }

    private static HttpTimeoutException timeout(String message, IOException cause) {
        HttpTimeoutException timeout = new HttpTimeoutException(message);
        timeout.initCause(cause);
        return timeout;
    }
}
