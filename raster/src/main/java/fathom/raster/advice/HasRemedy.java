package fathom.raster.advice;

import java.util.Optional;

/** An exception that may carry a {@link Remedy}. Its message says what is wrong; the remedy is not part of the message. */
public interface HasRemedy {
    /** {@return the remedy, empty if none is known} */
    Optional<Remedy> remedy();

    /**
     * {@return the remedy of {@code failure}, empty if it has none}
     *
     * @param failure any exception
     */
    static Optional<Remedy> of(Throwable failure) {
        return failure instanceof HasRemedy advised ? advised.remedy() : Optional.empty();
    }
}
