package fathom.datasets.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import fathom.datasets.files.FileErrors;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Creates and opens the index file of a dataset. Rejects files that are not an index, are damaged, or have a newer
 * version than this program.
 */
public final class IndexFile {
    /** The name of the index file within a dataset's folder. */
    public static final String NAME = "index.sqlite";
    private static final int BUSY_MILLIS = 10_000;

    private IndexFile() {}

    /**
     * Creates an empty index.
     *
     * @param dataset the name of the dataset, for messages
     * @param folder the folder, which does not contain an index
     * @return the open index
     */
    public static Store create(String dataset, Path folder) {
        Path file = folder.resolve(NAME);
        Store store = new Store(dataset, file, connect(dataset, file, true, false), true);
        store.execute("PRAGMA journal_mode = WAL");
        store.execute("BEGIN IMMEDIATE");
        for (String statement : Schema.CREATE) {
            store.execute(statement);
        }
        store.execute("PRAGMA application_id = " + Schema.APPLICATION_ID);
        store.execute("PRAGMA user_version = " + Schema.VERSION);
        store.execute("COMMIT");
        return store;
    }

    /**
     * Opens an index and checks that this program understands it. An index of an older version is converted if {@code
     * writable}; otherwise it is read through views.
     *
     * @param dataset the name of the dataset, for messages
     * @param folder the folder of the dataset
     * @param writable whether to open it for writing
     * @return the open index
     * @throws DatasetException if the index is missing, damaged, newer than this program, or cannot be read
     */
    public static Store open(String dataset, Path folder, boolean writable) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": expected its index " + file
                    + ", found none; delete the dataset and import " + "it again");
        }
        Store store = new Store(dataset, file, connect(dataset, file, writable, false), writable);
        try {
            if (requireUnderstood(dataset, file, store) == FirstSchema.VERSION) {
                if (writable) {
                    FirstSchema.convert(dataset, store);
                } else {
                    FirstSchema.view(store);
                }
            }
            return store;
        } catch (DatasetException e) {
            store.abandon();
            if (writable || (e.problem() != Problem.READ_ONLY && e.problem() != Problem.INPUT_OUTPUT)) {
                throw e;
            }
            return openImmutable(dataset, file, e);
        }
    }

    /** Opens an index on a read-only disk, where SQLite cannot create the files that readers and writers share. */
    private static Store openImmutable(String dataset, Path file, DatasetException cause) {
        try {
            Path log = file.resolveSibling(NAME + "-wal");
            if (Files.exists(log) && Files.size(log) > 0) {
                throw cause;
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw cause;
        }
        Store store = new Store(dataset, file, connect(dataset, file, false, true), false);
        try {
            if (requireUnderstood(dataset, file, store) == FirstSchema.VERSION) {
                FirstSchema.view(store);
            }
            return store;
        } catch (DatasetException e) {
            store.abandon();
            throw e;
        }
    }

    private static Connection connect(String dataset, Path file, boolean writable, boolean immutable) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setReadOnly(!writable);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_LENGTH, Integer.toString(SqliteErrors.MAX_CELL));
        if (writable) {
            config.enforceForeignKeys(true);
            config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        }
        String uri = "jdbc:sqlite:" + file.toUri().toASCIIString().replace("file:///", "file:/");
        try {
            return config.createConnection(immutable ? uri + "?immutable=1" : uri);
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        }
    }

    /** Checks that this program understands the index, and returns its version. */
    private static int requireUnderstood(String dataset, Path file, Store store) {
        int application = store.single("PRAGMA application_id");
        int version = store.single("PRAGMA user_version");
        if (application != Schema.APPLICATION_ID) {
            throw new DatasetException(Problem.CORRUPT,
                    "dataset " + dataset + ": " + file + " is a database of another program; move it away");
        }
        if (version > Schema.VERSION) {
            throw new DatasetException(Problem.NEWER,
                    "dataset " + dataset + ": a newer Fathom wrote it (format " + version
                            + ", this program reads up to " + Schema.VERSION
                            + "); update Fathom, or import the data again under " + "another name");
        }
        if (version < 1) {
            throw new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": " + file
                    + " has no format version; delete the dataset and import it again");
        }
        requireWhole(dataset, file, store);
        requireTables(dataset, file, store, version);
        return version;
    }

    /**
     * Checks that the tables of the version are there and are tables. Views and triggers run code of the file when it is
     * read or written; an index has none.
     */
    private static void requireTables(String dataset, Path file, Store store, int version) {
        List<String> tables = new ArrayList<>();
        store.query("SELECT type, name FROM sqlite_master WHERE type <> 'index'", row -> {
            String type = row.text(1);
            if (!type.equals("table")) {
                throw new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": " + file
                        + ": expected tables only, found a " + type + SqliteErrors.RESTORE);
            }
            return tables.add(row.text(2));
        });
        for (String table : Schema.tables(version)) {
            if (!tables.contains(table)) {
                throw new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": " + file + ": expected a table "
                        + table + ", found none of that name" + SqliteErrors.RESTORE);
            }
        }
    }

    /**
     * Checks the size of the file. SQLite detects a missing page only when it reads the page; with an empty log the file
     * must contain all pages.
     */
    private static void requireWhole(String dataset, Path file, Store store) {
        long expected = (long) store.single("PRAGMA page_count") * store.single("PRAGMA page_size");
        try {
            Path log = file.resolveSibling(NAME + "-wal");
            boolean pending = Files.exists(log) && Files.size(log) > 0;
            if (!pending && Files.size(file) < expected) {
                throw new DatasetException(Problem.CORRUPT,
                        "dataset " + dataset + ": " + file + ": expected " + expected + " bytes, found "
                                + Files.size(file)
                                + "; restore it from a backup, or delete the dataset and import it again");
            }
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + dataset + ": " + file, e);
        }
    }
}
