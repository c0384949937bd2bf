package fathom.datasets.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.SampleDraft;
import fathom.datasets.values.SampleFacts;
import fathom.datasets.values.SampleKey;
import fathom.datasets.values.SampleRow;
import fathom.raster.DepthKind;
import fathom.raster.Intrinsics;

/**
 * The table {@code sample} and the tables that describe the fields of samples. Five queries load any number of samples.
 * Joins are CROSS JOINs, which SQLite runs in the order written: by field, then by sample, as the tables are keyed.
 */
public final class SampleTable {
    private static final String ONE = " AND s.id = ?";
    private static final int ID_BYTES = 8;

    private final String dataset;
    private final Store store;
    private final FieldTable fieldTable;

    /**
     * Creates the access to the tables; reads nothing.
     *
     * @param dataset the name of the dataset, for messages
     * @param store the index
     * @param fieldTable the fields of the dataset
     */
    public SampleTable(String dataset, Store store, FieldTable fieldTable) {
        this.dataset = dataset;
        this.store = store;
        this.fieldTable = fieldTable;
    }

    /** {@return the number of samples} */
    public int count() {
        return store.query("SELECT count(*) FROM sample", row -> row.getInt(1)).getFirst();
    }

    /** {@return all samples in the order in which they were added} */
    public List<SampleRow> all() {
        return load("");
    }

    /**
     * Finds a sample by its id.
     *
     * @param id the permanent id
     * @return the sample; empty if there is none
     */
    public Optional<SampleRow> byId(String id) {
        return one("SELECT id FROM sample WHERE uid = ?", id);
    }

    /**
     * Finds a sample by its name.
     *
     * @param name the name
     * @return the sample; empty if there is none
     */
    public Optional<SampleRow> byName(String name) {
        return one("SELECT id FROM sample WHERE name = ?", name);
    }

    private Optional<SampleRow> one(String sql, String argument) {
        return store.query(sql, row -> row.getLong(1), argument).stream().findFirst()
                .flatMap(row -> load(ONE, row).stream().findFirst());
    }

    private List<SampleRow> load(String condition, Object... arguments) {
        SequencedMap<Long, Loading> loading = new LinkedHashMap<>();
        ProvenanceRows provenances = new ProvenanceRows(dataset);
        store.query("SELECT s.id, s.uid, s.name, s.rgb, s.height, s.width, s.fx, s.fy, s.cx, s.cy FROM sample s WHERE 1"
                + condition + " ORDER BY s.id", row -> loading.put(row.getLong(1), Loading.of(row)), arguments);
        store.query(
                "SELECT t.sample, t.tag FROM tag t JOIN sample s ON s.id = t.sample WHERE 1" + condition
                        + " ORDER BY t.sample, t.place",
                add(loading, (sample, row) -> sample.tags.add(row.getString(2))), arguments);
        store.query(
                "SELECT a.sample, a.key, a.value FROM attribute a JOIN sample s ON s.id = a.sample WHERE 1" + condition
                        + " ORDER BY a.sample, a.place",
                add(loading, (sample, row) -> sample.attributes.put(row.getString(2), row.getString(3))), arguments);
        store.query(
                "SELECT m.sample, f.name, m.path, m.encoding, m.nearest, m.farthest FROM field f"
                        + " CROSS JOIN measured m ON m.field = f.id CROSS JOIN sample s ON s.id = m.sample WHERE 1"
                        + condition + " ORDER BY f.id, m.sample",
                add(loading, (sample, row) -> sample.put(measured(row))), arguments);
        store.query("SELECT p.sample, f.name, p.path, p.height, p.width, p.kind, p.resampling, p.created, "
                + ProvenanceRows.COLUMNS + " FROM field f CROSS JOIN prediction p ON p.field = f.id"
                + " CROSS JOIN provenance v ON v.id = p.provenance CROSS JOIN sample s ON s.id = p.sample WHERE 1"
                + condition + " ORDER BY f.id, p.sample",
                add(loading, (sample, row) -> sample.put(prediction(row, provenances))), arguments);
        List<SampleRow> samples = new ArrayList<>(loading.size());
        loading.forEach((row, sample) -> samples.add(sample.build(row)));
        return samples;
    }

    private interface Part {
        void read(Loading sample, ResultSet row) throws SQLException;
    }

    /** Ignores rows of samples that another process added after the first query. */
    private static Store.Row<Boolean> add(Map<Long, Loading> loading, Part part) {
        return row -> {
            Loading sample = loading.get(row.getLong(1));
            if (sample != null) {
                part.read(sample, row);
            }
            return sample != null;
        };
    }

    private static Field measured(ResultSet row) throws SQLException {
        return new Field.MeasuredDepthField(row.getString(2), row.getString(3), DepthEncoding.ofLabel(row.getString(4)),
                new DepthLimits(row.getDouble(5), row.getDouble(6)));
    }

