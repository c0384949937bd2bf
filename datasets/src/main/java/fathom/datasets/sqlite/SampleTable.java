package fathom.datasets.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
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
import java.util.regex.Pattern;

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
    /** The form of an id, which is part of file names. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

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
        return store.query("SELECT count(*) FROM sample", row -> row.integer(1)).getFirst();
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
        return store.query(sql, row -> row.key(1), argument).stream().findFirst()
                .flatMap(row -> load(ONE, row).stream().findFirst());
    }

    private List<SampleRow> load(String condition, Object... arguments) {
        return store.snapshot(() -> loaded(condition, arguments));
    }

    private List<SampleRow> loaded(String condition, Object... arguments) {
        SequencedMap<Long, Loading> loading = new LinkedHashMap<>();
        ProvenanceRows provenances = new ProvenanceRows(dataset);
        store.query("SELECT s.id, s.uid, s.name, s.rgb, s.height, s.width, s.fx, s.fy, s.cx, s.cy FROM sample s WHERE 1"
                + condition + " ORDER BY s.id", row -> loading.put(row.key(1), Loading.of(row)), arguments);
        String of = condition.replace("s.id", "t.sample");
        store.query("SELECT t.sample, t.tag FROM tag t WHERE 1" + of + " ORDER BY t.sample, t.place",
                add(loading, (sample, row) -> sample.tags.add(row.text(2))), arguments);
        store.query("SELECT t.sample, t.key, t.value FROM attribute t WHERE 1" + of + " ORDER BY t.sample, t.place",
                add(loading, (sample, row) -> sample.attributes.put(row.text(2), row.text(3))), arguments);
        store.query(
                "SELECT t.sample, f.name, t.path, t.encoding, t.nearest, t.farthest FROM field f"
                        + " CROSS JOIN measured t ON t.field = f.id WHERE 1" + of + " ORDER BY f.id, t.sample",
                add(loading, (sample, row) -> sample.put(measured(row))), arguments);
        store.query(
                "SELECT t.sample, f.name, t.path, t.height, t.width, t.kind, t.resampling, t.created, "
                        + ProvenanceRows.COLUMNS + " FROM field f CROSS JOIN prediction t ON t.field = f.id"
                        + " LEFT JOIN provenance v ON v.id = t.provenance WHERE 1" + of + " ORDER BY f.id, t.sample",
                add(loading, (sample, row) -> sample.put(prediction(row, provenances))), arguments);
        List<SampleRow> samples = new ArrayList<>(loading.size());
        loading.forEach((row, sample) -> samples.add(sample.build(row)));
        return samples;
    }

    private interface Part {
        void read(Loading sample, Cells row) throws SQLException;
    }

    private static Store.Row<Boolean> add(Map<Long, Loading> loading, Part part) {
        return row -> {
            Loading sample = loading.get(row.key(1));
            if (sample == null) {
                throw row.wrong(1, "the id of a row of the table sample");
            }
            part.read(sample, row);
            return true;
        };
    }

    private static Field measured(Cells row) throws SQLException {
        DepthEncoding encoding = row.as(4, "an encoding of depth", DepthEncoding::ofLabel);
        double nearest = row.number(5);
        double farthest = row.number(6);
        if (!(nearest >= 0)) {
            throw row.wrong(5, "a depth of at least 0");
        }
        if (!(farthest > nearest)) {
            throw row.wrong(6, "a depth above " + nearest);
        }
        return new Field.MeasuredDepthField(FieldTable.fieldName(row, 2), row.text(3), encoding,
                new DepthLimits(nearest, farthest));
    }

    private static Field prediction(Cells row, ProvenanceRows provenances) throws SQLException {
        return new Field.PredictionField(FieldTable.fieldName(row, 2), row.text(3), row.side(4), row.side(5),
                row.as(6, "a kind of depth", DepthKind::ofLabel), row.text(7), provenances.read(row, 9), row.time(8));
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

        static Loading of(Cells row) throws SQLException {
            String id = row.as(2, "16 hexadecimal digits", Loading::requireId);
            String name = row.as(3, "the name of a sample", SampleDraft::requireName);
            return new Loading(id, new SampleFacts(name, row.side(5), row.side(6), camera(row)), row.text(4));
        }

        private static String requireId(String id) {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("id: expected 16 hexadecimal digits, found \"" + id + "\"");
            }
            return id;
        }

        private static Optional<Intrinsics> camera(Cells row) throws SQLException {
            if (row.isNull(7)) {
                return Optional.empty();
            }
            double fx = row.number(7);
            double fy = row.number(8);
            double cx = row.number(9);
            double cy = row.number(10);
            try {
                return Optional.of(new Intrinsics(fx, fy, cx, cy));
            } catch (IllegalArgumentException e) {
                throw row.wrong(7, "a camera in the columns fx, fy, cx and cy (" + e.getMessage() + ")");
            }
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
        long row = store.query("SELECT last_insert_rowid()", found -> found.key(1)).getFirst();
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
