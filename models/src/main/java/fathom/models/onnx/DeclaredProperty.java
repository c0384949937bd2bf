package fathom.models.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.models.TextValue;
import fathom.weights.CheckpointException;
import org.jspecify.annotations.Nullable;

/**
 * One declared property of a model, in the form of the command line.
 *
 * @param key the property
 * @param text its value, such as {@code 480,640}
 * @param origin where it is declared
 */
record DeclaredProperty(OnnxKey key, String text, Origin origin) {
    /** Where a property is declared. */
    sealed interface Origin {
        /** By the user, on the command line. */
        record CommandLine() implements Origin {}

        /** In the YAML file next to the model. */
        record Description(Path file) implements Origin {}

        /** In a configuration file of the Hub, which may describe another export of the same model. */
        record Hub(Path file, String field) implements Origin {}

        /** By the family that the ports were recognised as. */
        record Family(String label) implements Origin {}
    }

    /** Returns whether the user declared it for this file, so that a contradiction is a mistake. */
    boolean isBinding() {
        return switch (origin) {
            case Origin.CommandLine c -> true;
            case Origin.Description d -> true;
            case Origin.Hub h -> false;
            case Origin.Family f -> false;
        };
    }

    /** Creates the exception for a value that is not {@code expected}. */
    RuntimeException wrong(String expected) {
        return wrong(expected, null);
    }

    private RuntimeException wrong(String expected, @Nullable Throwable cause) {
        String tail = ": expected " + expected + ", found " + text;
        return switch (origin) {
            case Origin.CommandLine c -> new IllegalArgumentException("option " + key.label() + tail, cause);
            case Origin.Description(var file) -> new CheckpointException(file, key.label() + tail, cause);
            case Origin.Hub(var file, var field) -> new CheckpointException(file, field + tail, cause);
            case Origin.Family(var label) -> new IllegalArgumentException(label + ": " + key.label() + tail, cause);
        };
    }

    private TextValue value() {
        return new TextValue(text, this::wrong);
    }

    /** Returns the value that one of the words of {@code choices} stands for. */
    <T> T choice(Map<String, T> choices) {
        return value().choice(choices);
    }

    /** Returns the value that one of two words stands for. */
    <T> T either(String word, T value, String otherWord, T otherValue) {
        Map<String, T> choices = new LinkedHashMap<>();
        choices.put(word, value);
        choices.put(otherWord, otherValue);
        return choice(choices);
    }

    /** Returns the value as a number above 0. */
    double positive() {
        return value().positive();
    }

    /** Returns the value as {@code least} to {@code most} integers of at least 1, separated by commas. */
    List<Integer> integers(int least, int most, String expected) {
        return value().integers(least, most, MAX_PIXELS, expected);
    }

    /** Longest accepted side of an input, pixels. */
    static final int MAX_PIXELS = 32768;

    /** Returns the value as three finite numbers, separated by commas. */
    List<Float> three() {
        return value().numbers(3);
    }
}
