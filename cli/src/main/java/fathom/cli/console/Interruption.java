package fathom.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import fathom.workbench.Cancellation;

/**
 * Converts Ctrl-C into a cancellation request. Keeps the process alive until the current work is stored, all resources are
 * closed and the final message has been printed, but at most {@value #MAX_WAIT_SECONDS} seconds.
 */
public final class Interruption {
    /** The maximum wait for the current work. A second Ctrl-C ends the process immediately. */
    private static final int MAX_WAIT_SECONDS = 10;
    private static final CountDownLatch FINAL_MESSAGE = new CountDownLatch(1);

    private Interruption() {}

    /**
     * Work that can be cancelled.
     *
     * @param <T> the result
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param cancellation requested when the work is to stop
         * @return the result
         * @throws Exception if the work fails
         */
        T run(Cancellation cancellation) throws Exception;
    }

    /**
     * Runs work that Ctrl-C and SIGTERM cancel.
     *
     * @param <T> the result
     * @param work the work
     * @return the result of the work
     * @throws Exception if the work fails
     */
    public static <T> T around(Work<T> work) throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread hook = new Thread(() -> {
            cancellation.request();
            try {
                FINAL_MESSAGE.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run(cancellation);
        } finally {
            removeHook(hook);
        }
    }

    /** Signals that the final message has been printed, so the shutdown hook may let the process exit. */
    public static void finalMessagePrinted() {
        FINAL_MESSAGE.countDown();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook has run.
            return;
        }
    }
}
