package fathom.datasets.sqlite;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;

import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.Names;
import fathom.datasets.values.NumberPath;
import fathom.datasets.values.NumberSummary;
import fathom.datasets.values.SampleKey;
import fathom.formats.json.JsonValue;

/**
 * The tables {@code evaluation}, {@code series} and {@code number}: numbers of predictions. A series is one field, one
 * protocol and one name. A path without a protocol selects the series of that field and name that was written last.
 * SQLite has no NaN: a row without a value is NaN.
 */
public final class NumberTable {
    private static final String SERIES = "SELECT s.id, f.name, e.protocol, s.name FROM series s"
            + " JOIN evaluation e ON e.id = s.evaluation JOIN field f ON f.id = e.field";

    private final String dataset;
    private final Store store;
    private final FieldTable fields;

    /**
     * Creates the access to the tables; reads nothing.
     *
     * @param dataset the name of the dataset, for messages
     * @param store the index
     * @param fields the fields of the dataset
     */
    public NumberTable(String dataset, Store store, FieldTable fields) {
        this.dataset = dataset;
        this.store = store;
        this.fields = fields;
    }

    private record Series(long id, NumberPath path) {}

    /**
     * Starts an evaluation. Deletes numbers under the same protocol that were made with another truth or definition.
     *
     * @param field the name of the prediction field
     * @param protocol the name of the protocol
     * @param truth the name of the ground truth field
     * @param definition the complete protocol
     */
    public void begin(String field, String protocol, String truth, JsonValue.Members definition) {
        String hash = definition.sha256();
        store.change(() -> {
            long row = fields.existingPrediction(field);
            Optional<String> before = store
                    .query("SELECT truth || char(0) || hash FROM evaluation WHERE field = ? AND protocol = ?",
                            found -> found.text(1), row, protocol)
                    .stream().findFirst();
            long evaluation = evaluation(row, protocol);
            if (before.isPresent() && !before.get().equals(truth + "\0" + hash)) {
                store.update("DELETE FROM number WHERE series IN (SELECT id FROM series WHERE evaluation = ?)",
                        evaluation);
                store.update("DELETE FROM series WHERE evaluation = ?", evaluation);
            }
            store.update("UPDATE evaluation SET truth = ?, definition = ?, hash = ?, legacy = '', begun = ?"
                    + " WHERE id = ?", truth, definition.canonical(), hash, now(), evaluation);
        });
    }

