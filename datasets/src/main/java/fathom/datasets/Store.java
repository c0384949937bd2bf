package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import fathom.datasets.DatasetException.Problem;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The index of one dataset: an SQLite file with a write-ahead log, so that other processes read while this one writes.
 * Changes gather in a transaction that is saved after {@link #SAVE_CHANGES} of them or {@link #SAVE_NANOS}, whichever comes
 * first, and on {@link #save} and {@link #close}. Safe for use by several threads, one at a time inside.
 */
final class Store implements AutoCloseable {
    /** The index's file name within a dataset's folder. */
    static final String INDEX = "index.sqlite";
    private static final int SAVE_CHANGES = 64;
    private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int BUSY_MILLIS = 10_000;

    private final String dataset;
    private final Path file;
    private final Connection connection;
    private final boolean writable;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final List<Runnable> afterSave = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int changes;
    private long begun;
    private boolean inTransaction;
    private boolean closed;

    /** Makes one object of a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Store(String dataset, Path file, Connection connection, boolean writable) {
        this.dataset = dataset;
        this.file = file;
        this.connection = connection;
        this.writable = writable;
    }

    /** Makes an empty index in {@code folder}, which has none. */
    static Store create(String dataset, Path folder) {
        Path file = folder.resolve(INDEX);
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

    /** Opens the index in {@code folder} and checks that this program understands it. */
    static Store open(String dataset, Path folder, boolean writable) {
        Path file = folder.resolve(INDEX);
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(Problem.CORRUPT,
                    "dataset " + dataset + ": expected its index " + file
                            + ", found none; delete the dataset and import "
                            + "it again");
        }
        Store store = new Store(dataset, file, connect(dataset, file, writable, false), writable);
        try {
            store.requireUnderstood();
            return store;
        } catch (DatasetException e) {
            store.abandon();
            if (writable || (e.problem() != Problem.READ_ONLY && e.problem() != Problem.INPUT_OUTPUT)) {
                throw e;
            }
            return openImmutable(dataset, file, e);
        }
    }

    /** Reads an index on a read-only disk, where SQLite cannot make the files that readers and writers share. */
    private static Store openImmutable(String dataset, Path file, DatasetException cause) {
        try {
            Path log = file.resolveSibling(INDEX + "-wal");
            if (Files.exists(log) && Files.size(log) > 0) {
                throw cause;
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
            throw cause;
        }
        Store store = new Store(dataset, file, connect(dataset, file, false, true), false);
        try {
            store.requireUnderstood();
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

    private void requireUnderstood() {
        int application = single("PRAGMA application_id");
        int version = single("PRAGMA user_version");
        if (application != Schema.APPLICATION_ID) {
            throw new DatasetException(Problem.CORRUPT,
                    "dataset " + dataset + ": " + file + " is a database of another program; move it away");
        }
        if (version > Schema.VERSION) {
            throw new DatasetException(Problem.NEWER,
                    "dataset " + dataset + ": a newer Fathom made it (format " + version
                            + ", this program reads up to " + Schema.VERSION
                            + "); update Fathom, or import it anew under "
                            + "another name");
        }
        if (version < 1) {
            throw new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": " + file
                    + " has no format version; delete the dataset and import it again");
        }
        requireWhole();
    }

    /** SQLite notices missing pages when it comes to them; once nothing waits in the log the file must have them all. */
    private void requireWhole() {
        long expected = (long) single("PRAGMA page_count") * single("PRAGMA page_size");
        try {
            Path log = file.resolveSibling(INDEX + "-wal");
            boolean pending = Files.exists(log) && Files.size(log) > 0;
            if (!pending && Files.size(file) < expected) {
                throw new DatasetException(Problem.CORRUPT,
                        "dataset " + dataset + ": " + file + ": expected " + expected
                                + " bytes, found " + Files.size(file)
                                + "; restore it from a backup, or delete the dataset and import it again");
            }
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + dataset + ": " + file, e);
        }
    }

    private int single(String sql) {
        return query(sql, row -> row.getInt(1)).getFirst();
    }

    /** Whether changes are possible. */
    boolean isWritable() {
        return writable;
    }

    /** The rows that {@code sql} selects, read whole. */
    <T> List<T> query(String sql, Row<T> reader, Object... arguments) {
        lock.lock();
        try {
            List<T> rows = new ArrayList<>();
            PreparedStatement statement = prepared(sql, arguments);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code body}, which calls {@link #update}, as one change: all of it is saved, or nothing. */
    void change(Runnable body) {
        lock.lock();
        try {
            requireWritable();
            if (!inTransaction) {
                execute("BEGIN IMMEDIATE");
                inTransaction = true;
                begun = System.nanoTime();
            }
            execute("SAVEPOINT change");
            int kept = afterSave.size();
            try {
                body.run();
                execute("RELEASE change");
            } catch (RuntimeException e) {
                afterSave.subList(kept, afterSave.size()).clear();
                undoChange(e);
                throw e;
            }
            changes++;
            if (changes >= SAVE_CHANGES || System.nanoTime() - begun >= SAVE_NANOS) {
                save();
            }
        } finally {
            lock.unlock();
        }
    }

    private void undoChange(RuntimeException cause) {
        try {
            execute("ROLLBACK TO change");
            execute("RELEASE change");
        } catch (DatasetException e) {
            // A full disk or a failing one makes SQLite take back the whole transaction by itself.
            cause.addSuppressed(e);
            forgetTransaction();
        }
    }

    /** Executes a statement that changes rows; only within {@link #change}. Returns how many it changed. */
    int update(String sql, @Nullable Object... arguments) {
        try {
            return prepared(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        }
    }

    /** Defers {@code action} until the present change is saved; it never runs if that never happens. */
    void afterSave(Runnable action) {
        afterSave.add(action);
    }

    /** Saves all changes so far: they survive the end of the process. */
    void save() {
        lock.lock();
        try {
            if (!inTransaction) {
                return;
            }
            execute("COMMIT");
            List<Runnable> actions = List.copyOf(afterSave);
            forgetTransaction();
            actions.forEach(Runnable::run);
        } finally {
            lock.unlock();
        }
    }

    private void forgetTransaction() {
        inTransaction = false;
        changes = 0;
        afterSave.clear();
    }

    private PreparedStatement prepared(String sql, @Nullable Object... arguments) throws SQLException {
        requireOpen();
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("dataset " + dataset + ": closed");
        }
    }

    void requireWritable() {
        requireOpen();
        if (!writable) {
            throw new DatasetException(Problem.READ_ONLY,
                    "dataset " + dataset + ": opened for reading only; open it for writing to change it");
        }
    }

    private void abandon() {
        closed = true;
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        }
    }

    /** Saves and closes; closing twice does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            try {
                save();
            } finally {
                abandon();
            }
        } finally {
            lock.unlock();
        }
    }
}
