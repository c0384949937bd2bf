package fathom.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of text in aligned columns: words to the left, numbers to the right. */
final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row of as many cells as there are headings. */
    Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("cells: expected " + headings.size() + ", found " + cells.length);
        }
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        int columns = headings.size();
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = headings.get(column).length();
            numeric[column] = !rows.isEmpty();
            for (List<String> row : rows) {
                String cell = row.get(column);
                widths[column] = Math.max(widths[column], cell.length());
                numeric[column] &= cell.matches("[-+]?[0-9][0-9.,]*( ?[a-zA-Z%]{1,2})?|-|");
            }
        }
        StringBuilder text = new StringBuilder();
        append(text, headings, widths, numeric);
        for (List<String> row : rows) {
            append(text, row, widths, numeric);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String padding = " ".repeat(widths[column] - cells.get(column).length());
            line.append(column == 0 ? "" : "  ");
            line.append(numeric[column] ? padding + cells.get(column) : cells.get(column) + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
