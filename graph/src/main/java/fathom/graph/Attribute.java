package fathom.graph;

import java.util.Arrays;
import java.util.List;

/** A named constant of a node. */
public sealed interface Attribute {
    /** Its name in the operator's specification. */
    String name();

    /** One integer. */
    record Int(String name, long value) implements Attribute {}

    /** One number. */
    record Real(String name, float value) implements Attribute {}

    /** One word. */
    record Text(String name, String value) implements Attribute {}

    /** Integers. */
    record Ints(String name, List<Long> values) implements Attribute {
        public Ints {
            values = List.copyOf(values);
        }
    }

    /** One integer. */
    static Attribute of(String name, long value) {
        return new Int(name, value);
    }

    /** One number. */
    static Attribute of(String name, float value) {
        return new Real(name, value);
    }

    /** One word. */
    static Attribute of(String name, String value) {
        return new Text(name, value);
    }

    /** Integers. */
    static Attribute of(String name, int... values) {
        return new Ints(name, Arrays.stream(values).asLongStream().boxed().toList());
    }
}