    private static Field prediction(ResultSet row, ProvenanceRows provenances) throws SQLException {
        return new Field.PredictionField(row.getString(2), row.getString(3), row.getInt(4), row.getInt(5),
                DepthKind.ofLabel(row.getString(6)), row.getString(7), provenances.read(row, 9),
                Instant.parse(row.getString(8)));
    }

    /** A sample while its rows are read. */
    private static final class Loading {
        private final String id;
        private final SampleFacts facts;
        private final LinkedHashSet<String> tags = new LinkedHashSet<>();
        private final SequencedMap<String, String> attributes = new LinkedHashMap<>();
        private final SequencedMap<String, Field> fields = new LinkedHashMap<>();

        private Loading(String id, SampleFacts facts, String rgb) {
            this.id = id;
            this.facts = facts;
            put(new Field.RgbField(rgb));
        }

        static Loading of(ResultSet row) throws SQLException {
            double fx = row.getDouble(7);
            Optional<Intrinsics> camera = row.wasNull()
                    ? Optional.empty()
                    : Optional.of(new Intrinsics(fx, row.getDouble(8), row.getDouble(9), row.getDouble(10)));
            return new Loading(row.getString(2),
                    new SampleFacts(row.getString(3), row.getInt(5), row.getInt(6), camera), row.getString(4));
        }

        void put(Field field) {
            fields.put(field.name(), field);
        }

        SampleRow build(long row) {
            return new SampleRow(new SampleKey(row, id, facts.name()), facts, tags, attributes, fields);
        }
    }

    /**
     * Adds a sample.
     *
     * @param draft the sample
     * @param relative converts the path of a media file to a path relative to the media root
     * @return the sample as stored
     * @throws IllegalArgumentException if a sample of that name exists
     */
    public SampleRow add(SampleDraft draft, Function<Path, String> relative) {
        String rgb = relative.apply(draft.rgb());
        List<String> paths = draft.measured().stream().map(measured -> relative.apply(measured.path())).toList();
        Loading added = new Loading(uid(draft.name()),
                new SampleFacts(draft.name(), draft.height(), draft.width(), draft.intrinsics()), rgb);
        added.tags.addAll(draft.tags());
        added.attributes.putAll(draft.attributes());
        for (int i = 0; i < paths.size(); i++) {
            SampleDraft.Measured measured = draft.measured().get(i);
            added.put(new Field.MeasuredDepthField(measured.field(), paths.get(i), measured.encoding(),
                    measured.limits()));
        }
        AtomicLong row = new AtomicLong();
        store.change(() -> row.set(insert(draft, added.id, rgb, paths)));
        return added.build(row.get());
    }

    private long insert(SampleDraft draft, String id, String rgb, List<String> paths) {
        if (!store.query("SELECT 1 FROM sample WHERE name = ?", row -> 1, draft.name()).isEmpty()) {
            throw new IllegalArgumentException(
                    "sample name: dataset " + dataset + " has a sample " + draft.name() + " already; names are unique");
        }
        Optional<Intrinsics> camera = draft.intrinsics();
        store.update(
                "INSERT INTO sample (uid, name, rgb, height, width, fx, fy, cx, cy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id, draft.name(), rgb, draft.height(), draft.width(), camera.map(Intrinsics::fx).orElse(null),
                camera.map(Intrinsics::fy).orElse(null), camera.map(Intrinsics::cx).orElse(null),
                camera.map(Intrinsics::cy).orElse(null));
        long row = store.query("SELECT last_insert_rowid()", found -> found.getLong(1)).getFirst();
        for (int i = 0; i < paths.size(); i++) {
            SampleDraft.Measured measured = draft.measured().get(i);
            store.update(
                    "INSERT INTO measured (field, sample, path, encoding, nearest, farthest) VALUES (?, ?, ?, ?, ?, ?)",
                    fieldTable.require(measured.field(), FieldType.MEASURED), row, paths.get(i),
                    measured.encoding().label(), measured.limits().nearestMetres(), measured.limits().farthestMetres());
        }
        int place = 0;
        for (String tag : draft.tags()) {
            store.update("INSERT INTO tag (sample, place, tag) VALUES (?, ?, ?)", row, place++, tag);
        }
        place = 0;
        for (Map.Entry<String, String> entry : draft.attributes().entrySet()) {
            store.update("INSERT INTO attribute (sample, place, key, value) VALUES (?, ?, ?, ?)", row, place++,
                    entry.getKey(), entry.getValue());
        }
        return row;
    }

    /** Returns the first 64 bits of the SHA-256 of the name, so that the same scene has the same id in every dataset. */
    private static String uid(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
