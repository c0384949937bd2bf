package fathom.datasets.values;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

import fathom.formats.json.JsonValue.Members;

/**
 * The origin of a prediction, as data. Unknown parts are empty.
 *
 * <p>{@link #hash()} identifies everything that determines the numbers: the weights (the model's name if there are no
 * weights to hash), the settings, the preprocessing and the version of a remote service. It does not include <ul>
 * <li>the version of the program: each version must reproduce the same reference, so an update must not stop a run from
 * resuming;</li> <li>the revision: a commit that changes only the page of a model changes no number, and a commit that
 * changes weights or configuration changes the hash of the weights or the settings;</li> <li>the name and the location
 * of a model with weights: a copy under another name gives the same numbers;</li> <li>the device and the number of
 * threads: they change rounding, within the tolerances that the tests state.</li> </ul>
 *
 * @param model the name or id of the model, such as {@code Intel/dpt-large}; not empty
 * @param revision the revision of the model, such as the commit of its repository
 * @param weightsHash the hash of the weights, such as {@code 6275…}
 * @param service the version of the model that a remote service ran
 * @param settings the settings of the model, such as its architecture, its options and the precision
 * @param preprocessing the conversion of a picture to the input of the model
 * @param program the program and version that ran the model; not part of the identity
 * @param legacy the description of settings and preprocessing that schema 1 stored as text; if present, those two are
 *            empty
 */
public record Provenance(String model, String revision, String weightsHash, String service, Members settings,
        Members preprocessing, String program, String legacy) {
    /** Checks that the model is named. */
    public Provenance {
        if (model.isBlank()) {
            throw new IllegalArgumentException(
                    "model: expected the name of the model that made the prediction, found none");
        }
    }

    /**
     * A part of the identity in which two provenances differ.
     *
     * @param key the path of the part, such as {@code settings.options.fov}
     * @param expected the first value; empty if the first provenance does not have the part
     * @param found the second value; empty if the second provenance does not have the part
     */
    public record Difference(String key, String expected, String found) {}

    /**
     * Returns a provenance of which only the model is known.
     *
     * @param model the name or id of the model; not empty
     * @return the provenance
     */
    public static Provenance of(String model) {
        return new Provenance(model, "", "", "", Members.NONE, Members.NONE, "", "");
    }

    /** {@return the parts that determine the numbers} */
    public Members identity() {
        Members identity = Members.NONE.with("settings", settings).with("preprocessing", preprocessing);
        identity = weightsHash.isEmpty() ? identity.with("model", model) : identity.with("weights", weightsHash);
        return service.isEmpty() ? identity : identity.with("service", service);
    }

    /**
     * {@return the SHA-256 of {@link #identity()} in canonical form} The hash has no meaning for a provenance with
     * {@link #legacy()} text, whose settings are not known as data.
     */
    public String hash() {
        return identity().sha256();
    }

    /**
     * Compares the identities of two provenances.
     *
     * @param found the provenance to compare with this
     * @return the parts that differ, sorted by key; empty if the identities are equal
     */
    public List<Difference> differences(Provenance found) {
        SortedMap<String, String> own = identity().flat();
        SortedMap<String, String> other = found.identity().flat();
        TreeSet<String> keys = new TreeSet<>(own.keySet());
        keys.addAll(other.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String key : keys) {
            String expected = own.getOrDefault(key, "");
            String present = other.getOrDefault(key, "");
            if (!expected.equals(present)) {
                differences.add(new Difference(key, expected, present));
            }
        }
        return differences;
    }
}
