package fathom.models.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.models.checkpoints.CheckpointException;

/**
 * One thing that is stated of a model, in the form of the command line.
 *
 * @param key what is stated
 * @param text its value, as {@code 480,640}
 * @param origin who states it
 */
record Statement(OnnxKey key, String text, Origin origin) {
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
        String tail = ": expected " + expected + ", found " + text;
        return switch (origin) {
            case Origin.CommandLine c -> new IllegalArgumentException("option " + key.label() + tail);
            case Origin.Description(var file) -> new CheckpointException(file, key.label() + tail);
            case Origin.Hub(var file, var field) -> new CheckpointException(file, field + tail);
            case Origin.Family(var label) -> new IllegalArgumentException(label + ": " + key.label() + tail);
        };
    }

    /** One of the words of {@code choices}. */
    <T> T choice(Map<String, T> choices) {
        T chosen = choices.get(text);
        if (chosen == null) {
            throw wrong("one of " + String.join(", ", choices.keySet()));
        }
        return chosen;
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
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong("a number above 0");
        }
        throw wrong("a number above 0");
    }

    /** {@code least} to {@code most} integers of at least 1, separated by commas. */
    List<Integer> integers(int least, int most, String expected) {
        List<Integer> integers = new ArrayList<>();
        try {
            for (String part : text.split(",", -1)) {
                integers.add(Integer.parseInt(part.strip()));
            }
        } catch (NumberFormatException e) {
            throw wrong(expected);
        }
        if (integers.size() < least || integers.size() > most || integers.stream().anyMatch(integer -> integer < 1
                || integer > MOST_PIXELS)) {
            throw wrong(expected);
        }
        return integers;
    }

    /** Longest side of an input that is believed, pixels. */
    static final int MOST_PIXELS = 32768;

    /** Three finite numbers, separated by commas. */
    List<Float> three() {
        List<Float> numbers = new ArrayList<>();
        try {
            for (String part : text.split(",", -1)) {
                numbers.add(Float.parseFloat(part.strip()));
            }
        } catch (NumberFormatException e) {
            throw wrong("3 numbers separated by commas");
        }
        if (numbers.size() != 3 || !numbers.stream().allMatch(Float::isFinite)) {
            throw wrong("3 numbers separated by commas");
        }
        return List.copyOf(numbers);
    }
}
