package fathom.models.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.models.TextValue;
import fathom.weights.CheckpointException;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is stated of a model, in the form of the command line.
 *
 * @param key what is stated
 * @param text its value, as {@code 480,640}
 * @param origin who states it
 */
record DeclaredProperty(OnnxKey key, String text, Origin origin) {
    /** Who states something. */
    sealed interface Origin {
        /** A person, on the command line. */
        record CommandLine() implements Origin {}

        /** The YAML beside the model. */
        record Description(Path file) implements Origin {}

        /** A configuration of the hub's, which may be about another export of the same model. */
        record Hub(Path file, String field) implements Origin {}

        /** A family that the ports were recognised as. */
        record Family(String label) implements Origin {}
    }

    /** Whether a person states it of this very file, so that what contradicts it is a mistake. */
    boolean isBinding() {
        return switch (origin) {
            case Origin.CommandLine c -> true;
            case Origin.Description d -> true;
            case Origin.Hub h -> false;
            case Origin.Family f -> false;
        };
    }

    /** The mistake that {@code expected} was not stated. */
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

    /** One of the words of {@code choices}. */
    <T> T choice(Map<String, T> choices) {
        return value().choice(choices);
    }

    /** One of two words. */
    <T> T either(String word, T value, String otherWord, T otherValue) {
        Map<String, T> choices = new LinkedHashMap<>();
        choices.put(word, value);
        choices.put(otherWord, otherValue);
        return choice(choices);
    }

    /** A number above 0. */
    double positive() {
        return value().positive();
    }

    /** {@code least} to {@code most} integers of at least 1, separated by commas. */
    List<Integer> integers(int least, int most, String expected) {
        return value().integers(least, most, MAX_PIXELS, expected);
    }

    /** Longest side of an input that is believed, pixels. */
    static final int MAX_PIXELS = 32768;

    /** Three finite numbers, separated by commas. */
    List<Float> three() {
        return value().numbers(3);
    }
}
