package fathom.datasets.values;

/**
 * One number over a whole dataset.
 *
 * @param path its full path, {@code field.protocol.name}, or {@code field.name} for a number of no protocol
 * @param field the prediction field that it belongs to
 * @param protocol the protocol that made it, empty for none
 * @param name such as {@code rmse}
 * @param latest whether {@code field.name} without a protocol means this one
 * @param count samples that have it
 * @param undefined samples of those where it is NaN; they are left out of what follows
 * @param mean arithmetic mean; NaN where there is no value; infinite where a value is
 * @param standardDeviation of the values themselves (divided by their number)
 * @param min smallest value, NaN where there is none
 * @param max largest value, NaN where there is none
 */
public record NumberSummary(String path, String field, String protocol, String name, boolean latest, int count,
        int undefined, double mean, double standardDeviation, double min, double max) {
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
