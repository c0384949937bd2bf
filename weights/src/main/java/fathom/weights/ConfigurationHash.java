package fathom.weights;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;

/**
 * SHA-256 of configuration files, for the identity of predictions: the same weights compute other values with another
 * configuration. Fields in which the authors' tools describe themselves are excluded.
 */
public final class ConfigurationHash {
    private static final Set<String> NOTES = Set.of("_name_or_path", "_commit_hash", "_diffusers_version",
            "transformers_version", "torch_dtype", "dtype");

    private ConfigurationHash() {}

    /**
     * Returns the hash of one configuration.
     *
     * @param settings the configuration
     * @return lower-case hexadecimal
     */
    public static String of(Settings settings) {
        return withoutNotes(settings).sha256();
    }

    /**
     * Returns the hash of a model's parts.
     *
     * @param parts configurations by the name of the part
     * @return lower-case hexadecimal
     */
    public static String of(Map<String, Settings> parts) {
        TreeMap<String, JsonValue> all = new TreeMap<>();
        parts.forEach((name, settings) -> all.put(name, withoutNotes(settings)));
        return new Members(all).sha256();
    }

    private static Members withoutNotes(Settings settings) {
        TreeMap<String, JsonValue> kept = new TreeMap<>(settings.toJson().values());
        kept.keySet().removeAll(NOTES);
        return new Members(kept);
    }
}
