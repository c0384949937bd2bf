package fathom.datasets.sqlite;

import java.util.List;

import fathom.datasets.values.Provenance;

/**
 * The tables of {@code index.sqlite}. A change of the tables needs a new version and a conversion from the previous one
 * ({@link FirstSchema}).
 */
public final class Schema {
    /** The mark of a Fathom index in the header of the file: "FTHM". */
    static final int APPLICATION_ID = 0x4654484D;
    /** The version of the tables below. */
    public static final int VERSION = 2;

    /** Key of the time at which the dataset was created. */
    public static final String CREATED = "created";
    /** Key of the folder that contains the media. */
    public static final String MEDIA_ROOT = "media_root";
    /** Key of the description for display. */
    public static final String DESCRIPTION = "description";

    /**
     * The origins of predictions. {@code settings} and {@code preprocessing} are canonical JSON. {@code hash} is {@link
     * Provenance#hash()}. {@code legacy} contains the text of schema 1; then {@code hash} is empty.
     */
    static final String PROVENANCE = """
            (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, model TEXT NOT NULL, revision TEXT NOT NULL,
            weights TEXT NOT NULL, service TEXT NOT NULL, settings TEXT NOT NULL, preprocessing TEXT NOT NULL,
            program TEXT NOT NULL, legacy TEXT NOT NULL,
            UNIQUE (model, revision, weights, service, settings, preprocessing, program, legacy))""";

    /** One row for each plane of a map. {@code kind} is a label of {@link fathom.raster.AuxiliaryMap.Kind}. */
    static final String AUXILIARY_MAP = """
            (field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
            name TEXT NOT NULL, plane INTEGER NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL,
            PRIMARY KEY (field, sample, name, plane)) WITHOUT ROWID""";

    /**
     * The protocols that made numbers. {@code definition} is canonical JSON and {@code hash} its SHA-256. {@code legacy}
     * contains the text of schema 1 if it matches no known definition.
     */
    static final String EVALUATION = """
            (id INTEGER PRIMARY KEY, field INTEGER NOT NULL REFERENCES field(id), protocol TEXT NOT NULL,
            truth TEXT NOT NULL, definition TEXT NOT NULL, hash TEXT NOT NULL, legacy TEXT NOT NULL,
            begun TEXT NOT NULL, UNIQUE (field, protocol))""";

    private Schema() {}

    /** Returns the tables of a version. */
    static List<String> tables(int version) {
        String further = version == FirstSchema.VERSION ? "extra_map" : "auxiliary_map";
        return List.of("fact", "sample", "tag", "attribute", "field", "measured", "provenance", "prediction", further,
                "failure", "evaluation", "series", "number");
    }

    /** The statements that create an empty index. */
    static final String[] CREATE = {"CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID", """
            CREATE TABLE sample (
                id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, rgb TEXT NOT NULL,
                height INTEGER NOT NULL, width INTEGER NOT NULL, fx REAL, fy REAL, cx REAL, cy REAL)""", """
            CREATE TABLE tag (
                sample INTEGER NOT NULL REFERENCES sample(id), place INTEGER NOT NULL, tag TEXT NOT NULL,
                PRIMARY KEY (sample, place)) WITHOUT ROWID""", """
            CREATE TABLE attribute (
                sample INTEGER NOT NULL REFERENCES sample(id), place INTEGER NOT NULL, key TEXT NOT NULL,
                value TEXT NOT NULL, PRIMARY KEY (sample, place)) WITHOUT ROWID""", """
            CREATE TABLE field (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
                type TEXT NOT NULL CHECK (type IN ('MEASURED', 'PREDICTION')))""", """
            CREATE TABLE measured (
                field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
                path TEXT NOT NULL, encoding TEXT NOT NULL, nearest REAL NOT NULL, farthest REAL NOT NULL,
                PRIMARY KEY (field, sample)) WITHOUT ROWID""", "CREATE TABLE provenance " + PROVENANCE, """
            CREATE TABLE prediction (
                field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
                path TEXT NOT NULL, height INTEGER NOT NULL, width INTEGER NOT NULL, kind TEXT NOT NULL,
                resampling TEXT NOT NULL, provenance INTEGER NOT NULL REFERENCES provenance(id),
                created TEXT NOT NULL, PRIMARY KEY (field, sample)) WITHOUT ROWID""",
            "CREATE TABLE auxiliary_map " + AUXILIARY_MAP, """
                    CREATE TABLE failure (
                        field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
                        reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (field, sample)) WITHOUT ROWID""",
            "CREATE TABLE evaluation " + EVALUATION, """
                    CREATE TABLE series (
                        id INTEGER PRIMARY KEY, evaluation INTEGER NOT NULL REFERENCES evaluation(id),
                        name TEXT NOT NULL, turn INTEGER NOT NULL, UNIQUE (evaluation, name))""", """
                    CREATE TABLE number (
                        series INTEGER NOT NULL REFERENCES series(id), sample INTEGER NOT NULL REFERENCES sample(id),
                        value REAL, PRIMARY KEY (series, sample)) WITHOUT ROWID""",};
}
