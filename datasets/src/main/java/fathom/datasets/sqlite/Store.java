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

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The index of one dataset: an SQLite file with a write-ahead log, so that other processes read while this one writes.
 * Changes gather in a transaction that is saved after {@link #SAVE_CHANGES} of them or {@link #SAVE_NANOS}, whichever comes
 * first, and on {@link #save} and {@link #close}. Safe for use by several threads, one at a time inside.
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
    private boolean closed;

    /** Makes one object of a row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public Store(String dataset, Path file, Connection connection, boolean writable) {
        this.dataset = dataset;
        this.file = file;
        this.connection = connection;
        this.writable = writable;
    }

    /** The one integer that {@code sql} selects. */
    public int single(String sql) {
        return query(sql, row -> row.getInt(1)).getFirst();
    }

    /** Whether changes are possible. */
    public boolean isWritable() {
        return writable;
    }

    /** The rows that {@code sql} selects, read whole. */
    public <T> List<T> query(String sql, Row<T> reader, Object... arguments) {
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
            // A full disk or a failing one makes SQLite take back the whole transaction by itself.
            cause.addSuppressed(e);
            loseTransaction();
        }
    }

    /** Executes a statement that changes rows; only within {@link #change}. Returns how many it changed. */
    public int update(String sql, @Nullable Object... arguments) {
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

    /** Defers {@code action} until it is certain that the present change will never be saved. */
    void afterLoss(Runnable action) {
        afterLoss.add(action);
    }

    /** Saves all changes so far: they survive the end of the process. */
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

    /** Takes back what was not saved; SQLite may have done so already. */
    private void loseTransaction() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // No transaction is left to take back, which is what was wanted.
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
