package fathom.engine;

/** The engine could not load or run a model; the message says what was tried, the cause what the engine said. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
