package fathom.datasets.sqlite;

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
    Provenance read(Cells row, int first) throws SQLException {
        long id = row.key(first);
        Provenance provenance = known.get(id);
        if (provenance == null) {
            String model = row.as(first + 1, "the name of a model", Provenance::of).model();
            provenance = new Provenance(model, row.text(first + 2), row.text(first + 3), row.text(first + 4),
                    members(row.text(first + 5), "settings", id), members(row.text(first + 6), "preprocessing", id),
                    row.text(first + 7), row.text(first + 8));
            known.put(id, provenance);
        }
        return provenance;
    }

    private Members members(String json, String column, long id) {
        String source = "dataset " + dataset + ": its index is damaged: table provenance, column " + column
                + ", in the row with id " + id;
        try {
            if (JsonValue.parse(json, source) instanceof Members members) {
                return members;
            }
        } catch (FormatException e) {
            throw new DatasetException(Problem.CORRUPT, e.getMessage() + SqliteErrors.RESTORE, e);
        }
        throw new DatasetException(Problem.CORRUPT,
                source + ": expected a JSON object, found other JSON" + SqliteErrors.RESTORE);
    }
}
