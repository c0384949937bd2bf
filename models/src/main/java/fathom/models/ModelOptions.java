package fathom.models;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Model-specific options as the user gives them: {@code key=value}. A model reads the options that it supports and
 * rejects the others. Immutable.
 */
public final class ModelOptions {
    /** No options. */
    public static final ModelOptions NONE = new ModelOptions(Map.of());

    private final Map<String, String> values;

    private ModelOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Creates options from {@code values}.
     *
     * @param values values by key
     * @return the options
     */
    public static ModelOptions of(Map<String, String> values) {
        return new ModelOptions(values);
    }

    /** {@return the options by key, sorted} */
    public Map<String, String> values() {
        return new TreeMap<>(values);
    }

    /**
     * Returns the value of an option.
     *
     * @param key the option
     * @return the value, or null if the option is not given
     */
    public @Nullable String text(String key) {
        return values.get(key);
    }

    /**
     * Returns the value of a flag.
     *
     * @param key the option
     * @param otherwise the default
     * @return the value, or {@code otherwise} if the option is not given
     * @throws IllegalArgumentException if the value is neither {@code true} nor {@code false}
     */
    public boolean flag(String key, boolean otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        return typed(key, value).flag();
    }

    /**
     * Returns the value of an integer option.
     *
     * @param key the option
     * @param minimum the smallest valid value
     * @param otherwise the default
     * @return the value, or {@code otherwise} if the option is not given
     * @throws IllegalArgumentException if the value is no integer or below {@code minimum}
     */
    public int integer(String key, int minimum, int otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        return typed(key, value).integer(minimum);
    }

    /**
     * Returns the values of an option that is a list of numbers, separated by commas.
     *
     * @param key the option
     * @param count how many numbers the list must have
     * @param otherwise the default of each number
     * @return {@code count} numbers
     * @throws IllegalArgumentException if the value is not such a list
     */
    public List<Float> numbers(String key, int count, float otherwise) {
        String value = values.get(key);
        if (value == null) {
            return Collections.nCopies(count, otherwise);
        }
        return typed(key, value).numbers(count);
    }

    /**
     * Returns a copy without an option.
     *
     * @param key the option
     * @return the copy
     */
    public ModelOptions without(String key) {
        Map<String, String> others = values();
        others.remove(key);
        return new ModelOptions(others);
    }

    private static TextValue typed(String key, String value) {
        return new TextValue(value, (expected, cause) -> new IllegalArgumentException(
                "option " + key + ": expected " + expected + ", found " + value, cause));
    }

    /**
     * Requires that every option is supported.
     *
     * @param model name of the model, for the message
     * @param known keys of the supported options
     * @throws IllegalArgumentException if an option is not supported
     */
    public void requireKnown(String model, Collection<String> known) {
        requireKnown(model, known, Optional.empty());
    }

    /**
     * Requires that every option is supported.
     *
     * @param model name of the model, for the message
     * @param known keys of the supported options
     * @param remedy what the user can do if an option is not supported
     * @throws IllegalArgumentException if an option is not supported
     */
    public void requireKnown(String model, Collection<String> known, Optional<Remedy> remedy) {
        for (String key : values().keySet()) {
            if (!known.contains(key)) {
                String message = "option " + key + ": " + model + " knows "
                        + (known.isEmpty() ? "no options" : "only " + String.join(", ", known)) + ", found " + key + "="
                        + values.get(key);
                throw remedy.<IllegalArgumentException>map(fix -> new UsageException(message, fix))
                        .orElseGet(() -> new IllegalArgumentException(message));
            }
        }
    }
}
