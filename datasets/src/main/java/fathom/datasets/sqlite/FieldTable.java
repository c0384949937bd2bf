package fathom.datasets.sqlite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private Optional<Row> find(String name) {
        return store
                .query("SELECT id, name, type FROM field WHERE name = ?",
                        row -> new Row(row.getLong(1), row.getString(2), FieldType.valueOf(row.getString(3))), name)
                .stream().findFirst();
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
        return store.query("SELECT name FROM field ORDER BY id", row -> row.getString(1));
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
        int samples = store.query("SELECT count(*) FROM sample", row -> row.getInt(1)).getFirst();
        List<FieldSummary> summaries = new ArrayList<>();
        summaries.add(new FieldSummary("rgb", FieldType.RGB, samples, 0, 0));
        Map<Long, Integer> done = new HashMap<>(counts("measured"));
        done.putAll(counts("prediction"));
        Map<Long, Integer> failed = counts("failure");
        summaries.addAll(store.query("SELECT id, name, type FROM field ORDER BY type, id", row -> {
            int finished = done.getOrDefault(row.getLong(1), 0);
            int failures = failed.getOrDefault(row.getLong(1), 0);
            return new FieldSummary(row.getString(2), FieldType.valueOf(row.getString(3)), finished, failures,
                    samples - finished - failures);
        }));
        return summaries;
    }

    private Map<Long, Integer> counts(String table) {
        Map<Long, Integer> counts = new HashMap<>();
        store.query("SELECT field, count(*) FROM " + table + " GROUP BY field",
                row -> counts.put(row.getLong(1), row.getInt(2)));
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
        for (long row : store.query("SELECT id FROM sample", found -> found.getLong(1))) {
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
                row -> row.getLong(1), field);
    }
}
