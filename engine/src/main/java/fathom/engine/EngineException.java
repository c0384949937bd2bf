package fathom.engine;

/**
 * Thrown when the engine cannot load or run a model. The message says what was attempted; the cause is the engine's
 * error.
 */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what was attempted and what failed
     */
    public EngineException(String message) {
        super(message);
    }

    /**
     * Creates an exception.
     *
     * @param message what was attempted
     * @param cause the error of the engine
     */
    public EngineException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
