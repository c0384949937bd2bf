package fathom.engine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thrown when the engine cannot load or run a model. The message says what was attempted; the cause is the engine's
 * error.
 */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;
    /** The engine's error code, and its source file, line and function, before a sentence. */
    private static final Pattern PLACE = Pattern
            .compile("(?s).*(?:Error code - \\w+ - message: |\\S+\\.(?:cc|h|cpp|cu):\\d+ [^\\n]*\\)(?: const)? )");
    private static final Pattern ATTEMPT = Pattern
            .compile("(?s)^(?:Load model from .*? failed:|Fatal error: |Exception during initialization: )+");
    private static final Pattern NODE = Pattern.compile("while running (\\w+) node");
    private static final List<String> MEMORY = List.of("bad_alloc", "Failed to allocate", "out of memory",
            "Available memory", "BFCArena");

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

    /** {@return why the engine refuses, in its words: one line without its source files} */
    public String reason() {
        Throwable cause = getCause();
        String text = cause == null || cause.getMessage() == null ? String.valueOf(getMessage()) : cause.getMessage();
        String sentence = ATTEMPT.matcher(PLACE.matcher(text).replaceFirst("")).replaceFirst("").strip();
        List<String> lines = (sentence.isEmpty() ? text : sentence).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).toList();
        Matcher node = NODE.matcher(text);
        return (lines.isEmpty() ? "no reason" : lines.getFirst())
                + (node.find() ? " (at a node " + node.group(1) + ")" : "");
    }

    /** {@return whether the engine fails for lack of memory} */
    public boolean isOutOfMemory() {
        String text = String.valueOf(getMessage());
        return MEMORY.stream().anyMatch(text::contains);
    }
}
