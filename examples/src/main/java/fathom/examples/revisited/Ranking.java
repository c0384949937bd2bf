package fathom.examples.revisited;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;

/**
 * The means of each model under one protocol.
 *
 * @param protocol the protocol
 * @param means the mean of each metric over the scenes, by model
 */
record Ranking(Protocol protocol, Map<RelativeModel, Map<Metric, Double>> means) {
    static Ranking of(Protocol protocol, List<Scene> scenes) throws UnscorableException {
        Map<RelativeModel, Map<Metric, Double>> means = new EnumMap<>(RelativeModel.class);
        for (RelativeModel model : RelativeModel.values()) {
            Map<Metric, Double> sums = new TreeMap<>();
            for (Scene scene : scenes) {
                protocol.score(scene.truth(), model.predict(scene.metres())).values()
                        .forEach((metric, value) -> sums.merge(metric, value / scenes.size(), Double::sum));
            }
            means.put(model, sums);
        }
        return new Ranking(protocol, means);
    }

    /** Returns the metric that decides: the first of the protocol. */
    Metric metric() {
        return protocol.metrics().getFirst();
    }

    /** Returns the value of the metric that decides, NaN if there is none. */
    double value(RelativeModel model) {
        return value(model, metric());
    }

    double value(RelativeModel model, Metric metric) {
        return means.getOrDefault(model, Map.of()).getOrDefault(metric, Double.NaN);
    }

    /** Returns 1 plus the number of models with a better value in the decimals of a table. */
    int rank(RelativeModel model) {
        int rank = 1;
        for (RelativeModel other : RelativeModel.values()) {
            rank += metric().isBetter(rounded(value(other)), rounded(value(model))) ? 1 : 0;
        }
        return rank;
    }

    private double rounded(double value) {
        double unit = Math.pow(10, protocol.decimals(metric()));
        return Math.round(value * unit) / unit;
    }
}
