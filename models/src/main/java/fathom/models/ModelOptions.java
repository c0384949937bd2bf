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
 * Settings that only some models know, as people give them: {@code key=value}. A model asks for those that it knows and
 * refuses the rest. Immutable.
 */
public final class ModelOptions {
    /** None. */
    public static final ModelOptions NONE = new ModelOptions(Map.of());

    private final Map<String, String> values;

    private ModelOptions(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** These options. */
    public static ModelOptions of(Map<String, String> values) {
        return new ModelOptions(values);
    }

    /** The options by key, sorted. */
    public Map<String, String> values() {
        return new TreeMap<>(values);
    }

    /** The value of {@code key}, or null where it is not given. */
    public @Nullable String text(String key) {
        return values.get(key);
    }

    /** The flag {@code key}, or {@code otherwise} where it is not given. */
    public boolean flag(String key, boolean otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        return typed(key, value).flag();
    }

    /** The integer {@code key}, at least {@code minimum}, or {@code otherwise} where it is not given. */
    public int integer(String key, int minimum, int otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        return typed(key, value).integer(minimum);
    }

    /** The {@code count} numbers of {@code key}, separated by commas, or as many times {@code otherwise}. */
    public List<Float> numbers(String key, int count, float otherwise) {
        String value = values.get(key);
        if (value == null) {
            return Collections.nCopies(count, otherwise);
        }
        return typed(key, value).numbers(count);
    }

    private static TextValue typed(String key, String value) {
        return new TextValue(value, (expected, cause) -> new IllegalArgumentException(
                "option " + key + ": expected " + expected + ", found " + value, cause));
    }

    /** Requires that every option is one of {@code known}, those of {@code model}. */
    public void requireKnown(String model, Collection<String> known) {
        requireKnown(model, known, Optional.empty());
    }

    /** Requires that every option is one of {@code known}, those of {@code model}; {@code remedy} is for other options. */
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
