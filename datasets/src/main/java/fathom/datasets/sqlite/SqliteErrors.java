package fathom.datasets.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Messages for errors of SQLite that name the dataset and state what to do. */
final class SqliteErrors {
    /** The end of messages about a damaged index. */
    static final String RESTORE = "; restore it from a backup, or delete the dataset and import it again";
    /** The largest text or row that an index can contain, in bytes. Larger ones are refused before they are read. */
    static final int MAX_CELL = 16 << 20;
    /** The low byte of an extended result code is its primary code. (SQLite, "Result and Error Codes".) */
    private static final int PRIMARY = 0xFF;
    /**
     * Codes of an index that is not one: other tables or columns, broken pages, values that break the rules of a column.
     */
    private static final Set<Integer> DAMAGED = Set.of(SQLiteErrorCode.SQLITE_NOTADB.code,
            SQLiteErrorCode.SQLITE_CORRUPT.code, SQLiteErrorCode.SQLITE_ERROR.code, SQLiteErrorCode.SQLITE_SCHEMA.code,
            SQLiteErrorCode.SQLITE_MISMATCH.code, SQLiteErrorCode.SQLITE_FORMAT.code,
            SQLiteErrorCode.SQLITE_CONSTRAINT.code, SQLiteErrorCode.SQLITE_NOMEM.code);

    private SqliteErrors() {}

    static DatasetException translate(String dataset, Path file, SQLException cause) {
        String where = "dataset " + dataset + ": " + file;
        int extended = cause instanceof SQLiteException e ? e.getResultCode().code : -1;
        int code = extended < 0 ? -1 : extended & PRIMARY;
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new DatasetException(Problem.DISK_FULL,
                    where + ": the disk is full; free some space and run again, what was saved is kept", cause);
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
            return new DatasetException(Problem.READ_ONLY,
                    where + " cannot be written; check the folder's permissions and whether the disk is read-only",
                    cause);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return new DatasetException(Problem.IN_USE,
                    where + ": another process uses it; wait until it ends and run again", cause);
        }
        if (DAMAGED.contains(code) || extended == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ.code) {
            return new DatasetException(Problem.CORRUPT,
                    where + " is damaged or not a dataset index (" + cause.getMessage() + ")" + RESTORE, cause);
        }
        return new DatasetException(Problem.INPUT_OUTPUT, where + " could not be read or written (" + cause.getMessage()
                + "); check that the folder exists, that " + "you may read and write it, and that the disk works",
                cause);
    }

    /** Returns whether a query failed because a cell is larger than {@value #MAX_CELL} bytes. */
    static boolean isTooLarge(SQLException cause) {
        return cause instanceof SQLiteException e
                && (e.getResultCode().code & PRIMARY) == SQLiteErrorCode.SQLITE_TOOBIG.code;
    }

    /** Returns the exception for an index with a cell of more than {@value #MAX_CELL} bytes, and names the cell. */
    static DatasetException tooLarge(String dataset, Connection connection, SQLException cause) {
        return new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": its index is damaged: "
                + largeCell(connection) + ": expected at most " + MAX_CELL + " bytes, found more" + RESTORE, cause);
    }

    /** Returns the table and column of the first cell that is too large. */
    private static String largeCell(Connection connection) {
        for (String table : Schema.tables(Schema.VERSION)) {
            for (String column : columns(connection, table)) {
                if (hasLargeCell(connection, table, column)) {
                    return "table " + table + ", column " + column;
                }
            }
        }
        return "a cell";
    }

    /** Returns whether a column has a cell that is too large. The lengths of the cells are read, not their content. */
    private static boolean hasLargeCell(Connection connection, String table, String column) {
        String sql = "SELECT count(*) FROM \"" + table + "\" WHERE octet_length(\"" + column + "\") > " + MAX_CELL;
        try (Statement statement = connection.createStatement(); ResultSet found = statement.executeQuery(sql)) {
            return found.next() && found.getInt(1) > 0;
        } catch (SQLException e) {
            // More damage: another column may have the cell.
            return false;
        }
    }

    private static List<String> columns(Connection connection, String table) {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (found.next()) {
                columns.add(found.getString(1));
            }
        } catch (SQLException e) {
            return List.of();
        }
        return columns;
    }
}