    private long evaluation(long field, String protocol) {
        store.update("INSERT OR IGNORE INTO evaluation (field, protocol, truth, definition, hash, legacy, begun)"
                + " VALUES (?, ?, '', '', '', '', ?)", field, protocol, now());
        return store
                .query("SELECT id FROM evaluation WHERE field = ? AND protocol = ?", row -> row.key(1), field, protocol)
                .getFirst();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /**
     * Writes numbers of one sample, all or none of them.
     *
     * @param field the name of the prediction field
     * @param protocol the name of the protocol; empty for none
     * @param sample the sample
     * @param values the numbers by name; may be NaN
     * @throws IllegalArgumentException if the sample has no prediction in the field
     */
    public void set(String field, String protocol, SampleKey sample, Map<String, Double> values) {
        values.keySet().forEach(name -> Names.requirePart("number name", name));
        store.change(() -> {
            long row = fields.existingPrediction(field);
            if (store.query("SELECT 1 FROM prediction WHERE field = ? AND sample = ?", found -> 1, row, sample.row())
                    .isEmpty()) {
                throw new IllegalArgumentException("number: sample " + sample.name() + " of dataset " + dataset
                        + " has no prediction " + field + " to write it on");
            }
            write(row, protocol, sample, values);
        });
    }

    /** Writes numbers of one sample. Call it within a change. */
    void write(long field, String protocol, SampleKey sample, Map<String, Double> values) {
        long evaluation = evaluation(field, protocol);
        values.forEach(
                (name, value) -> store.update("INSERT OR REPLACE INTO number (series, sample, value) VALUES (?, ?, ?)",
                        series(field, evaluation, name), sample.row(), value.isNaN() ? null : value));
    }

    /**
     * Returns the row of the series, which is created if it does not exist, and makes it the latest of its field and
     * name.
     */
    private long series(long field, long evaluation, String name) {
        store.update("INSERT OR IGNORE INTO series (evaluation, name, turn) VALUES (?, ?, 0)", evaluation, name);
        long own = store
                .query("SELECT id FROM series WHERE evaluation = ? AND name = ?", row -> row.key(1), evaluation, name)
                .getFirst();
        String others = "SELECT s.turn FROM series s JOIN evaluation e ON e.id = s.evaluation"
                + " WHERE e.field = ? AND s.name = ? AND s.id <> ?";
        store.update(
                "UPDATE series SET turn = 1 + (SELECT coalesce(max(turn), 0) FROM (" + others + "))"
                        + " WHERE id = ? AND turn <= (SELECT coalesce(max(turn), 0) FROM (" + others + "))",
                field, name, own, own, field, name, own);
        return own;
    }

    private Series resolve(String path) {
        NumberPath parsed = NumberPath.parse(path);
        String protocol = parsed.protocol().isEmpty() ? "" : " AND e.protocol = ?";
        Object[] arguments = parsed.protocol().isEmpty()
                ? new Object[]{parsed.field(), parsed.name()}
                : new Object[]{parsed.field(), parsed.name(), parsed.protocol()};
        return find(" WHERE f.name = ? AND s.name = ?" + protocol + " ORDER BY s.turn DESC LIMIT 1", arguments).stream()
                .findFirst().orElseThrow(() -> unknown(path));
    }

    /** Reads the names of the field, the protocol and the number, in three columns. */
    private static NumberPath path(Cells row, int first) throws SQLException {
        return new NumberPath(FieldTable.fieldName(row, first), protocol(row, first + 1),
                row.as(first + 2, "the name of a number", name -> Names.requirePart("number name", name)));
    }

    private static String protocol(Cells row, int column) throws SQLException {
        return row.as(column, "the name of a protocol, or no text",
                name -> name.isEmpty() ? name : Names.requirePart("protocol name", name));
    }

    private List<Series> find(String condition, Object... arguments) {
        return store.query(SERIES + condition, row -> new Series(row.key(1), path(row, 2)), arguments);
    }

    private IllegalArgumentException unknown(String path) {
        List<String> known = new ArrayList<>();
        for (Series series : find(" ORDER BY s.id")) {
            known.add(series.path().text());
            if (!series.path().protocol().isEmpty()) {
                known.add(series.path().field() + "." + series.path().name());
            }
        }
        return new IllegalArgumentException("number: dataset " + dataset + " has no " + path
                + Names.hint(path, new HashSet<>(known), "; it has no numbers: evaluate a prediction first"));
    }

    /**
     * Returns one value per sample.
     *
     * @param path the path of the number
     * @return the values in the order of the samples; NaN if a sample does not have the number
     */
    public double[] values(String path) {
        return unboxed(store.query("SELECT n.value FROM sample s LEFT JOIN number n ON n.sample = s.id AND n.series = ?"
                + " ORDER BY s.id", row -> row.numberOrNan(1), resolve(path).id()));
    }

    /** {@return the statistics of all series: by field, then protocol, then the order of first writing} */
    public List<NumberSummary> summaries() {
        SequencedMap<Long, List<Double>> values = new LinkedHashMap<>();
        List<Series> all = find(" ORDER BY f.id, e.id, s.id");
        all.forEach(series -> values.put(series.id(), new ArrayList<>()));
        store.query("SELECT series, value FROM number ORDER BY series, sample", row -> {
            double value = row.numberOrNan(2);
            List<Double> list = values.get(row.key(1));
            return list != null && list.add(value);
        });
        Set<Long> latest = latest();
        return all.stream()
                .map(series -> NumberSummary.of(series.path(), latest.contains(series.id()),
                        unboxed(values.getOrDefault(series.id(), List.of()))))
                .filter(summary -> summary.count() > 0).toList();
    }

    /**
     * Returns the statistics of one series.
     *
     * @param path the path of the number
     * @return the statistics
     */
    public NumberSummary summary(String path) {
        Series series = resolve(path);
        double[] values = unboxed(store.query("SELECT value FROM number WHERE series = ? ORDER BY sample",
                row -> row.numberOrNan(1), series.id()));
        return NumberSummary.of(series.path(), latest().contains(series.id()), values);
    }

    private Set<Long> latest() {
        return new HashSet<>(store.query("SELECT s.id, max(s.turn) FROM series s JOIN evaluation e"
                + " ON e.id = s.evaluation GROUP BY e.field, s.name", row -> row.key(1)));
    }

    /**
     * Returns the number of one sample.
     *
     * @param sample the sample
     * @param path the path of the number
     * @return the value; empty if the sample does not have it
     */
    public OptionalDouble of(SampleKey sample, String path) {
        return store.query("SELECT value FROM number WHERE series = ? AND sample = ?", row -> row.numberOrNan(1),
                resolve(path).id(), sample.row()).stream().mapToDouble(Double::doubleValue).findFirst();
    }

    /**
     * Returns all numbers of one sample.
     *
     * @param sample the sample
     * @return the numbers by full path
     */
    public SequencedMap<String, Double> all(SampleKey sample) {
        SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        store.query("SELECT f.name, e.protocol, s.name, n.value FROM field f CROSS JOIN evaluation e ON e.field = f.id"
                + " CROSS JOIN series s ON s.evaluation = e.id CROSS JOIN number n ON n.series = s.id WHERE n.sample = ?"
                + " ORDER BY f.id, e.id, s.id", row -> numbers.put(path(row, 1).text(), row.numberOrNan(4)),
                sample.row());
        return numbers;
    }

    /** {@return the evaluations in the order in which they were started, the latest last} */
    public List<EvaluationRecord> evaluations() {
        return store.query(
                "SELECT f.name, e.protocol, e.truth, e.definition, e.hash, e.begun FROM evaluation e"
                        + " JOIN field f ON f.id = e.field WHERE e.protocol <> '' ORDER BY e.begun, e.id",
                row -> new EvaluationRecord(FieldTable.fieldName(row, 1), protocol(row, 2), row.text(3), row.text(4),
                        row.text(5), row.time(6)));
    }

    private static double[] unboxed(List<Double> values) {
        double[] array = new double[values.size()];
        Arrays.setAll(array, values::get);
        return array;
    }
}
