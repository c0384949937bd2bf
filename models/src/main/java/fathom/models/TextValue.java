package fathom.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A value that was given as text, and its conversion to a type: the only place where options and descriptions of models are
 * parsed. Every failure says what was expected and keeps its cause.
 *
 * @param text the value, such as {@code 480,640}
 * @param failure makes the exception of a value that is none of what is expected
 */
public record TextValue(String text, Failure failure) {
    /** Makes exceptions; it knows who gave the value, and where. */
    public interface Failure {
        /** The exception that {@code expected} was not given. */
        RuntimeException of(String expected, @Nullable Throwable cause);
    }

    /** Returns {@code true} or {@code false}. */
    public boolean flag() {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw failure.of("true or false", null);
        };
    }

    /** Returns an integer of at least {@code minimum}. */
    public int integer(int minimum) {
        String expected = "an integer of at least " + minimum;
        int integer = parsed(text, Integer::parseInt, expected);
        if (integer < minimum) {
            throw failure.of(expected, null);
        }
        return integer;
    }

    /** Returns a finite number above 0. */
    public double positive() {
        String expected = "a number above 0";
        double number = parsed(text, Double::parseDouble, expected);
        if (!(number > 0 && Double.isFinite(number))) {
            throw failure.of(expected, null);
        }
        return number;
    }

    /** Returns {@code count} finite numbers that commas separate. */
    public List<Float> numbers(int count) {
        String expected = count + " numbers separated by commas";
        List<Float> numbers = list(Float::parseFloat, expected);
        if (numbers.size() != count || !numbers.stream().allMatch(Float::isFinite)) {
            throw failure.of(expected, null);
        }
        return numbers;
    }

    /**
     * Returns {@code fewest} to {@code most} integers from 1 to {@code largest} that commas separate.
     *
     * @param expected what a failure says was expected
     */
    public List<Integer> integers(int fewest, int most, int largest, String expected) {
        List<Integer> integers = list(Integer::parseInt, expected);
        if (integers.size() < fewest || integers.size() > most || integers.stream().anyMatch(integer -> integer < 1
                || integer > largest)) {
            throw failure.of(expected, null);
        }
        return integers;
    }

    /** Returns what one of the words of {@code choices} stands for. */
    public <T> T choice(Map<String, T> choices) {
        T chosen = choices.get(text);
        if (chosen == null) {
            throw failure.of("one of " + String.join(", ", choices.keySet()), null);
        }
        return chosen;
    }

    private <T> List<T> list(Function<String, T> parser, String expected) {
        List<T> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            values.add(parsed(part.strip(), parser, expected));
        }
        return List.copyOf(values);
    }

    private <T> T parsed(String part, Function<String, T> parser, String expected) {
        try {
            return parser.apply(part);
        } catch (NumberFormatException e) {
            throw failure.of(expected, e);
        }
    }
}
