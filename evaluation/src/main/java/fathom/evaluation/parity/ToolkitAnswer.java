package fathom.evaluation.parity;

import java.util.Map;
import java.util.OptionalLong;

/** What Fathom gives where a toolkit gave a {@link ToolkitRecord}. Names of numbers are those of the record. */
public sealed interface ToolkitAnswer {
    /**
     * Numbers.
     *
     * @param metrics the metrics of the record
     * @param fit the alignment; numbers that the record lacks are not compared
     * @param count the number of counted pixels or pictures
     */
    record Numbers(Map<String, Double> metrics, Map<String, Double> fit, OptionalLong count) implements ToolkitAnswer {
        /** Copies the maps. */
        public Numbers {
            metrics = Map.copyOf(metrics);
            fit = Map.copyOf(fit);
        }

        /**
         * {@return an answer without alignment and count}
         *
         * @param metrics the metrics
         */
        public static Numbers of(Map<String, Double> metrics) {
            return new Numbers(metrics, Map.of(), OptionalLong.empty());
        }
    }

    /**
     * The toolkit raises an exception here.
     *
     * @param instead the defined answer that Fathom gives instead, as its users read it
     */
    record Raises(String instead) implements ToolkitAnswer {}

    /**
     * Fathom does not reproduce the record.
     *
     * @param reason why
     */
    record NotCovered(String reason) implements ToolkitAnswer {}
}
