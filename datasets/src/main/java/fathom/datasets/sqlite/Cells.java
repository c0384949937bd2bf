package fathom.datasets.sqlite;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row that a query selects. SQLite stores any type in any column: a cell of another type, or with a value
 * that its column cannot have, causes a {@link DatasetException} that names the dataset, the table, the column and the row.
 * Columns are counted from 1.
 */
public final class Cells {
    private static final int SHOWN = 60;

    private final String dataset;
    private final ResultSet row;

    Cells(String dataset, ResultSet row) {
        this.dataset = dataset;
        this.row = row;
    }

    private @Nullable Object value(int column) throws SQLException {
        return row.getObject(column);
    }

    /**
     * Returns whether a cell is empty.
     *
     * @param column the column
     * @return whether it is null
     * @throws SQLException if the row cannot be read
     */
    public boolean isNull(int column) throws SQLException {
        return value(column) == null;
    }

    /**
     * Returns a text.
     *
     * @param column the column
     * @return the text
     * @throws SQLException if the row cannot be read
     */
    public String text(int column) throws SQLException {
        if (value(column) instanceof String text) {
            return text;
        }
        throw wrong(column, "a text");
    }

    /**
     * Returns an integer.
     *
     * @param column the column
     * @return the integer
     * @throws SQLException if the row cannot be read
     */
    public int integer(int column) throws SQLException {
        if (value(column) instanceof Integer integer) {
            return integer;
        }
        throw wrong(column, "an integer");
    }

    /**
     * Returns the number of rows or columns of a picture or map.
     *
     * @param column the column
     * @return an integer of at least 1
     * @throws SQLException if the row cannot be read
     */
    public int side(int column) throws SQLException {
        if (value(column) instanceof Integer integer && integer > 0) {
            return integer;
        }
        throw wrong(column, "an integer of at least 1");
    }

    /**
     * Returns the key of a row.
     *
     * @param column the column
     * @return the key
     * @throws SQLException if the row cannot be read
     */
    public long key(int column) throws SQLException {
        return switch (value(column)) {
            case Integer integer -> integer;
            case Long integer -> integer;
            case null, default -> throw wrong(column, "an integer");
        };
    }

    /**
     * Returns a number.
     *
     * @param column the column
     * @return the number
     * @throws SQLException if the row cannot be read
     */
    public double number(int column) throws SQLException {
        if (value(column) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(column, "a number");
    }

    /**
     * Returns a number that may be missing.
     *
     * @param column the column
     * @return the number; NaN if the cell is null
     * @throws SQLException if the row cannot be read
     */
    public double numberOrNan(int column) throws SQLException {
        return isNull(column) ? Double.NaN : number(column);
    }

    /**
     * Returns a time.
     *
     * @param column the column
     * @return the time
     * @throws SQLException if the row cannot be read
     */
    public Instant time(int column) throws SQLException {
        return as(column, "a time such as 2026-01-31T12:00:00Z", Instant::parse);
    }

    /**
     * Returns a text as a value of another type.
     *
     * @param column the column
     * @param expected what the text must be, for the message
     * @param parser converts the text; throws an {@link IllegalArgumentException} or {@link DateTimeException} if it is
     *            wrong
     * @param <T> the type
     * @return the value
     * @throws SQLException if the row cannot be read
     */
    public <T> T as(int column, String expected, Function<String, T> parser) throws SQLException {
        String text = text(column);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DatasetException(Problem.CORRUPT, message(column, expected), e);
        }
    }

    /** Returns the exception for a cell with a wrong value. */
    DatasetException wrong(int column, String expected) throws SQLException {
        return new DatasetException(Problem.CORRUPT, message(column, expected));
    }

    private String message(int column, String expected) throws SQLException {
        ResultSetMetaData about = row.getMetaData();
        String table = about.getTableName(column);
        String key = column == 1 ? "" : ", in the row with " + about.getColumnName(1) + " " + shown(value(1));
        return "dataset " + dataset + ": its index is damaged: table " + (table.isEmpty() ? "of the index" : table)
                + ", column " + about.getColumnName(column) + key + ": expected " + expected + ", found "
                + found(value(column)) + SqliteErrors.RESTORE;
    }

    private static String found(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> "the text \"" + shown(text) + "\"";
            case byte[] bytes -> bytes.length + " bytes";
            default -> shown(value);
        };
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value instanceof byte[] ? "of bytes" : value).replaceAll("\\p{Cntrl}", "?");
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
