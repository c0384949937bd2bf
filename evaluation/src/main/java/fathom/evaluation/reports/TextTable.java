package fathom.evaluation.reports;

import java.util.List;

/**
 * A table of text, rendered for a terminal or as Markdown. Immutable.
 *
 * @param columns the columns, from left to right
 * @param rows the rows below the headings, each with one cell for each column
 */
public record TextTable(List<Column> columns, List<List<Cell>> rows) {
    /** The horizontal alignment of a column. */
    public enum Alignment {
        /** Left-aligned, for words. */
        LEFT,
        /** Right-aligned, for numbers. */
        RIGHT
    }

    /**
     * One column.
     *
     * @param heading the heading, possibly empty
     * @param alignment the alignment of its text and its heading
     */
    public record Column(String heading, Alignment alignment) {}

    /**
     * One cell.
     *
     * @param text the content
     * @param best whether it is marked as the best of its column
     * @param code whether Markdown shows it as code
     */
    public record Cell(String text, boolean best, boolean code) {
        /**
         * Creates a cell that is not code.
         *
         * @param text the content
         * @param best whether it is marked as the best of its column
         */
        public Cell(String text, boolean best) {
            this(text, best, false);
        }

        /**
         * {@return a cell that Markdown shows as code}
         *
         * @param text the content
         */
        public static Cell ofCode(String text) {
            return new Cell(text, false, true);
        }

        /**
         * {@return a cell without a mark}
         *
         * @param value the content, converted by {@link String#valueOf(Object)}
         */
        public static Cell of(Object value) {
            return new Cell(String.valueOf(value), false);
        }

        private int width() {
            return text.codePointCount(0, text.length());
        }
    }

    /** The layout of a table in a terminal. */
    public enum Style {
        /** Two spaces between columns. */
        PLAIN(2, false),
        /** Three spaces between columns and a line below the headings. */
        RULED(3, true);

        private final int gap;
        private final boolean ruled;

        Style(int gap, boolean ruled) {
            this.gap = gap;
            this.ruled = ruled;
        }
    }

    /**
     * Validates and copies the cells.
     *
     * @throws IllegalArgumentException if a row does not have one cell for each column
     */
    public TextTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("cells: expected " + columns.size() + ", found " + row.size());
            }
        }
    }

    /**
     * {@return aligned text} A star in the gap after a cell marks the best of a column, so numbers remain aligned.
     *
     * @param style the layout
     */
    public String text(Style style) {
        int[] widths = widths();
        StringBuilder out = new StringBuilder();
        appendAligned(out, headings(), widths, style);
        if (style.ruled) {
            int total = style.gap * (widths.length - 1);
            for (int width : widths) {
                total += width;
            }
            out.append("─".repeat(total)).append('\n');
        }
        rows.forEach(row -> appendAligned(out, row, widths, style));
        return out.toString();
    }

    /** {@return a Markdown table; the best of a column is bold} */
    public String markdown() {
        StringBuilder out = new StringBuilder();
        appendMarkdown(out, headings());
        out.append('|');
        for (Column column : columns) {
            out.append(switch (column.alignment) {
                case LEFT -> "---|";
                case RIGHT -> "---:|";
            });
        }
        out.append('\n');
        rows.forEach(row -> appendMarkdown(out, row));
        return out.toString();
    }

    /** {@return a LaTeX {@code tabular} environment that needs no package; the best of a column is bold} */
    public String latex() {
        StringBuilder out = new StringBuilder("\\begin{tabular}{");
        for (Column column : columns) {
            out.append(switch (column.alignment) {
                case LEFT -> 'l';
                case RIGHT -> 'r';
            });
        }
        out.append("}\n\\hline\n");
        appendLatex(out, headings());
        out.append("\\hline\n");
        rows.forEach(row -> appendLatex(out, row));
        return out.append("\\hline\n\\end{tabular}\n").toString();
    }

    private static void appendLatex(StringBuilder out, List<Cell> cells) {
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            String text = latexText(cell.text);
            out.append(i == 0 ? "" : " & ").append(cell.best ? "\\textbf{" + text + "}" : text);
        }
        out.append(" \\\\\n");
    }

    /** Returns text in which no character is a command of LaTeX, and signs that fonts of LaTeX lack are commands. */
    private static String latexText(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(switch (c) {
            case '\\' -> "\\textbackslash{}";
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + Character.toString(c);
            case '[' -> "{[}";
            case ']' -> "{]}";
            case '<' -> "$<$";
            case '>' -> "$>$";
            case '|' -> "$|$";
            case '"' -> "''";
            case '↓' -> "$\\downarrow$";
            case '↑' -> "$\\uparrow$";
            case '∞' -> "$\\infty$";
            case '−' -> "$-$";
            case '–' -> "--";
            case 'δ' -> "$\\delta$";
            case '°' -> "$^\\circ$";
            default -> Character.isISOControl(c) ? " " : Character.toString(c);
        }));
        return out.toString();
    }

    private List<Cell> headings() {
        return columns.stream().map(column -> Cell.of(column.heading)).toList();
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Cell.of(columns.get(column).heading).width();
            for (List<Cell> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
        }
        return widths;
    }

    private void appendAligned(StringBuilder out, List<Cell> cells, int[] widths, Style style) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            Cell cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.width());
            line.append(switch (columns.get(column).alignment) {
                case LEFT -> cell.text + padding;
                case RIGHT -> padding + cell.text;
            });
            line.append(cell.best ? "*" + " ".repeat(style.gap - 1) : " ".repeat(style.gap));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static void appendMarkdown(StringBuilder out, List<Cell> cells) {
        out.append('|');
        for (Cell cell : cells) {
            String text = cell.code
                    ? "`" + cell.text.replaceAll("[\\r\\n`]", " ").replace("|", "\\|") + "`"
                    : markdownText(cell.text);
            out.append(' ').append(cell.best ? "**" + text + "**" : text).append(" |");
        }
        out.append('\n');
    }

    /** Returns text without line breaks, and without characters that begin a cell or a tag in Markdown. */
    static String markdownText(String text) {
        return text.replaceAll("\\R", " ").replace("\\", "\\\\").replace("|", "\\|").replace("&", "&amp;")
                .replace("<", "&lt;").replace("`", "\\`");
    }
}
