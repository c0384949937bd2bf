package fathom.datasets.values;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

import fathom.formats.json.JsonValue.Members;

/**
 * What made a prediction, as data. A part that is not known is empty.
 *
 * <p>{@link #hash()} identifies everything that decides the numbers: the weights (the model's name where there are no weights
 * to hash), the settings, the preprocessing and the version of a remote service. It leaves out
 * <ul>
 * <li>the program's version: each version must reproduce the same reference, so an update must not end a run;</li>
 * <li>the revision: a commit that changes only a model's page changes no number, and one that changes weights or
 * configuration changes the weights' hash or the settings;</li>
 * <li>the name and the place of a model with weights: a copy under another name gives the same numbers;</li>
 * <li>device and number of threads: they change rounding, within the tolerances that the tests state.</li>
 * </ul>
 *
 * @param model the model's name or id, such as {@code Intel/dpt-large}; not empty
 * @param revision the model's revision, such as the commit of its repository
 * @param weightsHash hash of the weights, such as {@code 6275…}
 * @param service the version of the model that a remote service ran
 * @param settings what the model ran with, such as its architecture, its options and the precision
 * @param preprocessing how a picture became the model's input
 * @param program the program and version that ran it; not part of the identity
 * @param legacy how a program that wrote schema 1 described settings and preprocessing, in words; then those two are empty
 */
public record Provenance(String model, String revision, String weightsHash, String service, Members settings,
        Members preprocessing, String program, String legacy) {
    public Provenance {
        if (model.isBlank()) {
            throw new IllegalArgumentException("model: expected the name of what made the prediction, found none");
        }
    }

    /**
     * A part of the identity in which two provenances differ.
     *
     * @param key its path, such as {@code settings.options.fov}
     * @param expected what one has, empty if it has no such part
     * @param found what the other has, empty if it has no such part
     */
    public record Difference(String key, String expected, String found) {}

    /** A provenance of which only the model is known. */
    public static Provenance of(String model) {
        return new Provenance(model, "", "", "", Members.NONE, Members.NONE, "", "");
    }

    /** Returns what decides the numbers. */
    public Members identity() {
        Members identity = Members.NONE.with("settings", settings).with("preprocessing", preprocessing);
        identity = weightsHash.isEmpty() ? identity.with("model", model) : identity.with("weights", weightsHash);
        return service.isEmpty() ? identity : identity.with("service", service);
    }

    /**
     * Returns the SHA-256 of {@link #identity()} in canonical form. It means nothing for a provenance with {@link #legacy()}
     * words, whose settings are not known as data.
     */
    public String hash() {
        return identity().sha256();
    }

    /** Returns the parts of the identity in which {@code found} differs from this, sorted by key. */
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
