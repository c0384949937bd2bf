package fathom.cli.console;

import java.util.ArrayList;
import java.util.List;

import fathom.evaluation.reports.TextTable;

/** A builder of a {@link TextTable}. Columns that contain only numbers are right-aligned. */
public final class Table {
    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Creates a table without rows.
     *
     * @param headings the column headings
     */
    public Table(String... headings) {
        this.headings = List.of(headings);
    }

    /**
     * Adds a row.
     *
     * @param cells one cell per heading
     * @return this table
     * @throws IllegalArgumentException if the number of cells differs from the number of headings
     */
    public Table row(Object... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException("cells: expected " + headings.size() + ", found " + cells.length);
        }
        List<String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(TerminalText.line(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    @Override
    public String toString() {
        List<TextTable.Column> columns = new ArrayList<>();
        for (int column = 0; column < headings.size(); column++) {
            columns.add(new TextTable.Column(headings.get(column),
                    isNumeric(column) ? TextTable.Alignment.RIGHT : TextTable.Alignment.LEFT));
        }
        return new TextTable(columns, rows.stream().map(row -> row.stream().map(TextTable.Cell::of).toList()).toList())
                .text(TextTable.Style.PLAIN);
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> row.get(column).matches("[-+]?[0-9][0-9.,]*( ?[a-zA-Z%]{1,2})?|-|"));
    }
}
