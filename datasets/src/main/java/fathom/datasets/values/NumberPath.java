package fathom.datasets.values;

import java.util.List;

/**
 * The dotted name of a number.
 *
 * @param field the name of the prediction field
 * @param protocol the name of the protocol; empty for a number without a protocol or, in a query, for the latest
 * @param name the name of the number
 */
public record NumberPath(String field, String protocol, String name) {
    /**
     * Parses a dotted name.
     *
     * @param path {@code field.number} or {@code field.protocol.number}
     * @return the parts
     * @throws IllegalArgumentException if the path is not valid
     */
    public static NumberPath parse(String path) {
        List<String> parts = List.of(path.split("\\.", -1));
        if (parts.size() != 2 && parts.size() != 3) {
            throw new IllegalArgumentException("number: expected field.number or field.protocol.number, such as "
                    + "dpt.rmse or dpt.article.rmse, found \"" + path + "\"");
        }
        String protocol = parts.size() == 3 ? Names.requirePart("protocol name", parts.get(1)) : "";
        return new NumberPath(Names.requirePart("field name", parts.getFirst()), protocol,
                Names.requirePart("number name", parts.getLast()));
    }

    /** {@return the dotted name} */
    public String text() {
        return protocol.isEmpty() ? field + "." + name : field + "." + protocol + "." + name;
    }
}
