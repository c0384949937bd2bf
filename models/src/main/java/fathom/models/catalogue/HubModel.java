package fathom.models.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

import fathom.hub.HubReference;
import fathom.raster.DepthKind;

/**
 * A popular depth model of the Hub: the facts that are known without a download.
 *
 * @param repository its repository
 * @param aliases other identifiers, {@code owner/name}, current or former
 * @param modelType its family, usually the {@code model_type} of its configuration
 * @param backbone name of its backbone
 * @param kind kind of depth that it predicts
 * @param maxDepthMetres the largest depth that it can predict, if bounded
 * @param parameters number of weights, if published or measured
 * @param inputPolicy its preprocessing, one human-readable line
 * @param licence licence of the weights
 * @param scores scores that others published
 * @param note additional information, possibly empty
 */
public record HubModel(HubReference.Repository repository, List<String> aliases, String modelType, String backbone,
        DepthKind kind, OptionalDouble maxDepthMetres, OptionalLong parameters, String inputPolicy, Licence licence,
        List<Score> scores, String note) {
    /** Copies the collections. */
    public HubModel {
        aliases = List.copyOf(aliases);
        scores = List.copyOf(scores);
    }

    /**
     * A licence of weights.
     *
     * @param spdx SPDX identifier, or {@code LicenseRef-} with a name defined here
     * @param certain whether it was read at its source; otherwise the model's page is authoritative
     */
    public record Licence(String spdx, boolean certain) {
        /** SPDX identifiers, and the Hub's name of BSD licences, in lower case. */
        private static final Set<String> PERMISSIVE = Set.of("apache-2.0", "mit", "bsd", "bsd-2-clause", "bsd-3-clause",
                "isc", "cc0-1.0", "unlicense");

        /**
         * {@return whether everyone may use the weights for every purpose; otherwise the user is asked before the first
         * use}
         */
        public boolean isPermissive() {
            return certain && isPermissive(spdx);
        }

        /**
         * Returns whether a licence allows every use of the weights. The only list of such licences.
         *
         * @param name SPDX identifier or the Hub's name of a licence, in any case
         * @return whether it allows every use
         */
        public static boolean isPermissive(String name) {
            return PERMISSIVE.contains(name.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A published score.
     *
     * @param benchmark name of the data
     * @param measure name of the measure, with its unit
     * @param value the number as published
     * @param source the publication
     * @param certain whether it was read at its source
     */
    public record Score(String benchmark, String measure, double value, String source, boolean certain) {}

    /** {@return {@code owner/name}} */
    public String id() {
        return repository.id();
    }

    /** {@return the size of the weights as float32, bytes; they are mapped from their file} */
    public OptionalLong weightBytes() {
        return parameters.isPresent()
                ? OptionalLong.of(Math.multiplyExact(parameters.getAsLong(), Float.BYTES))
                : OptionalLong.empty();
    }
}
