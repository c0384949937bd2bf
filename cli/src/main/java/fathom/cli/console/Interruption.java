package fathom.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import fathom.workbench.Cancellation;

/**
 * Turns Ctrl-C into a request to stop, and keeps the process alive until the work in hand is stored, everything is closed
 * and the person has been told.
 */
public final class Interruption {
    /** Longest wait for the work in hand; a second Ctrl-C does not wait. */
    private static final int PATIENCE_SECONDS = 10;
    private static final CountDownLatch SAID = new CountDownLatch(1);

    private Interruption() {}

    /** Work that can be asked to stop. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run(Cancellation cancellation) throws Exception;
    }

    /** Runs {@code work}; while it runs, Ctrl-C and a polite kill ask it to stop. */
    public static <T> T around(Work<T> work) throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread hook = new Thread(() -> {
            cancellation.request();
            try {
                SAID.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run(cancellation);
        } finally {
            forget(hook);
        }
    }

    /** The command is over and has said its last word: a process that was asked to stop need not be kept alive any more. */
    public static void finalMessagePrinted() {
        SAID.countDown();
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is shutting down: the hook has run and is not needed any more.
            return;
        }
    }
}
