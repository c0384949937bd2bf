package fathom.datasets.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.Names;

/** The table {@code field}: the names and types of the fields of a dataset. */
public final class FieldTable {
    private final String dataset;
    private final Store store;

    /**
     * Creates the access to the table; reads nothing.
     *
     * @param dataset the name of the dataset, for messages
     * @param store the index
     */
    public FieldTable(String dataset, Store store) {
        this.dataset = dataset;
        this.store = store;
    }

    private record Row(long id, String name, FieldType type) {}

    /** Reads the name of a field, which is also the name of a folder. */
    static String fieldName(Cells row, int column) throws SQLException {
        return row.as(column, "the name of a field", Names::requireField);
    }

    private static FieldType type(Cells row, int column) throws SQLException {
        return row.as(column, "MEASURED or PREDICTION", FieldType::valueOf);
    }

    private Optional<Row> find(String name) {
        return store.query("SELECT id, name, type FROM field WHERE name = ?",
                row -> new Row(row.key(1), fieldName(row, 2), type(row, 3)), name).stream().findFirst();
    }

    /** Returns the row of the field {@code name}, which is created if it does not exist. Call it within a change. */
    long require(String name, FieldType type) {
        Optional<Row> found = find(name);
        if (found.isEmpty()) {
            store.update("INSERT INTO field (name, type) VALUES (?, ?)", Names.requireField(name), type.name());
            return find(name).orElseThrow().id();
        }
        Row row = found.get();
        if (!row.name().equals(name)) {
            throw new IllegalArgumentException("field name: " + name + " differs from the field " + row.name()
                    + " of dataset " + dataset + " only in case; use that, or another name");
        }
        if (row.type() != type) {
            throw new IllegalArgumentException("field " + name + " of dataset " + dataset + ": expected "
                    + describe(type) + ", found " + describe(row.type()) + "; choose another name");
        }
        return row.id();
    }

    /** Returns the row of the field {@code name}, which must exist. */
    long existing(String name) {
        return find(name).filter(row -> row.name().equals(name)).map(Row::id)
                .orElseThrow(() -> new IllegalArgumentException("field: dataset " + dataset + " has no field " + name
                        + Names.hint(name, names(), "; it has only pictures")));
    }

    /** Returns the row of the prediction field {@code name}, which must exist. */
    long existingPrediction(String name) {
        long id = existing(name);
        if (find(name).orElseThrow().type() != FieldType.PREDICTION) {
            throw new IllegalArgumentException(
                    "field " + name + " of dataset " + dataset + ": expected a prediction, found measured depth");
        }
        return id;
    }

    private List<String> names() {
        return store.query("SELECT name FROM field ORDER BY id", row -> fieldName(row, 1));
    }

    private static String describe(FieldType type) {
        return switch (type) {
            case RGB -> "a picture";
            case MEASURED -> "measured depth";
            case PREDICTION -> "a prediction";
        };
    }

    /** {@return the counts of every field over all samples, the picture first} */
    public List<FieldSummary> summaries() {
        return store.snapshot(() -> {
            int samples = store.single("SELECT count(*) FROM sample");
            List<Row> rows = store.query("SELECT id, name, type FROM field ORDER BY type, id",
                    row -> new Row(row.key(1), fieldName(row, 2), type(row, 3)));
            Set<Long> known = rows.stream().map(Row::id).collect(Collectors.toSet());
            Map<Long, Integer> done = new HashMap<>(counts("measured", known));
            done.putAll(counts("prediction", known));
            Map<Long, Integer> failed = counts("failure", known);
            List<FieldSummary> summaries = new ArrayList<>();
            summaries.add(new FieldSummary("rgb", FieldType.RGB, samples, 0, 0));
            for (Row row : rows) {
                int finished = done.getOrDefault(row.id(), 0);
                int failures = failed.getOrDefault(row.id(), 0);
                if (finished + failures > samples) {
                    throw broken("field " + row.name() + ": expected at most " + samples
                            + " rows, one for each sample, found " + (finished + failures));
                }
                summaries.add(
                        new FieldSummary(row.name(), row.type(), finished, failures, samples - finished - failures));
            }
            return summaries;
        });
    }

    private DatasetException broken(String what) {
        return new DatasetException(Problem.CORRUPT,
                "dataset " + dataset + ": its index is damaged: " + what + SqliteErrors.RESTORE);
    }

    private Map<Long, Integer> counts(String table, Set<Long> known) {
        Map<Long, Integer> counts = new HashMap<>();
        store.query("SELECT field, count(*) FROM " + table + " GROUP BY field",
                row -> counts.put(row.key(1), row.integer(2)));
        counts.keySet().stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw broken("table " + table + ", column field: expected a row of the table field, found " + id);
        });
        return counts;
    }

    /**
     * Returns the samples that are in one of some states of a field.
     *
     * @param field the name of the field, which need not exist
     * @param states the states to select
     * @return the rows of the samples
     */
    public Set<Long> samplesIn(String field, Set<FieldState> states) {
        Set<Long> done = new HashSet<>(rows("prediction", field));
        done.addAll(rows("measured", field));
        Set<Long> failed = new HashSet<>(rows("failure", field));
        Set<Long> chosen = new HashSet<>();
        for (long row : store.query("SELECT id FROM sample", found -> found.key(1))) {
            FieldState state = done.contains(row)
                    ? FieldState.DONE
                    : failed.contains(row) ? FieldState.FAILED : FieldState.PENDING;
            if (states.contains(state)) {
                chosen.add(row);
            }
        }
        return chosen;
    }

    private List<Long> rows(String table, String field) {
        return store.query("SELECT t.sample FROM " + table + " t JOIN field f ON f.id = t.field WHERE f.name = ?",
                row -> row.key(1), field);
    }
}
