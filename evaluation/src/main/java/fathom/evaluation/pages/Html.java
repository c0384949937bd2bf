package fathom.evaluation.pages;

/** HTML text that is built in order. All text and attribute values are escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Returns text in which no character is markup, for elements and for attribute values in quotes. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    boolean invalid = (Character.isISOControl(c) && c != '\n' && c != '\t')
                            || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
                    escaped.appendCodePoint(invalid ? '\uFFFD' : c);
                }
            }
        });
        return escaped.toString();
    }

    /** Appends markup of the program, unchanged. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Appends text, escaped. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Appends an element that contains only text; {@code tag} may have attributes of the program. */
    Html element(String tag, String text) {
        int space = tag.indexOf(' ');
        String name = space < 0 ? tag : tag.substring(0, space);
        return raw("<" + tag + ">").text(text).raw("</" + name + ">");
    }

    /** Begins a cell that is sorted by a number. */
    Html numberCell(double value, String classes) {
        // A missing number has no value: it is sorted last.
        return raw("<td class=\"" + classes + "\" data-value=\"" + (Double.isNaN(value) ? "" : value) + "\">");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
