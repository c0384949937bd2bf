package fathom.datasets.sqlite;

import fathom.datasets.values.Provenance;

/** The tables of {@code index.sqlite}. A change of them is a new version and a step from the one before ({@link FirstSchema}). */
public final class Schema {
    /** Marks the file as ours: "FTHM". */
    static final int APPLICATION_ID = 0x4654484D;
    /** Version of the tables below. */
    public static final int VERSION = 2;

    /** Facts about the dataset itself. */
    public static final String CREATED = "created";
    /** Key of the folder under which the media lie. */
    public static final String MEDIA_ROOT = "media_root";
    /** Key of the line for people. */
    public static final String DESCRIPTION = "description";

    /**
     * What made predictions. {@code settings} and {@code preprocessing} are canonical JSON, {@code hash} that of
     * {@link Provenance#hash()}; {@code legacy} holds the words of schema 1, with which the hash is empty.
     */
    static final String PROVENANCE = """
            (id INTEGER PRIMARY KEY, hash TEXT NOT NULL, model TEXT NOT NULL, revision TEXT NOT NULL,
            weights TEXT NOT NULL, service TEXT NOT NULL, settings TEXT NOT NULL, preprocessing TEXT NOT NULL,
            program TEXT NOT NULL, legacy TEXT NOT NULL,
            UNIQUE (model, revision, weights, service, settings, preprocessing, program, legacy))""";

    /** One row for each plane of a map; {@code kind} is a label of {@link fathom.raster.AuxiliaryMap.Kind}. */
    static final String AUXILIARY_MAP = """
            (field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
            name TEXT NOT NULL, plane INTEGER NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL,
            PRIMARY KEY (field, sample, name, plane)) WITHOUT ROWID""";

    /**
     * What made numbers. {@code definition} is canonical JSON and {@code hash} its SHA-256; {@code legacy} holds the words of
     * schema 1 where they are those of no known definition.
     */
    static final String EVALUATION = """
            (id INTEGER PRIMARY KEY, field INTEGER NOT NULL REFERENCES field(id), protocol TEXT NOT NULL,
            truth TEXT NOT NULL, definition TEXT NOT NULL, hash TEXT NOT NULL, legacy TEXT NOT NULL,
            begun TEXT NOT NULL, UNIQUE (field, protocol))""";

    private Schema() {}

    /** The statements that make an empty index. */
    static final String[] CREATE = {
            "CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            """
                    CREATE TABLE sample (
                        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE, rgb TEXT NOT NULL,
                        height INTEGER NOT NULL, width INTEGER NOT NULL, fx REAL, fy REAL, cx REAL, cy REAL)""",
            """
                    CREATE TABLE tag (
                        sample INTEGER NOT NULL REFERENCES sample(id), place INTEGER NOT NULL, tag TEXT NOT NULL,
                        PRIMARY KEY (sample, place)) WITHOUT ROWID""",
            """
                    CREATE TABLE attribute (
                        sample INTEGER NOT NULL REFERENCES sample(id), place INTEGER NOT NULL, key TEXT NOT NULL,
                        value TEXT NOT NULL, PRIMARY KEY (sample, place)) WITHOUT ROWID""",
            """
                    CREATE TABLE field (
                        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
                        type TEXT NOT NULL CHECK (type IN ('MEASURED', 'PREDICTION')))""",
            """
                    CREATE TABLE measured (
                        field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
                        path TEXT NOT NULL, encoding TEXT NOT NULL, nearest REAL NOT NULL, farthest REAL NOT NULL,
                        PRIMARY KEY (field, sample)) WITHOUT ROWID""",
            "CREATE TABLE provenance " + PROVENANCE,
            """
                    CREATE TABLE prediction (
                        field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
                        path TEXT NOT NULL, height INTEGER NOT NULL, width INTEGER NOT NULL, kind TEXT NOT NULL,
                        resampling TEXT NOT NULL, provenance INTEGER NOT NULL REFERENCES provenance(id),
                        created TEXT NOT NULL, PRIMARY KEY (field, sample)) WITHOUT ROWID""",
            "CREATE TABLE auxiliary_map " + AUXILIARY_MAP,
            """
                    CREATE TABLE failure (
                        field INTEGER NOT NULL REFERENCES field(id), sample INTEGER NOT NULL REFERENCES sample(id),
                        reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (field, sample)) WITHOUT ROWID""",
            "CREATE TABLE evaluation " + EVALUATION,
            """
                    CREATE TABLE series (
                        id INTEGER PRIMARY KEY, evaluation INTEGER NOT NULL REFERENCES evaluation(id),
                        name TEXT NOT NULL, turn INTEGER NOT NULL, UNIQUE (evaluation, name))""",
            """
                    CREATE TABLE number (
                        series INTEGER NOT NULL REFERENCES series(id), sample INTEGER NOT NULL REFERENCES sample(id),
                        value REAL, PRIMARY KEY (series, sample)) WITHOUT ROWID""",
    };
}
