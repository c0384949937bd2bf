package fathom.evaluation.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The result of a protocol for one sample: a number, or the reason why there is none, for each metric of the protocol.
 *
 * <p>A sample without any number does not have scores; {@link UnscorableException} is thrown instead.
 *
 * @param values the numbers, in the order of {@link Metric}
 * @param absent the reason for each metric of the protocol that has no number
 * @param scoredPixels number of pixels that the pixel-wise metrics are computed over
 * @param pixels number of pixels of the image
 * @param fit the alignment of the prediction; empty if there was none
 * @param logMean mean of ln p − ln g over the scored pixels; NaN if pictures are compared
 * @param notes what a reader of the numbers has to know about this sample, such as pixels without a prediction
 * @see Metric
 */
public record Scores(Map<Metric, Double> values, Map<Metric, String> absent, long scoredPixels, long pixels,
        Optional<Fit> fit, double logMean, List<String> notes) {
    /** Copies the maps and the list. */
    public Scores {
        values = ordered(values);
        absent = ordered(absent);
        notes = List.copyOf(notes);
    }

    /**
     * {@return the number of {@code metric}, empty if it is absent}
     *
     * @param metric the metric
     */
    public OptionalDouble value(Metric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * {@return the three scores of a pair of images}
     *
     * @param scores the metrics
     * @param pixels number of pixels of the image
     * @param noWindow the reason to record if SSIM has no window
     */
    public static Scores of(ImageScores scores, long pixels, String noWindow) {
        Map<Metric, Double> values = new TreeMap<>();
        Map<Metric, String> absent = new TreeMap<>();
        values.put(Metric.RMSE, scores.rmse());
        values.put(Metric.PSNR, scores.psnr());
        if (scores.windows() > 0) {
            values.put(Metric.SSIM, scores.ssim());
        } else {
            absent.put(Metric.SSIM, noWindow);
        }
        return new Scores(values, absent, scores.pixels(), pixels, Optional.empty(), Double.NaN, List.of());
    }

    /**
     * {@return these scores with another note}
     *
     * @param note what a reader has to know
     */
    public Scores withNote(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Scores(values, absent, scoredPixels, pixels, fit, logMean, more);
    }

    private static <V> Map<Metric, V> ordered(Map<Metric, V> map) {
        Map<Metric, V> ordered = new TreeMap<>();
        ordered.putAll(map);
        return Collections.unmodifiableMap(ordered);
    }
}
