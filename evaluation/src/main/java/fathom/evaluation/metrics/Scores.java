package fathom.evaluation.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a protocol found for one sample.
 *
 * @param values the numbers, in the order of {@link Metric}
 * @param absent why a metric of the protocol has no number here
 * @param scoredPixels pixels that the pixel-wise metrics are taken over
 * @param pixels pixels of the picture
 */
public record Scores(Map<Metric, Double> values, Map<Metric, String> absent, long scoredPixels, long pixels) {
    public Scores {
        values = ordered(values);
        absent = ordered(absent);
    }

    /** The number of {@code metric}, empty where it is absent. */
    public OptionalDouble value(Metric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Three scores of a pair of pictures; where there is none of SSIM, {@code noWindow} says why. */
    public static Scores of(ImageScores scores, long pixels, String noWindow) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        Map<Metric, String> absent = new EnumMap<>(Metric.class);
        values.put(Metric.RMSE, scores.rmse());
        values.put(Metric.PSNR, scores.psnr());
        if (scores.windows() > 0) {
            values.put(Metric.SSIM, scores.ssim());
        } else {
            absent.put(Metric.SSIM, noWindow);
        }
        return new Scores(values, absent, scores.pixels(), pixels);
    }

    private static <V> Map<Metric, V> ordered(Map<Metric, V> map) {
        Map<Metric, V> ordered = new EnumMap<>(Metric.class);
        ordered.putAll(map);
        return Collections.unmodifiableMap(ordered);
    }
}
