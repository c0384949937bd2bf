package fathom.datasets;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

import fathom.datasets.DatasetException.Problem;
import fathom.formats.Npy;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** Stored predictions: maps in files, everything else in rows; and what failed. */
final class PredictionTable {
    private final String dataset;
    private final Store store;
    private final FieldTable fields;
    private final NumberTable numbers;
    private final MapFiles maps;

    PredictionTable(String dataset, Store store, FieldTable fields, NumberTable numbers, MapFiles maps) {
        this.dataset = dataset;
        this.store = store;
        this.fields = fields;
        this.numbers = numbers;
        this.maps = maps;
    }

    /** Stores a prediction and forgets the one that was there, with its numbers and failures. */
    Field.PredictionField store(Sample sample, String field, PredictionDraft draft) {
        Names.requireField(field);
        store.requireWritable();
        List<String> written = new ArrayList<>();
        try {
            String path = write(field, sample, "", draft.prediction().values(), written);
            SequencedMap<String, String> extra = new LinkedHashMap<>();
            draft.maps().forEach((name, map) -> extra.put(name, write(field, sample, "." + name, map, written)));
            Field.PredictionField stored = new Field.PredictionField(field, path, draft.prediction().values().height(),
                    draft.prediction().values().width(), draft.prediction().kind(), draft.resampling(),
                    draft.provenance(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
            store.change(() -> {
                insert(sample, stored, extra, draft.numbers());
                store.afterLoss(() -> maps.delete(written));
            });
            return stored;
        } catch (RuntimeException e) {
            maps.delete(written);
            throw e;
        }
    }

    private String write(String field, Sample sample, String suffix, Plane values, List<String> written) {
        try {
            String path = maps.store(field, sample.id(), suffix, values);
            written.add(path);
            return path;
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + dataset + ", sample " + sample.name() + ": storing " + field, e);
        }
    }

    private void insert(Sample sample, Field.PredictionField stored, Map<String, String> extra,
            Map<String, Double> values) {
        long field = fields.require(stored.name(), FieldType.PREDICTION);
        forget(field, sample);
        store.update("DELETE FROM failure WHERE field = ? AND sample = ?", field, sample.row());
        store.update(
                "INSERT INTO prediction (field, sample, path, height, width, kind, resampling, provenance, created)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                field, sample.row(), stored.path(), stored.height(),
                stored.width(), stored.kind().label(), stored.resampling(), provenance(stored.provenance()),
                stored.created().toString());
        extra.forEach(
                (name, path) -> store.update("INSERT INTO extra_map (field, sample, name, path) VALUES (?, ?, ?, ?)",
                        field, sample.row(), name, path));
        if (!values.isEmpty()) {
            numbers.write(field, "", sample, values);
        }
    }

    private long provenance(Provenance made) {
        Object[] parts = {made.model(), made.revision(), made.weightsHash(), made.preprocessing(), made.program()};
        store.update("INSERT OR IGNORE INTO provenance (model, revision, weights, preprocessing, program)"
                + " VALUES (?, ?, ?, ?, ?)", parts);
        return store.query("SELECT id FROM provenance WHERE model = ? AND revision = ? AND weights = ?"
                + " AND preprocessing = ? AND program = ?", row -> row.getLong(1), parts).getFirst();
    }

    private void forget(long field, Sample sample) {
        List<String> old = new ArrayList<>(store.query(
                "SELECT path FROM prediction WHERE field = ? AND sample = ?", row -> row.getString(1), field,
                sample.row()));
        old.addAll(store.query("SELECT path FROM extra_map WHERE field = ? AND sample = ?", row -> row.getString(1),
                field, sample.row()));
        store.update("DELETE FROM extra_map WHERE field = ? AND sample = ?", field, sample.row());
        store.update("DELETE FROM prediction WHERE field = ? AND sample = ?", field, sample.row());
        store.update("DELETE FROM number WHERE sample = ? AND series IN (SELECT s.id FROM series s JOIN evaluation e"
                + " ON e.id = s.evaluation WHERE e.field = ?)", sample.row(), field);
        if (!old.isEmpty()) {
            store.afterSave(() -> maps.delete(old));
        }
    }

    /** Forgets all predictions of a field, its numbers and its failures. */
    void deleteField(String name) {
        store.change(() -> {
            long field = fields.existingPrediction(name);
            List<String> old = new ArrayList<>(store.query("SELECT path FROM prediction WHERE field = ?",
                    row -> row.getString(1), field));
            old.addAll(store.query("SELECT path FROM extra_map WHERE field = ?", row -> row.getString(1), field));
            store.update("DELETE FROM number WHERE series IN (SELECT s.id FROM series s JOIN evaluation e"
                    + " ON e.id = s.evaluation WHERE e.field = ?)", field);
            store.update("DELETE FROM series WHERE evaluation IN (SELECT id FROM evaluation WHERE field = ?)", field);
            for (String table : List.of("evaluation", "extra_map", "prediction", "failure")) {
                store.update("DELETE FROM " + table + " WHERE field = ?", field);
            }
            store.update("DELETE FROM field WHERE id = ?", field);
            store.afterSave(() -> maps.delete(old));
        });
        store.save();
    }

    /** Reads a prediction with its further maps, exactly as it was stored. */
    StoredPrediction read(Sample sample, Field.PredictionField field) {
        Prediction depth = readDepth(sample, field);
        SequencedMap<String, Plane> extra = new LinkedHashMap<>();
        extraMaps(sample, field.name())
                .forEach((name, path) -> extra.put(name, readPlane(sample, field.name() + "." + name, path)));
        return new StoredPrediction(depth, field, extra);
    }

    /** Reads the depth of a prediction and nothing else. */
    Prediction readDepth(Sample sample, Field.PredictionField field) {
        Plane values = readPlane(sample, field.name(), field.path());
        if (values.height() != field.height() || values.width() != field.width()) {
            throw new DatasetException(Problem.MEDIA, where(sample, field.name()) + field.path() + ": expected ["
                    + field.height() + ", " + field.width() + "] as stored, found [" + values.height() + ", "
                    + values.width() + "]; make the prediction again");
        }
        return new Prediction(field.kind(), values);
    }

    /** Reads one further map of a prediction. */
    Plane readFurther(Sample sample, String field, String name) {
        SequencedMap<String, String> paths = extraMaps(sample, field);
        String path = paths.get(name);
        if (path == null) {
            throw new IllegalArgumentException("further map: prediction " + field + " of sample " + sample.name()
                    + " has no map " + name + Names.hint(name, paths.keySet(), "; it has depth alone"));
        }
        return readPlane(sample, field + "." + name, path);
    }

    /** Names of the further maps of a prediction, sorted. */
    SequencedSet<String> furtherMaps(Sample sample, String field) {
        return extraMaps(sample, field).sequencedKeySet();
    }

    private String where(Sample sample, String what) {
        return "dataset " + dataset + ", sample " + sample.name() + ", " + what + ": ";
    }

    private Plane readPlane(Sample sample, String what, String path) {
        String where = where(sample, what);
        try {
            return Npy.readPlane(maps.resolve(path));
        } catch (NoSuchFileException e) {
            throw new DatasetException(Problem.MEDIA, where + "its map " + path
                    + " is gone; it was replaced or deleted meanwhile: load the sample again, or make the prediction again",
                    e);
        } catch (IOException e) {
            throw new DatasetException(Problem.MEDIA, where + e.getMessage() + "; make the prediction again", e);
        }
    }

    private SequencedMap<String, String> extraMaps(Sample sample, String field) {
        SequencedMap<String, String> paths = new LinkedHashMap<>();
        store.query("SELECT m.name, m.path FROM extra_map m JOIN field f ON f.id = m.field"
                + " WHERE f.name = ? AND m.sample = ? ORDER BY m.name",
                row -> paths.put(row.getString(1), row.getString(2)),
                field, sample.row());
        return paths;
    }

    /** Names of the further maps of a field, sorted, by the id of the sample that has them. */
    Map<String, SequencedSet<String>> furtherMaps(String field) {
        Map<String, SequencedSet<String>> names = new HashMap<>();
        store.query("SELECT s.uid, m.name FROM extra_map m JOIN field f ON f.id = m.field JOIN sample s"
                + " ON s.id = m.sample WHERE f.name = ? ORDER BY m.sample, m.name",
                row -> names.computeIfAbsent(row.getString(1), id -> new LinkedHashSet<>()).add(row.getString(2)),
                field);
        return names;
    }

    void recordFailure(Sample sample, String field, String reason) {
        store.change(() -> {
            long row = fields.require(field, FieldType.PREDICTION);
            forget(row, sample);
            store.update("INSERT OR REPLACE INTO failure (field, sample, reason, at) VALUES (?, ?, ?, ?)", row,
                    sample.row(), reason, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        });
    }

    /** Failures of all fields, or of one. */
    List<Failure> failures(String field) {
        return store.query("SELECT f.name, s.uid, s.name, x.reason, x.at FROM failure x JOIN field f ON f.id = x.field"
                + " JOIN sample s ON s.id = x.sample WHERE ? IN ('', f.name) ORDER BY f.id, s.id",
                row -> new Failure(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                        Instant.parse(row.getString(5))),
                field);
    }

    /** What made the predictions of a field, with how many each made. */
    SequencedMap<Provenance, Integer> provenances(String field) {
        SequencedMap<Provenance, Integer> counts = new LinkedHashMap<>();
        store.query("SELECT v.model, v.revision, v.weights, v.preprocessing, v.program, count(*) FROM prediction p"
                + " JOIN field f ON f.id = p.field JOIN provenance v ON v.id = p.provenance WHERE f.name = ?"
                + " GROUP BY v.id ORDER BY count(*) DESC, v.id",
                row -> counts.put(new Provenance(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getString(5)), row.getInt(6)),
                field);
        return counts;
    }

    /** Removes the files that a killed process left without rows. */
    void deleteOrphans() {
        try {
            maps.deleteOrphans(new HashSet<>(store.query(
                    "SELECT path FROM prediction UNION ALL SELECT path FROM extra_map", row -> row.getString(1))));
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + dataset + ": removing what a killed process left", e);
        }
    }
}
