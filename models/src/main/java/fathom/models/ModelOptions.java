package fathom.models;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("option " + key + ": expected true or false, found " + value);
        };
    }

    /** The integer {@code key}, at least {@code minimum}, or {@code otherwise} where it is not given. */
    public int integer(String key, int minimum, int otherwise) {
        String value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            int integer = Integer.parseInt(value);
            if (integer >= minimum) {
                return integer;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option " + key + ": expected an integer of at least " + minimum
                    + ", found " + value, e);
        }
        throw new IllegalArgumentException("option " + key + ": expected an integer of at least " + minimum
                + ", found " + value);
    }

    /** The {@code count} numbers of {@code key}, separated by commas, or as many times {@code otherwise}. */
    public List<Float> numbers(String key, int count, float otherwise) {
        String value = values.get(key);
        if (value == null) {
            return Collections.nCopies(count, otherwise);
        }
        List<Float> numbers = new ArrayList<>();
        try {
            for (String part : value.split(",", -1)) {
                numbers.add(Float.parseFloat(part));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option " + key + ": expected " + count
                    + " numbers separated by commas, found " + value, e);
        }
        if (numbers.size() != count || !numbers.stream().allMatch(Float::isFinite)) {
            throw new IllegalArgumentException("option " + key + ": expected " + count
                    + " numbers separated by commas, found " + value);
        }
        return List.copyOf(numbers);
    }

    /** Requires that every option is one of {@code known}, those of {@code model}. */
    public void requireKnown(String model, Collection<String> known) {
        for (String key : values().keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException("option " + key + ": " + model + " knows "
                        + (known.isEmpty() ? "no options" : "only " + String.join(", ", known)) + ", found " + key + "="
                        + values.get(key));
            }
        }
    }
}
