package fathom.formats.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.formats.FormatException;

/**
 * A JSON value without null: a missing member is omitted. Immutable.
 *
 * <p>{@link #canonical()} writes a value in exactly one form (RFC 8785, JSON Canonicalization Scheme): members sorted by
 * the UTF-16 code units of their names, no white space, numbers as in ECMAScript. Two values are therefore equal if and
 * only if their canonical texts are equal, and {@link #sha256()} identifies a value across runs, machines and programs.
 */
public sealed interface JsonValue {
    /**
     * A string.
     *
     * @param value the string
     */
    record Text(String value) implements JsonValue {}

    /**
     * A number.
     *
     * @param value finite; −0 is stored as 0
     */
    record Numeral(double value) implements JsonValue {
        /**
         * Validates the number.
         *
         * @throws IllegalArgumentException if the value is not finite
         */
        public Numeral {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("number: expected a finite value, found " + value);
            }
            value = value == 0 ? 0 : value;
        }
    }

    /**
     * True or false.
     *
     * @param value the value
     */
    record Flag(boolean value) implements JsonValue {}

    /**
     * An array.
     *
     * @param values the elements
     */
    record Items(List<JsonValue> values) implements JsonValue {
        /** Copies the list. */
        public Items {
            values = List.copyOf(values);
        }
    }

    /**
     * An object; its members are sorted by name.
     *
     * @param values the members by name
     */
    record Members(SortedMap<String, JsonValue> values) implements JsonValue {
        /** An object without members. */
        public static final Members NONE = new Members(new TreeMap<>());

        /** Copies the map. */
        public Members {
            TreeMap<String, JsonValue> sorted = new TreeMap<>();
            sorted.putAll(values);
            values = Collections.unmodifiableSortedMap(sorted);
        }

        /**
         * {@return a copy in which {@code name} is set to {@code value}}
         *
         * @param name the name of the member
         * @param value the value
         */
        public Members with(String name, JsonValue value) {
            TreeMap<String, JsonValue> all = new TreeMap<>(values);
            all.put(name, value);
            return new Members(all);
        }

        /**
         * {@return a copy in which {@code name} is set to a string}
         *
         * @param name the name of the member
         * @param value the value
         */
        public Members with(String name, String value) {
            return with(name, new Text(value));
        }

        /**
         * {@return a copy in which {@code name} is set to a number}
         *
         * @param name the name of the member
         * @param value the value
         */
        public Members with(String name, double value) {
            return with(name, new Numeral(value));
        }

        /**
         * {@return a copy in which {@code name} is set to a flag}
         *
         * @param name the name of the member
         * @param value the value
         */
        public Members with(String name, boolean value) {
            return with(name, new Flag(value));
        }

        /** {@return whether there are no members} */
        public boolean isEmpty() {
            return values.isEmpty();
        }

        /**
         * {@return the members of all nested objects by path, such as {@code resize.height}, each with its text: a
         * string unchanged, other values in canonical form} An array is one member.
         */
        public SortedMap<String, String> flat() {
            SortedMap<String, String> flat = new TreeMap<>();
            values.forEach((name, value) -> {
                switch (value) {
                    case Members members -> members.flat().forEach((inner, text) -> flat.put(name + "." + inner, text));
                    case Text text -> flat.put(name, text.value());
                    case Numeral _,Flag _,Items _ -> flat.put(name, value.canonical());
                }
            });
            return flat;
        }
    }

    /**
     * {@return the number with the same decimal text as {@code value}: 0.1f becomes 0.1, not 0.10000000149}
     *
     * @param value the value
     */
    static Numeral of(float value) {
        return new Numeral(Double.parseDouble(Float.toString(value)));
    }

    /**
     * {@return an array of numbers, each converted as in {@link #of(float)}}
     *
     * @param values the elements
     */
    static Items ofFloats(Collection<Float> values) {
        return new Items(values.stream().map(value -> (JsonValue) of(value)).toList());
    }

    /**
     * {@return an array of integers}
     *
     * @param values the elements
     */
    static Items ofIntegers(Collection<Integer> values) {
        return new Items(values.stream().map(value -> (JsonValue) new Numeral(value)).toList());
    }

    /**
     * {@return an array of strings}
     *
     * @param values the elements
     */
    static Items ofTexts(Collection<String> values) {
        return new Items(values.stream().map(value -> (JsonValue) new Text(value)).toList());
    }

    /**
     * Reads one JSON value.
     *
     * @param json the text
     * @param source names the text in messages
     * @return the value
     * @throws FormatException if it is not JSON, contains null, repeats a member or is nested more than 64 levels deep
     */
    static JsonValue parse(String json, String source) throws FormatException {
        return new JsonReader(json, source).read();
    }

    /** {@return the canonical text (RFC 8785)} */
    default String canonical() {
        StringBuilder out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }

    /** {@return the SHA-256 of the canonical text in UTF-8, lower-case hexadecimal} */
    default String sha256() {
        try {
            byte[] bytes = canonical().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
