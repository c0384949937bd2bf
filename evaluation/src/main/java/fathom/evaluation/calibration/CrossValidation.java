package fathom.evaluation.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The choice of a correction for the samples of one camera by k-fold cross-validation over the samples.
 *
 * <p>The samples are shuffled with a seed and split into folds. Each form is fitted to the samples of the other folds and scored
 * by AbsRel on the samples of a fold. A form is kept if it is better than no correction, and better than the forms with fewer
 * unknowns, by more than two standard errors of the paired differences: about 95 % confidence for many samples, less for few.
 * The kept form is then fitted to all samples.
 *
 * @param correction the kept correction; {@link Correction#NONE} if none helps
 * @param samples the number of samples
 * @param folds the number of folds; 0 if there were too few samples
 * @param absRel the mean AbsRel of each form on samples that it was not fitted to; empty if there were too few samples
 * @param standardError the standard error of the improvement of the kept form, or of the best form if none is kept; NaN if there
 *            were too few samples
 * @param reason why the correction is kept or not, in words
 */
public record CrossValidation(Correction correction, int samples, int folds, Map<Correction.Form, Double> absRel,
        double standardError, String reason) {
    /** The least number of samples. */
    public static final int MIN_SAMPLES = 4;

    /** A form must be better by more than this number of standard errors. */
    private static final double ERRORS = 2;

    /** Copies the map. */
    public CrossValidation {
        Map<Correction.Form, Double> ordered = new EnumMap<>(Correction.Form.class);
        ordered.putAll(absRel);
        absRel = Collections.unmodifiableMap(ordered);
    }

    /** {@return whether a correction is kept} */
    public boolean isKept() {
        return correction.form() != Correction.Form.NONE;
    }

    /**
     * Chooses a correction.
     *
     * @param samples the depths of each sample of one camera, in a fixed order
     * @param folds the number of folds, at least 2; as many as there are samples if that is fewer
     * @param seed the seed of the order of the samples
     * @return the choice
     * @throws IllegalArgumentException if there are fewer than two folds
     */
    public static CrossValidation of(List<DepthPairs> samples, int folds, long seed) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds: expected at least 2, found " + folds);
        }
        if (samples.size() < MIN_SAMPLES) {
            return new CrossValidation(Correction.NONE, samples.size(), 0, Map.of(), Double.NaN,
                    "not kept: cross-validation needs at least " + MIN_SAMPLES + " samples, found " + samples.size());
        }
        int k = Math.min(folds, samples.size());
        Map<Correction.Form, double[]> errors = errors(samples, k, seed);
        Map<Correction.Form, Double> means = new EnumMap<>(Correction.Form.class);
        errors.forEach((form, values) -> means.put(form, mean(values)));
        Correction.Form kept = Correction.Form.NONE;
        for (Correction.Form form : Correction.Form.values()) {
            if (improvement(errors, kept, form) > ERRORS * standardError(errors, kept, form)) {
                kept = form;
            }
        }
        Correction.Form judged = kept;
        if (kept == Correction.Form.NONE) {
            judged = improvement(errors, Correction.Form.SCALE, Correction.Form.LOG_AFFINE) > 0
                    ? Correction.Form.LOG_AFFINE
                    : Correction.Form.SCALE;
        }
        double gain = improvement(errors, Correction.Form.NONE, judged);
        double error = standardError(errors, Correction.Form.NONE, judged);
        String numbers = String.format(Locale.ROOT,
                "AbsRel on held-out samples %.4f instead of %.4f, better by %.4f ± %.4f", means.get(judged),
                means.get(Correction.Form.NONE), gain, error);
        return new CrossValidation(Correction.fit(kept, samples), samples.size(), k, means, error,
                kept == Correction.Form.NONE
                        ? "not kept: the best form, " + judged.label()
                                + ", does not help by more than two standard errors: " + numbers
                        : "kept: " + numbers);
    }

    /** Returns AbsRel of each sample for each form, fitted to the samples of other folds. */
    private static Map<Correction.Form, double[]> errors(List<DepthPairs> samples, int folds, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        Map<Correction.Form, double[]> errors = new EnumMap<>(Correction.Form.class);
        for (Correction.Form form : Correction.Form.values()) {
            double[] values = new double[samples.size()];
            for (int fold = 0; fold < folds; fold++) {
                List<DepthPairs> others = new ArrayList<>();
                for (int i = 0; i < order.size(); i++) {
                    if (i % folds != fold) {
                        others.add(samples.get(order.get(i)));
                    }
                }
                Correction correction = Correction.fit(form, others);
                for (int i = fold; i < order.size(); i += folds) {
                    values[order.get(i)] = samples.get(order.get(i)).absRel(correction);
                }
            }
            errors.put(form, values);
        }
        return errors;
    }

    private static double improvement(Map<Correction.Form, double[]> errors, Correction.Form from, Correction.Form to) {
        return mean(differences(errors, from, to));
    }

    private static double standardError(Map<Correction.Form, double[]> errors, Correction.Form from,
            Correction.Form to) {
        double[] differences = differences(errors, from, to);
        double mean = mean(differences);
        double sum = 0;
        for (double difference : differences) {
            sum += (difference - mean) * (difference - mean);
        }
        int n = differences.length;
        return Math.sqrt(sum / (n - 1) / n);
    }

    private static double[] differences(Map<Correction.Form, double[]> errors, Correction.Form from,
            Correction.Form to) {
        double[] before = errors.getOrDefault(from, new double[0]);
        double[] after = errors.getOrDefault(to, new double[0]);
        double[] differences = new double[before.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = before[i] - after[i];
        }
        return differences;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
