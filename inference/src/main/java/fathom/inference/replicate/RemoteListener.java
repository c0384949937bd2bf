package fathom.inference.replicate;

import java.time.Duration;

/**
 * A listener for the progress of remote predictions. It is called from several threads, must return quickly and must not
 * throw.
 */
@FunctionalInterface
public interface RemoteListener {
    /** The state of a prediction. */
    enum State {
        /** Waiting for a machine. A cold start of a model that was not used recently can take minutes. */
        STARTING,
        /** The model is running. */
        RUNNING,
        /** The service limits the rate of requests; the next request waits. */
        RATE_LIMITED
    }

    /**
     * Called repeatedly while a prediction is in progress.
     *
     * @param prediction its identifier; empty before the service assigned one
     * @param state its state
     * @param waited the time since it was requested
     */
    void underWay(String prediction, State state, Duration waited);

    /** {@return a listener that ignores all events} */
    static RemoteListener silent() {
        return (prediction, state, waited) -> {};
    }
}
