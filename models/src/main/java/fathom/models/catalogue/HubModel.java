package fathom.models.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

import fathom.hub.HubReference;
import fathom.raster.DepthKind;

/**
 * A depth model that people use from the hub, as far as it is known without downloading it.
 *
 * @param repository where it is
 * @param aliases other identifiers, {@code owner/name}, that it had or has
 * @param modelType its family, mostly the {@code model_type} of its configuration
 * @param backbone what computes its features
 * @param kind what its numbers mean
 * @param maxDepthMetres the largest depth that it can give, where it is bounded
 * @param parameters number of weights, where it is published or measured
 * @param inputPolicy how a picture is brought to its input, one line for people
 * @param licence of the weights
 * @param scores what others published about it
 * @param note what else to know, possibly empty
 */
public record HubModel(HubReference.Repository repository, List<String> aliases, String modelType, String backbone,
        DepthKind kind,
        OptionalDouble maxDepthMetres, OptionalLong parameters, String inputPolicy, Licence licence, List<Score> scores,
        String note) {
    public HubModel {
        aliases = List.copyOf(aliases);
        scores = List.copyOf(scores);
    }

    /**
     * A licence of weights.
     *
     * @param spdx SPDX identifier, or {@code LicenseRef-} with a name of ours
     * @param certain whether it was read at its source; else the model's page has the last word
     */
    public record Licence(String spdx, boolean certain) {
        /** SPDX identifiers, and the name that the hub has for BSD licences, in lower case. */
        private static final Set<String> PERMISSIVE = Set.of("apache-2.0", "mit", "bsd", "bsd-2-clause", "bsd-3-clause",
                "isc", "cc0-1.0", "unlicense");

        /** Whether everyone may use the weights for everything; else a person is asked before the first use. */
        public boolean isPermissive() {
            return certain && isPermissive(spdx);
        }

        /**
         * Returns whether a licence allows every use of the weights. The only list of such licences.
         *
         * @param name SPDX identifier or the hub's name of a licence, in any case
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
     * @param source who published it
     * @param certain whether it was read at its source
     */
    public record Score(String benchmark, String measure, double value, String source, boolean certain) {}

    /** {@code owner/name}. */
    public String id() {
        return repository.id();
    }

    /** Bytes that the weights take as float32, mapped from their file. */
    public OptionalLong weightBytes() {
        return parameters.isPresent()
                ? OptionalLong.of(Math.multiplyExact(parameters.getAsLong(), Float.BYTES))
                : OptionalLong.empty();
    }
}
