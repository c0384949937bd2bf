package fathom.datasets.values;

/**
 * Statistics of one number over a dataset.
 *
 * @param path the full path, {@code field.protocol.name}, or {@code field.name} for a number without a protocol
 * @param field the name of the prediction field
 * @param protocol the name of the protocol; empty for none
 * @param name the name of the number, such as {@code rmse}
 * @param latest whether {@code field.name} without a protocol selects this number
 * @param count the number of samples that have it
 * @param undefined the number of those samples whose value is NaN; these are left out of the statistics
 * @param mean the arithmetic mean; NaN if there is no value, infinite if a value is
 * @param standardDeviation the population standard deviation (the sum of squares is divided by the number of values)
 * @param min the smallest value; NaN if there is none
 * @param max the largest value; NaN if there is none
 */
public record NumberSummary(String path, String field, String protocol, String name, boolean latest, int count,
        int undefined, double mean, double standardDeviation, double min, double max) {
    /**
     * Computes the statistics.
     *
     * @param path the path of the number
     * @param latest whether the path without a protocol selects this number
     * @param values the value of each sample that has the number; may contain NaN
     * @return the statistics
     */
    public static NumberSummary of(NumberPath path, boolean latest, double[] values) {
        int undefined = 0;
        double sum = 0;
        double min = Double.NaN;
        double max = Double.NaN;
        for (double value : values) {
            if (Double.isNaN(value)) {
                undefined++;
                continue;
            }
            sum += value;
            min = Double.isNaN(min) ? value : Math.min(min, value);
            max = Double.isNaN(max) ? value : Math.max(max, value);
        }
        int defined = values.length - undefined;
        double mean = defined == 0 ? Double.NaN : sum / defined;
        double squares = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = defined == 0 ? Double.NaN : Math.sqrt(squares / defined);
        return new NumberSummary(path.text(), path.field(), path.protocol(), path.name(), latest, values.length,
                undefined, mean, deviation, min, max);
    }
}
