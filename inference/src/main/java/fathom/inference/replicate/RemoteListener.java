package fathom.inference.replicate;

import java.time.Duration;

/** Hears how predictions on a service come along. Called from several threads; returns soon and never throws. */
@FunctionalInterface
public interface RemoteListener {
    /** Where a prediction stands. */
    enum State {
        /** Waiting for a machine, often minutes if nobody used the model lately: a cold start. */
        STARTING,
        /** The model runs. */
        RUNNING,
        /** The service asked for fewer requests; the next one waits. */
        RATE_LIMITED
    }

    /**
     * A prediction is still under way.
     *
     * @param prediction its identifier, empty before the service gave one
     * @param waited since it was asked for
     */
    void underWay(String prediction, State state, Duration waited);

    /** {@return a listener that nobody listens to} */
    static RemoteListener silent() {
        return (prediction, state, waited) -> {};
    }
}
