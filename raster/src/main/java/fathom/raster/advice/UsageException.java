package fathom.raster.advice;

import java.util.Optional;

/** A caller's mistake with a known remedy. The message says what was found and what was expected. */
public final class UsageException extends IllegalArgumentException implements HasRemedy {
    private static final long serialVersionUID = 1;

    private final transient Remedy remedy;

    /**
     * Creates an exception for a mistake that {@code message} describes and {@code remedy} fixes.
     *
     * @param message what was found and what was expected
     * @param remedy the fix
     */
    public UsageException(String message, Remedy remedy) {
        super(message);
        this.remedy = remedy;
    }

    @Override
    public Optional<Remedy> remedy() {
        return Optional.ofNullable(remedy);
    }
}
