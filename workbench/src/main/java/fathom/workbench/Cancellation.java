package fathom.workbench;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wish, from any thread, that work stop soon. Work in hand is finished and kept where it is short, given up where it can be
 * interrupted, and no more is begun.
 */
public final class Cancellation {
    private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
    private volatile boolean requested;

    /** Nobody has asked yet. */
    public Cancellation() {}

    /** What is to be done when somebody asks; closing it takes it back. */
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

    /** Asks the work to stop. */
    public void request() {
        requested = true;
        registrations.forEach(this::perform);
    }

    /** {@return whether the work is to stop} */
    public boolean isRequested() {
        return requested;
    }

    /** Does {@code action} once when the work is asked to stop, at once if it has been; it returns soon. */
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

    /** Throws {@link CancellationException} if the work is to stop. */
    public void check() {
        if (requested) {
            throw new CancellationException("stopped on request");
        }
    }
}
