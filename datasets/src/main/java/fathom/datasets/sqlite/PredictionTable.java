package fathom.datasets.sqlite;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

import fathom.datasets.files.FileErrors;
import fathom.datasets.files.MapFiles;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Failure;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.Names;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleKey;
import fathom.datasets.values.StoredPrediction;
import fathom.formats.npy.Npy;
import fathom.raster.AuxiliaryMap;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** The tables {@code prediction}, {@code auxiliary_map} and {@code failure}. The maps are in files. */
public final class PredictionTable {
    private final String dataset;
    private final Store store;
    private final FieldTable fields;
    private final NumberTable numbers;
    private final MapFiles maps;

    /**
     * Creates the access to the tables; reads nothing.
     *
     * @param dataset the name of the dataset, for messages
     * @param store the index
     * @param fields the fields of the dataset
     * @param numbers the numbers of the dataset
     * @param maps the files of the maps
     */
    public PredictionTable(String dataset, Store store, FieldTable fields, NumberTable numbers, MapFiles maps) {
        this.dataset = dataset;
        this.store = store;
        this.fields = fields;
        this.numbers = numbers;
        this.maps = maps;
    }

    /**
     * Stores a prediction. Deletes the previous one with its numbers and failures.
     *
     * @param sample the sample
     * @param field the name of the prediction field
     * @param draft the prediction
     * @return the description of the stored prediction
     */
    public Field.PredictionField store(SampleKey sample, String field, PredictionDraft draft) {
        Names.requireField(field);
        store.requireWritable();
        List<String> written = new ArrayList<>();
        try {
            String path = write(field, sample, "", draft.prediction().values(), written);
            List<StoredPlane> extra = new ArrayList<>();
            for (AuxiliaryMap map : draft.maps()) {
                int index = 0;
                for (Map.Entry<String, Plane> plane : map.components().entrySet()) {
                    String file = write(field, sample, "." + plane.getKey(), plane.getValue(), written);
                    extra.add(new StoredPlane(map, index++, file));
                }
            }
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

    /** One plane of an auxiliary map, by index from 0, in its file. */
    private record StoredPlane(AuxiliaryMap map, int plane, String path) {}

    private String write(String field, SampleKey sample, String suffix, Plane values, List<String> written) {
        try {
            String path = maps.store(field, sample.id(), suffix, values);
            written.add(path);
            return path;
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + dataset + ", sample " + sample.name() + ": storing " + field, e);
        }
    }

    private void insert(SampleKey sample, Field.PredictionField stored, List<StoredPlane> extra,
            Map<String, Double> values) {
        long field = fields.require(stored.name(), FieldType.PREDICTION);
        forget(field, sample);
        store.update("DELETE FROM failure WHERE field = ? AND sample = ?", field, sample.row());
        store.update(
                "INSERT INTO prediction (field, sample, path, height, width, kind, resampling, provenance, created)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                field, sample.row(), stored.path(), stored.height(), stored.width(), stored.kind().label(),
                stored.resampling(), provenance(stored.provenance()), stored.created().toString());
        for (StoredPlane each : extra) {
            AuxiliaryMap map = each.map();
            store.update(
                    "INSERT INTO auxiliary_map (field, sample, name, plane, path, kind, unit)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    field, sample.row(), map.name(), each.plane(), each.path(), map.kind().label(), map.unit());
        }
        if (!values.isEmpty()) {
            numbers.write(field, "", sample, values);
        }
    }

    private long provenance(Provenance made) {
        String settings = made.settings().canonical();
        String preprocessing = made.preprocessing().canonical();
        store.update(
                "INSERT OR IGNORE INTO provenance (hash, model, revision, weights, service, settings,"
                        + " preprocessing, program, legacy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                made.legacy().isEmpty() ? made.hash() : "", made.model(), made.revision(), made.weightsHash(),
                made.service(), settings, preprocessing, made.program(), made.legacy());
        return store.query(
                "SELECT id FROM provenance WHERE model = ? AND revision = ? AND weights = ?"
                        + " AND service = ? AND settings = ? AND preprocessing = ? AND program = ? AND legacy = ?",
                row -> row.key(1), made.model(), made.revision(), made.weightsHash(), made.service(), settings,
                preprocessing, made.program(), made.legacy()).getFirst();
    }

    private void forget(long field, SampleKey sample) {
        List<String> old = new ArrayList<>(store.query("SELECT path FROM prediction WHERE field = ? AND sample = ?",
                row -> row.text(1), field, sample.row()));
        old.addAll(store.query("SELECT path FROM auxiliary_map WHERE field = ? AND sample = ?", row -> row.text(1),
                field, sample.row()));
        store.update("DELETE FROM auxiliary_map WHERE field = ? AND sample = ?", field, sample.row());
        store.update("DELETE FROM prediction WHERE field = ? AND sample = ?", field, sample.row());
        store.update("DELETE FROM number WHERE sample = ? AND series IN (SELECT s.id FROM series s JOIN evaluation e"
                + " ON e.id = s.evaluation WHERE e.field = ?)", sample.row(), field);
        if (!old.isEmpty()) {
            store.afterSave(() -> maps.delete(old));
        }
    }

    /**
     * Deletes all predictions of a field, its numbers and its failures, and saves.
     *
     * @param name the name of the prediction field
     */
    public void deleteField(String name) {
        store.change(() -> {
            long field = fields.existingPrediction(name);
            List<String> old = new ArrayList<>(
                    store.query("SELECT path FROM prediction WHERE field = ?", row -> row.text(1), field));
            old.addAll(store.query("SELECT path FROM auxiliary_map WHERE field = ?", row -> row.text(1), field));
            store.update("DELETE FROM number WHERE series IN (SELECT s.id FROM series s JOIN evaluation e"
                    + " ON e.id = s.evaluation WHERE e.field = ?)", field);
            store.update("DELETE FROM series WHERE evaluation IN (SELECT id FROM evaluation WHERE field = ?)", field);
            for (String table : List.of("evaluation", "auxiliary_map", "prediction", "failure")) {
                store.update("DELETE FROM " + table + " WHERE field = ?", field);
            }
            store.update("DELETE FROM field WHERE id = ?", field);
            store.afterSave(() -> maps.delete(old));
        });
        store.save();
    }

    /**
     * Reads a prediction with its auxiliary maps, exactly as it was stored.
     *
     * @param sample the sample
     * @param field the description of the prediction
     * @return the prediction
     */
    public StoredPrediction read(SampleKey sample, Field.PredictionField field) {
        Prediction depth = readDepth(sample, field);
        List<AuxiliaryMap> extra = rows(sample, field.name()).values().stream()
                .map(row -> read(sample, field.name(), row)).toList();
        return new StoredPrediction(depth, field, extra);
    }

    /**
     * Reads the depth of a prediction only.
     *
     * @param sample the sample
     * @param field the description of the prediction
     * @return the depth, [H, W]
     */
    public Prediction readDepth(SampleKey sample, Field.PredictionField field) {
        Plane values = readPlane(sample, field.name(), field.path());
        if (values.height() != field.height() || values.width() != field.width()) {
            throw new DatasetException(Problem.MEDIA,
                    where(sample, field.name()) + field.path() + ": expected [" + field.height() + ", " + field.width()
                            + "] as stored, found [" + values.height() + ", " + values.width()
                            + "]; make the prediction again");
        }
        return new Prediction(field.kind(), values);
    }

    /**
     * Reads one auxiliary map of a prediction.
     *
     * @param sample the sample
     * @param field the name of the prediction field
     * @param name the name of the map
     * @return the map with all planes
     */
    public AuxiliaryMap readAuxiliary(SampleKey sample, String field, String name) {
        return read(sample, field, require(sample, field, name));
    }

    /**
     * Reads some planes of an auxiliary map.
     *
     * @param sample the sample
     * @param field the name of the prediction field
     * @param name the name of the map
     * @param planes the indices of the planes, from 0
     * @return the planes, [H, W] each
     */
    public List<Plane> readPlanes(SampleKey sample, String field, String name, List<Integer> planes) {
        return readPlanes(sample, field, require(sample, field, name), planes);
    }

    private MapRow require(SampleKey sample, String field, String name) {
        SequencedMap<String, MapRow> rows = rows(sample, field);
        MapRow row = rows.get(name);
        if (row == null) {
            throw new IllegalArgumentException("auxiliary map: prediction " + field + " of sample " + sample.name()
                    + " has no map " + name + Names.hint(name, rows.keySet(), "; it has depth alone"));
        }
        return row;
    }

    private AuxiliaryMap read(SampleKey sample, String field, MapRow row) {
        AuxiliaryMapField map = row.map();
        List<Integer> all = IntStream.range(0, map.kind().planes()).boxed().toList();
        return new AuxiliaryMap(map.name(), map.kind(), map.unit(), readPlanes(sample, field, row, all));
    }

    private List<Plane> readPlanes(SampleKey sample, String field, MapRow row, List<Integer> indices) {
        AuxiliaryMapField map = row.map();
        List<String> names = AuxiliaryMap.componentNames(map.name(), map.kind());
        String where = where(sample, field + "." + map.name());
        if (row.paths().size() != names.size()) {
            throw new DatasetException(Problem.CORRUPT, where + "expected " + names.size() + " planes, found "
                    + row.paths().size() + "; make the prediction again");
        }
        List<Plane> planes = new ArrayList<>();
        for (int plane : indices) {
            if (plane < 0 || plane >= names.size()) {
                throw new IllegalArgumentException(
                        "planes: expected 0 to " + (names.size() - 1) + " of " + map.name() + ", found " + plane);
            }
            Plane read = readPlane(sample, field + "." + names.get(plane), row.paths().get(plane));
            planes.add(read);
            if (read.height() != planes.getFirst().height() || read.width() != planes.getFirst().width()) {
                throw new DatasetException(Problem.MEDIA, where + "expected planes of one size, found others in "
                        + row.paths() + "; make the prediction again");
            }
        }
        return planes;
    }

    /**
     * Returns descriptions of the auxiliary maps of a prediction.
     *
     * @param sample the sample
     * @param field the name of the prediction field
     * @return the maps, sorted by name
     */
    public List<AuxiliaryMapField> auxiliaryMaps(SampleKey sample, String field) {
        return rows(sample, field).values().stream().map(MapRow::map).toList();
    }

    private String where(SampleKey sample, String what) {
        return "dataset " + dataset + ", sample " + sample.name() + ", " + what + ": ";
    }

    private Plane readPlane(SampleKey sample, String what, String path) {
        String where = where(sample, what);
        Path file = maps.resolve(path).orElseThrow(() -> new DatasetException(Problem.CORRUPT,
                where + "its index is damaged: expected the path of a map, found " + path + SqliteErrors.RESTORE));
        try {
            return Npy.readPlane(file);
        } catch (NoSuchFileException e) {
            throw new DatasetException(Problem.MEDIA, where + "its map " + path
                    + " is missing; it was replaced or deleted: load the sample again, or make the prediction again",
                    e);
        } catch (IOException e) {
            throw new DatasetException(Problem.MEDIA, where + e.getMessage() + "; make the prediction again", e);
        }
    }

    /** An auxiliary map with the files of its planes. */
    private record MapRow(AuxiliaryMapField map, List<String> paths) {}

    private SequencedMap<String, MapRow> rows(SampleKey sample, String field) {
        SequencedMap<String, MapRow> rows = new LinkedHashMap<>();
        store.query("SELECT m.name, m.kind, m.unit, m.path FROM auxiliary_map m JOIN field f ON f.id = m.field"
                + " WHERE f.name = ? AND m.sample = ? ORDER BY m.name, m.plane", row -> {
                    AuxiliaryMapField map = map(row, 1);
                    return rows.computeIfAbsent(map.name(), name -> new MapRow(map, new ArrayList<>())).paths()
                            .add(row.text(4));
                }, field, sample.row());
        return rows;
    }

    private static AuxiliaryMapField map(Cells row, int first) throws SQLException {
        return new AuxiliaryMapField(row.as(first, "the name of a map", name -> Names.requirePart("map name", name)),
                row.as(first + 1, "a kind of map", AuxiliaryMap.Kind::ofLabel), row.text(first + 2));
    }

    /**
     * Returns descriptions of the auxiliary maps of a field.
     *
     * @param field the name of the prediction field
     * @return the maps, sorted by name, by the id of the sample that has them
     */
    public Map<String, List<AuxiliaryMapField>> auxiliaryMaps(String field) {
        Map<String, List<AuxiliaryMapField>> maps = new HashMap<>();
        store.query(
                "SELECT DISTINCT s.uid, m.name, m.kind, m.unit FROM auxiliary_map m JOIN field f ON f.id = m.field"
                        + " JOIN sample s ON s.id = m.sample WHERE f.name = ? ORDER BY m.sample, m.name",
                row -> maps.computeIfAbsent(row.text(1), id -> new ArrayList<>()).add(map(row, 2)), field);
        return maps;
    }

    /**
     * Records a failure. Deletes the previous prediction.
     *
     * @param sample the sample
     * @param field the name of the prediction field
     * @param reason the message, for display
     */
    public void recordFailure(SampleKey sample, String field, String reason) {
        store.change(() -> {
            long row = fields.require(field, FieldType.PREDICTION);
            forget(row, sample);
            store.update("INSERT OR REPLACE INTO failure (field, sample, reason, at) VALUES (?, ?, ?, ?)", row,
                    sample.row(), reason, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        });
    }

    /**
     * Returns recorded failures.
     *
     * @param field the name of the prediction field; empty for all fields
     * @return the failures, in the order of fields and samples
     */
    public List<Failure> failures(String field) {
        return store.query(
                "SELECT f.name, s.uid, s.name, x.reason, x.at FROM failure x JOIN field f ON f.id = x.field"
                        + " JOIN sample s ON s.id = x.sample WHERE ? IN ('', f.name) ORDER BY f.id, s.id",
                row -> new Failure(FieldTable.fieldName(row, 1), row.text(2), row.text(3), row.text(4), row.time(5)),
                field);
    }

    /**
     * Returns the provenances of the predictions in a field.
     *
     * @param field the name of the prediction field
     * @return the number of predictions for each provenance, largest number first
     */
    public SequencedMap<Provenance, Integer> provenances(String field) {
        SequencedMap<Provenance, Integer> counts = new LinkedHashMap<>();
        ProvenanceRows provenances = new ProvenanceRows(dataset);
        store.query(
                "SELECT count(*), " + ProvenanceRows.COLUMNS + " FROM prediction p"
                        + " JOIN field f ON f.id = p.field JOIN provenance v ON v.id = p.provenance WHERE f.name = ?"
                        + " GROUP BY v.id ORDER BY count(*) DESC, v.id",
                row -> counts.put(provenances.read(row, 2), row.integer(1)), field);
        return counts;
    }

    /** Deletes the files that a killed process left without rows. */
    public void deleteOrphans() {
        try {
            maps.deleteOrphans(new HashSet<>(store.query(
                    "SELECT path FROM prediction UNION ALL SELECT path FROM auxiliary_map", row -> row.text(1))));
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + dataset + ": deleting the files that a killed process left", e);
        }
    }
}
