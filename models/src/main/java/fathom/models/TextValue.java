package fathom.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A value given as text, and its conversion to a type: the only parser of model options and model descriptions. Every
 * failure says what was expected and keeps its cause.
 *
 * @param text the value, such as {@code 480,640}
 * @param failure creates the exception for an invalid value
 */
public record TextValue(String text, Failure failure) {
    /** Creates exceptions; the implementation knows the origin of the value. */
    public interface Failure {
        /**
         * Creates the exception for an invalid value.
         *
         * @param expected what was expected
         * @param cause the cause, or null
         * @return the exception
         */
        RuntimeException of(String expected, @Nullable Throwable cause);
    }

    /** {@return the value as {@code true} or {@code false}} */
    public boolean flag() {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw failure.of("true or false", null);
        };
    }

    /**
     * Returns the value as an integer.
     *
     * @param minimum the smallest valid value
     * @return the integer
     */
    public int integer(int minimum) {
        String expected = "an integer of at least " + minimum;
        int integer = parsed(text, Integer::parseInt, expected);
        if (integer < minimum) {
            throw failure.of(expected, null);
        }
        return integer;
    }

    /** {@return the value as a finite number above 0} */
    public double positive() {
        String expected = "a number above 0";
        double number = parsed(text, Double::parseDouble, expected);
        if (!(number > 0 && Double.isFinite(number))) {
            throw failure.of(expected, null);
        }
        return number;
    }

    /**
     * Returns the value as finite numbers separated by commas.
     *
     * @param count the required number of elements
     * @return the numbers
     */
    public List<Float> numbers(int count) {
        String expected = count + " numbers separated by commas";
        List<Float> numbers = list(Float::parseFloat, expected);
        if (numbers.size() != count || !numbers.stream().allMatch(Float::isFinite)) {
            throw failure.of(expected, null);
        }
        return numbers;
    }

    /**
     * Returns the value as integers from 1 to {@code largest}, separated by commas.
     *
     * @param fewest the smallest number of elements
     * @param most the largest number of elements
     * @param largest the largest valid integer
     * @param expected description of a valid value, for the message
     * @return the integers
     */
    public List<Integer> integers(int fewest, int most, int largest, String expected) {
        List<Integer> integers = list(Integer::parseInt, expected);
        if (integers.size() < fewest || integers.size() > most
                || integers.stream().anyMatch(integer -> integer < 1 || integer > largest)) {
            throw failure.of(expected, null);
        }
        return integers;
    }

    /**
     * Returns the value that a word stands for.
     *
     * @param choices values by word
     * @param <T> type of the values
     * @return the value of the word
     */
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
