package fathom.datasets.sqlite;

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
import java.util.function.Supplier;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The open index of one dataset: an SQLite file with a write-ahead log, so that other processes can read while this one
 * writes. Changes are collected in a transaction, which is committed after {@link #SAVE_CHANGES} changes, by the first
 * change after {@link #SAVE_NANOS}, and by {@link #save} and {@link #close}. Safe for use by several threads; a lock
 * serializes them.
 */
public final class Store implements AutoCloseable {
    private static final int SAVE_CHANGES = 64;
    private static final long SAVE_NANOS = Duration.ofSeconds(1).toNanos();

    private final String dataset;
    private final Path file;
    private final Connection connection;
    private final boolean writable;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final List<Runnable> afterSave = new ArrayList<>();
    private final List<Runnable> afterLoss = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int changes;
    private long begun;
    private boolean inTransaction;
    private boolean inSnapshot;
    private boolean closed;

    /**
     * A converter of one row.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Row<T> {
        /**
         * Converts the current row.
         *
         * @param row the cells of the row
         * @return the result
         * @throws SQLException if a column cannot be read
         */
        T read(Cells row) throws SQLException;
    }

    /**
     * Creates a store.
     *
     * @param dataset the name of the dataset, for messages
     * @param file the index file, for messages
     * @param connection the open connection, which the store closes
     * @param writable whether changes are allowed
     */
    public Store(String dataset, Path file, Connection connection, boolean writable) {
        this.dataset = dataset;
        this.file = file;
        this.connection = connection;
        this.writable = writable;
    }

    /**
     * Returns the one integer that a query selects.
     *
     * @param sql the query
     * @return the first column of the first row
     */
    public int single(String sql) {
        return query(sql, row -> row.integer(1)).getFirst();
    }

    /** {@return whether changes are possible} */
    public boolean isWritable() {
        return writable;
    }

    /**
     * Returns the rows that a query selects.
     *
     * @param sql the query
     * @param reader converts each row
     * @param arguments the values of the placeholders
     * @param <T> the type of the results
     * @return the results of all rows
     */
    public <T> List<T> query(String sql, Row<T> reader, Object... arguments) {
        lock.lock();
        try {
            List<T> rows = new ArrayList<>();
            PreparedStatement statement = prepared(sql, arguments);
            try (ResultSet result = statement.executeQuery()) {
                Cells cells = new Cells(dataset, result);
                while (result.next()) {
                    rows.add(reader.read(cells));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw SqliteErrors.isTooLarge(e)
                    ? SqliteErrors.tooLarge(dataset, connection, e)
                    : SqliteErrors.translate(dataset, file, e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs queries that see the same state of the index, whatever other processes commit meanwhile.
     *
     * @param body makes the queries
     * @param <T> the type of the result
     * @return the result of {@code body}
     */
    public <T> T snapshot(Supplier<T> body) {
        lock.lock();
        try {
            requireOpen();
            if (inTransaction || inSnapshot) {
                return body.get();
            }
            execute("BEGIN");
            inSnapshot = true;
            try {
                return body.get();
            } finally {
                inSnapshot = false;
                execute("COMMIT");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs {@code body}, which calls {@link #update}, as one change: all of it is saved, or nothing.
     *
     * @param body makes the change
     * @throws DatasetException if the index is open for reading only, or cannot be written
     */
    public void change(Runnable body) {
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
            int keptLoss = afterLoss.size();
            try {
                body.run();
                execute("RELEASE change");
            } catch (RuntimeException e) {
                afterSave.subList(kept, afterSave.size()).clear();
                afterLoss.subList(keptLoss, afterLoss.size()).clear();
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
            // If the disk is full or fails, SQLite rolls back the whole transaction by itself.
            cause.addSuppressed(e);
            loseTransaction();
        }
    }

    /**
     * Executes a statement that changes rows. Call it within {@link #change}.
     *
     * @param sql the statement
     * @param arguments the values of the placeholders
     * @return the number of changed rows
     */
    public int update(String sql, @Nullable Object... arguments) {
        try {
            return prepared(sql, arguments).executeUpdate();
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        }
    }

    /** Runs {@code action} after the current change is committed; never if it is not. */
    void afterSave(Runnable action) {
        afterSave.add(action);
    }

    /** Runs {@code action} if the current change is rolled back and can never be committed. */
    void afterLoss(Runnable action) {
        afterLoss.add(action);
    }

    /** Commits all changes. They survive the end of the process. */
    public void save() {
        lock.lock();
        try {
            if (!inTransaction) {
                return;
            }
            try {
                execute("COMMIT");
            } catch (DatasetException e) {
                if (e.problem() != Problem.IN_USE) {
                    loseTransaction();
                }
                throw e;
            }
            List<Runnable> actions = List.copyOf(afterSave);
            forgetTransaction();
            actions.forEach(Runnable::run);
        } finally {
            lock.unlock();
        }
    }

    /** Rolls back the changes that are not committed; SQLite may have done so already. */
    private void loseTransaction() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // No transaction is left to roll back.
            inTransaction = false;
        }
        List<Runnable> actions = List.copyOf(afterLoss);
        forgetTransaction();
        actions.forEach(Runnable::run);
    }

    private void forgetTransaction() {
        inTransaction = false;
        changes = 0;
        afterSave.clear();
        afterLoss.clear();
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

    /**
     * Executes a statement without placeholders.
     *
     * @param sql the statement
     */
    public void execute(String sql) {
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

    /** Closes without saving. */
    void abandon() {
        closed = true;
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteErrors.translate(dataset, file, e);
        }
    }

    /** Commits all changes and closes. Closing again has no effect. */
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
