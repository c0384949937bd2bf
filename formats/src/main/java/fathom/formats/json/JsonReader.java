package fathom.formats.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.formats.FormatException;

/** Reads a {@link JsonValue} (RFC 8259), strictly. */
final class JsonReader {
    private static final int MAX_DEPTH = 64;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String json;
    private final String source;
    private int at;

    JsonReader(String json, String source) {
        this.json = json;
        this.source = source;
    }

    JsonValue read() throws FormatException {
        JsonValue value = value(0);
        skipSpace();
        if (at < json.length()) {
            throw wrong("the end");
        }
        return value;
    }

    private JsonValue value(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw wrong("at most " + MAX_DEPTH + " levels");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> items(depth);
            case '"' -> new JsonValue.Text(text());
            case 't' -> flag("true", true);
            case 'f' -> flag("false", false);
            default -> number();
        };
    }

    private JsonValue members(int depth) throws FormatException {
        TreeMap<String, JsonValue> members = new TreeMap<>();
        at++;
        skipSpace();
        if (peek() == '}') {
            at++;
            return new JsonValue.Members(members);
        }
        while (true) {
            skipSpace();
            String name = text();
            skipSpace();
            take(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw wrong("each member once, not a second " + name);
            }
            skipSpace();
            if (peek() == '}') {
                at++;
                return new JsonValue.Members(members);
            }
            take(',');
        }
    }

    private JsonValue items(int depth) throws FormatException {
        List<JsonValue> items = new ArrayList<>();
        at++;
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonValue.Items(items);
        }
        while (true) {
            items.add(value(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return new JsonValue.Items(items);
            }
            take(',');
        }
    }

    private String text() throws FormatException {
        take('"');
        StringBuilder text = new StringBuilder();
        while (peek() != '"') {
            char c = json.charAt(at);
            if (c < ' ') {
                throw wrong("no control character in a string");
            }
            at++;
            text.append(c == '\\' ? escaped() : c);
        }
        at++;
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong("whole surrogate pairs in the string before");
        }
        return text.toString();
    }

    private char escaped() throws FormatException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int end = at + 4;
                if (end > json.length() || !json.substring(at, end).matches("[0-9a-fA-F]{4}")) {
                    throw wrong("four hexadecimal digits");
                }
                char code = (char) Integer.parseInt(json, at, end, 16);
                at = end;
                yield code;
            }
            default -> throw wrong("an escape");
        };
    }

    private JsonValue flag(String word, boolean value) throws FormatException {
        if (!json.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return new JsonValue.Flag(value);
    }

    private JsonValue number() throws FormatException {
        Matcher number = NUMBER.matcher(json).region(at, json.length());
        if (!number.lookingAt()) {
            throw wrong("a value other than null");
        }
        double value = Double.parseDouble(number.group());
        if (!Double.isFinite(value)) {
            throw wrong("a number within the range of float64");
        }
        at = number.end();
        return new JsonValue.Numeral(value);
    }

    private void skipSpace() {
        while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Returns the next character without consuming it. */
    private char peek() throws FormatException {
        if (at >= json.length()) {
            throw wrong("more");
        }
        return json.charAt(at);
    }

    private void take(char expected) throws FormatException {
        if (peek() != expected) {
            throw wrong("'" + expected + "'");
        }
        at++;
    }

    private FormatException wrong(String expected) {
        String found = at >= json.length() ? "the end" : "'" + json.charAt(at) + "'";
        return new FormatException(source, at, "JSON: expected " + expected + ", found " + found);
    }
}
