package fathom.workbench;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cooperative cancellation token. After {@link #request()} no new item starts; the current item completes, or is
 * interrupted if it supports that. Safe for use by several threads.
 */
public final class Cancellation {
    private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
    private volatile boolean requested;

    /** Creates a token without a request. */
    public Cancellation() {}

    /** An action to run on a request; closing it removes the action. */
    final class Registration implements AutoCloseable {
        private final Runnable action;

        private Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            registrations.remove(this);
        }
    }

    /** Requests cancellation and runs the registered actions. */
    public void request() {
        requested = true;
        registrations.forEach(this::perform);
    }

    /** {@return whether cancellation was requested} */
    public boolean isRequested() {
        return requested;
    }

    /**
     * Runs {@code action} once when cancellation is requested, or immediately if it was requested already. The action
     * must return quickly.
     */
    Registration onRequest(Runnable action) {
        Registration registration = new Registration(action);
        registrations.add(registration);
        if (requested) {
            perform(registration);
        }
        return registration;
    }

    private void perform(Registration registration) {
        if (registrations.remove(registration)) {
            registration.action.run();
        }
    }

    /**
     * Throws if cancellation was requested.
     *
     * @throws CancellationException if cancellation was requested
     */
    public void check() {
        if (requested) {
            throw new CancellationException("stopped on request");
        }
    }
}
