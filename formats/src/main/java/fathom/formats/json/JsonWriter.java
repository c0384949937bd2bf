package fathom.formats.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Writes a {@link JsonValue} in the canonical form of RFC 8785. */
final class JsonWriter {
    /** The decimal exponent from which ECMAScript writes a number with an exponent (ECMA-262, Number::toString). */
    private static final int MAX_PLAIN = 21;
    private static final int MIN_PLAIN = -6;

    private JsonWriter() {}

    static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonValue.Text(var text) -> quote(text, out);
            case JsonValue.Numeral(var number) -> out.append(number(number));
            case JsonValue.Flag(var flag) -> out.append(flag);
            case JsonValue.Items(var items) -> {
                out.append('[');
                for (Iterator<JsonValue> i = items.iterator(); i.hasNext();) {
                    write(i.next(), out);
                    out.append(i.hasNext() ? "," : "");
                }
                out.append(']');
            }
            case JsonValue.Members(var members) -> {
                out.append('{');
                for (Iterator<Map.Entry<String, JsonValue>> i = members.entrySet().iterator(); i.hasNext();) {
                    Map.Entry<String, JsonValue> member = i.next();
                    quote(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    out.append(i.hasNext() ? "," : "");
                }
                out.append('}');
            }
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                        i += appendPair(text, i, out);
                    }
                }
            }
        }
        out.append('"');
    }

    /**
     * Appends the second half of a surrogate pair that starts at {@code i}; returns the number of appended characters.
     */
    private static int appendPair(String text, int i, StringBuilder out) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return 0;
        }
        if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
            throw new IllegalArgumentException("text: expected Unicode, found half a surrogate pair at character " + i);
        }
        out.append(text.charAt(i + 1));
        return 1;
    }

    /** Returns the shortest digits that identify the number, in the layout of ECMAScript. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int count = digits.length();
        int point = count - shortest.scale(); // the number is 0.digits × 10^point
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "");
        if (count <= point && point <= MAX_PLAIN) {
            out.append(digits).repeat("0", point - count);
        } else if (0 < point && point <= MAX_PLAIN) {
            out.append(digits, 0, point).append('.').append(digits, point, count);
        } else if (MIN_PLAIN < point && point <= 0) {
            out.append("0.").repeat("0", -point).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (count > 1) {
                out.append('.').append(digits, 1, count);
            }
            out.append('e').append(point > 0 ? "+" : "-").append(Math.abs(point - 1));
        }
        return out.toString();
    }

    /**
     * Returns the shortest decimal. The shortest text of Java has at least two digits, that of ECMAScript may have one:
     * 4.9E-324 is 5e-324.
     */
    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        return digits.precision() == 2 && one.doubleValue() == value ? one : digits;
    }
}
