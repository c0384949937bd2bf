package fathom.datasets.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Provenance;
import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;

/** A reader of provenances from rows. Each provenance is decoded once and cached. */
final class ProvenanceRows {
    /**
     * The columns that a query must select from the table {@code provenance}, with the alias {@code v}, for {@link
     * #read}.
     */
    static final String COLUMNS = "v.id, v.model, v.revision, v.weights, v.service, v.settings, v.preprocessing,"
            + " v.program, v.legacy";

    private final String dataset;
    private final Map<Long, Provenance> known = new HashMap<>();

    ProvenanceRows(String dataset) {
        this.dataset = dataset;
    }

    /** Reads the provenance whose {@link #COLUMNS} start at column {@code first}. */
    Provenance read(ResultSet row, int first) throws SQLException {
        long id = row.getLong(first);
        Provenance provenance = known.get(id);
        if (provenance == null) {
            provenance = new Provenance(row.getString(first + 1), row.getString(first + 2), row.getString(first + 3),
                    row.getString(first + 4), members(row.getString(first + 5), "settings", id),
                    members(row.getString(first + 6), "preprocessing", id), row.getString(first + 7),
                    row.getString(first + 8));
            known.put(id, provenance);
        }
        return provenance;
    }

    private Members members(String json, String column, long id) {
        String source = "dataset " + dataset + ", provenance " + id + ", " + column;
        try {
            if (JsonValue.parse(json, source) instanceof Members members) {
                return members;
            }
        } catch (FormatException e) {
            throw new DatasetException(Problem.CORRUPT, e.getMessage() + "; restore the index from a backup", e);
        }
        throw new DatasetException(Problem.CORRUPT,
                source + ": expected a JSON object, found " + json + "; restore the index from a backup");
    }
}
