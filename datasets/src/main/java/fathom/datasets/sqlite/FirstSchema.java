package fathom.datasets.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;

/**
 * Schema 1, of Fathom 0.1 up to commit 45436cd, and its conversion to {@link Schema}. An index that is opened for
 * writing is converted in one transaction. An index that is opened for reading is not changed; it is read through
 * temporary views. Schema 1 identified auxiliary maps and protocols by their texts; all knowledge of those texts is in
 * this class.
 */
public final class FirstSchema {
    /** The version of this schema. */
    public static final int VERSION = 1;
    /** The protocols whose texts and definitions are in the folder {@code schema1} of the resources. */
    private static final List<String> PROTOCOLS = List.of("article", "article-fixed", "article-aligned", "arrays");

    /**
     * The text that describes settings and preprocessing becomes {@code legacy}. For a remote service the text starts
     * with {@code version} and 64 hexadecimal digits.
     */
    private static final String PROVENANCE = """
            SELECT id, '' AS hash, model, revision, weights,
                CASE WHEN model LIKE 'replicate:%' AND preprocessing LIKE 'version %' AND substr(preprocessing, 73, 2) = ', '
                    AND NOT substr(preprocessing, 9, 64) GLOB '*[^0-9a-f]*'
                    THEN substr(preprocessing, 9, 64) ELSE '' END AS service,
                '{}' AS settings, '{}' AS preprocessing, program, preprocessing AS legacy
            FROM main.provenance""";

    /** The maps of the models of schema 1 by name. Each plane was a map of its own. */
    private static final String AUXILIARY_MAP = """
            SELECT field, sample, CASE WHEN vector <> '' THEN vector ELSE name END AS name,
                CASE WHEN vector <> '' THEN instr('xyz', substr(name, -1)) - 1 ELSE 0 END AS plane, path,
                CASE vector WHEN 'normal' THEN 'normal' WHEN 'points' THEN 'points' ELSE
                    CASE name WHEN 'uncertainty' THEN 'uncertainty' WHEN 'mask' THEN 'mask' WHEN 'sky' THEN 'class-score'
                    ELSE 'scalar' END END AS kind,
                CASE WHEN depth = 'metric' AND (vector = 'points' OR name = 'uncertainty' OR name LIKE 'points__')
                    THEN 'm' ELSE '' END AS unit
            FROM (SELECT m.field, m.sample, m.name, m.path,
                (SELECT p.kind FROM main.prediction p WHERE p.field = m.field AND p.sample = m.sample) AS depth,
                coalesce((SELECT v.name FROM (SELECT 'normal' AS name UNION ALL SELECT 'points') v
                    WHERE m.name IN (v.name || '_x', v.name || '_y', v.name || '_z')
                    AND (SELECT count(*) FROM main.extra_map o WHERE o.field = m.field AND o.sample = m.sample
                        AND o.name IN (v.name || '_x', v.name || '_y', v.name || '_z')) = 3
                    AND NOT EXISTS (SELECT 1 FROM main.extra_map o WHERE o.field = m.field AND o.sample = m.sample
                        AND o.name = v.name)), '') AS vector
                FROM main.extra_map m)""";

    private FirstSchema() {}

    /**
     * Returns the query that replaces the text of a known protocol by its definition. The numbers stay, under the names
     * of schema 2.
     */
    private static String evaluation() {
        StringBuilder definitions = new StringBuilder();
        StringBuilder hashes = new StringBuilder();
        StringBuilder unknown = new StringBuilder();
        for (String protocol : PROTOCOLS) {
            String when = " WHEN " + quoted(resource(protocol + ".txt")) + " THEN ";
            JsonValue definition = definition(protocol);
            definitions.append(when).append(quoted(definition.canonical()));
            hashes.append(when).append(quoted(definition.sha256()));
            unknown.append(when).append("''");
        }
        return "SELECT id, field, protocol, truth, CASE definition" + definitions + " ELSE '' END AS definition,"
                + " CASE definition" + hashes + " ELSE '' END AS hash, CASE definition" + unknown
                + " ELSE definition END AS legacy, begun FROM main.evaluation";
    }

    private static JsonValue definition(String protocol) {
        String name = protocol + ".json";
        try {
            return JsonValue.parse(resource(name), name);
        } catch (FormatException e) {
            throw new IllegalStateException("damaged in the program's resources: " + e.getMessage(), e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = FirstSchema.class.getResourceAsStream("schema1/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": missing from the program's resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": cannot be read", e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * {@return the statements of the conversion, to be executed in one transaction without enforcement of foreign keys}
     */
    public static List<String> conversion() {
        return List.of("CREATE TABLE new_provenance " + Schema.PROVENANCE, "INSERT INTO new_provenance " + PROVENANCE,
                "CREATE TABLE auxiliary_map " + Schema.AUXILIARY_MAP, "INSERT INTO auxiliary_map " + AUXILIARY_MAP,
                "CREATE TABLE new_evaluation " + Schema.EVALUATION, "INSERT INTO new_evaluation " + evaluation(),
                "DROP TABLE provenance", "ALTER TABLE new_provenance RENAME TO provenance", "DROP TABLE extra_map",
                "DROP TABLE evaluation", "ALTER TABLE new_evaluation RENAME TO evaluation",
                "PRAGMA user_version = " + Schema.VERSION);
    }

    /** Converts the index completely or not at all. */
    static void convert(String dataset, Store store) {
        // Replaces tables that other tables refer to by id; the ids do not change. The references are checked at the end.
        store.execute("PRAGMA foreign_keys = OFF");
        store.execute("BEGIN IMMEDIATE");
        try {
            conversion().forEach(store::execute);
            if (!store.query("PRAGMA foreign_key_check", row -> row.text(1)).isEmpty()) {
                throw new DatasetException(Problem.CORRUPT,
                        "dataset " + dataset + ": its index has rows that refer to "
                                + "missing ones, so it cannot be converted to format " + Schema.VERSION
                                + "; restore it from a backup");
            }
            store.execute("COMMIT");
        } catch (RuntimeException e) {
            try {
                store.execute("ROLLBACK");
            } catch (DatasetException failed) {
                // If the disk is full, SQLite rolls back by itself; report the first failure.
                e.addSuppressed(failed);
            }
            throw e;
        }
        store.execute("PRAGMA foreign_keys = ON");
    }

    /** Makes the index readable as {@link Schema} without changing it. */
    static void view(Store store) {
        store.execute("PRAGMA temp_store = MEMORY");
        store.execute("CREATE TEMP VIEW provenance AS " + PROVENANCE);
        store.execute("CREATE TEMP VIEW auxiliary_map AS " + AUXILIARY_MAP);
        store.execute("CREATE TEMP VIEW evaluation AS " + evaluation());
    }
}
