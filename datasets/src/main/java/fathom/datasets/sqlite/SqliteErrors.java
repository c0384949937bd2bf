package fathom.datasets.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Messages for errors of SQLite that name the dataset and state what to do. */
final class SqliteErrors {
    /** The low byte of an extended result code is its primary code. (SQLite, "Result and Error Codes".) */
    private static final int PRIMARY = 0xFF;

    private SqliteErrors() {}

    static DatasetException translate(String dataset, Path file, SQLException cause) {
        String where = "dataset " + dataset + ": " + file;
        int code = cause instanceof SQLiteException e ? e.getResultCode().code & PRIMARY : -1;
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
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code || code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return new DatasetException(Problem.CORRUPT, where
                    + " is damaged or not a dataset index; restore it from a backup, or delete the dataset and import "
                    + "it again", cause);
        }
        return new DatasetException(Problem.INPUT_OUTPUT, where + " could not be read or written (" + cause.getMessage()
                + "); check that the folder exists, that " + "you may read and write it, and that the disk works",
                cause);
    }
}
