package fathom.workbench.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

import fathom.evaluation.metrics.Scores;
import fathom.evaluation.protocols.Pooling;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.StepProtocol;

/** The numbers that are stored with a sample: its metrics, what they are computed over, and the alignment. */
final class ScoreNumbers {
    /** The number of pixels that the metrics are computed over. */
    static final String PIXELS = "pixels";
    /** The mean of ln p − ln g; stored under protocols that pool pixels. */
    static final String LOG_MEAN = "log_mean";

    private ScoreNumbers() {}

    /** Returns the numbers of a sample; NaN for a metric without a number. */
    static Map<String, Double> of(Protocol protocol, Scores scores) {
        Map<String, Double> numbers = none(protocol);
        scores.values().forEach((metric, value) -> numbers.put(metric.key(), value));
        if (protocol instanceof StepProtocol) {
            numbers.put(PIXELS, (double) scores.scoredPixels());
            scores.fit().ifPresent(fit -> {
                numbers.put("scale", fit.scale());
                numbers.put("shift", fit.shift());
                numbers.put("fit_pixels", (double) fit.pixels());
                numbers.put("fit_residual", fit.residual());
            });
        }
        if (protocol.pooling() == Pooling.PIXELS) {
            numbers.put(LOG_MEAN, scores.logMean());
        }
        return numbers;
    }

    /** Returns NaN for each metric: a sample that was tried and has no scores. */
    static Map<String, Double> none(Protocol protocol) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        protocol.metrics().forEach(metric -> numbers.put(metric.key(), Double.NaN));
        return numbers;
    }
}
