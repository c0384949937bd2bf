package fathom.workbench;

import java.util.concurrent.CancellationException;

/** A wish, from any thread, that work stop soon. Work in hand is finished and kept, no more is begun. */
public final class Cancellation {
    private volatile boolean requested;

    /** Nobody has asked yet. */
    public Cancellation() {}

    /** Asks the work to stop. */
    public void request() {
        requested = true;
    }

    /** Whether the work is to stop. */
    public boolean isRequested() {
        return requested;
    }

    /** Throws {@link CancellationException} if the work is to stop. */
    void check() {
        if (requested) {
            throw new CancellationException("stopped on request");
        }
    }
}
