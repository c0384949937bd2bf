package fathom.graph;

import java.util.Arrays;
import java.util.List;

/** A named constant of a node. */
public sealed interface Attribute {
    /** {@return the name in the specification of the operator} */
    String name();

    /**
     * An integer.
     *
     * @param name the name in the specification of the operator
     * @param value the value
     */
    record Int(String name, long value) implements Attribute {}

    /**
     * A float32 number.
     *
     * @param name the name in the specification of the operator
     * @param value the value
     */
    record Real(String name, float value) implements Attribute {}

    /**
     * A string.
     *
     * @param name the name in the specification of the operator
     * @param value the value
     */
    record Text(String name, String value) implements Attribute {}

    /**
     * A list of integers.
     *
     * @param name the name in the specification of the operator
     * @param values the values
     */
    record Ints(String name, List<Long> values) implements Attribute {
        /** Copies the list. */
        public Ints {
            values = List.copyOf(values);
        }
    }

    /**
     * {@return an integer attribute}
     *
     * @param name the name for messages
     * @param value the value
     */
    static Attribute of(String name, long value) {
        return new Int(name, value);
    }

    /**
     * {@return a float32 attribute}
     *
     * @param name the name for messages
     * @param value the value
     */
    static Attribute of(String name, float value) {
        return new Real(name, value);
    }

    /**
     * {@return a string attribute}
     *
     * @param name the name for messages
     * @param value the value
     */
    static Attribute of(String name, String value) {
        return new Text(name, value);
    }

    /**
     * {@return an attribute of a list of integers}
     *
     * @param name the name for messages
     * @param values the values
     */
    static Attribute of(String name, int... values) {
        return new Ints(name, Arrays.stream(values).asLongStream().boxed().toList());
    }
}
