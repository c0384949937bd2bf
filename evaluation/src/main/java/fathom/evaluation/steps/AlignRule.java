package fathom.evaluation.steps;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

import fathom.evaluation.alignment.MogeAlignment;
import fathom.evaluation.alignment.WeightedL1;
import fathom.evaluation.metrics.Fit;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.Mask;

/**
 * Which alignment each kind of prediction gets, and how it is fitted. A kind that is not listed cannot be scored.
 *
 * @param methods the method for each kind
 * @param leastInverse aligned inverse depth is raised to this number before it is inverted, 1/m; NaN for the inverse of
 *            the farthest truth that counts
 * @param pixels which of the counted pixels the fit uses
 * @param undefined what happens if the fit is not defined, for example without a positive pixel
 * @param fitResolution if above 0, the fit samples columns by the factor resolution / longer side, as Marigold's option
 *            {@code alignment_max_res} does
 */
public record AlignRule(Map<DepthKind, AlignMethod> methods, double leastInverse, FitPixels pixels, Undefined undefined,
        int fitResolution) {
    /** The word for {@code leastInverse} that is the inverse of the farthest truth. */
    public static final String FARTHEST_TRUTH = "farthest-truth";

    private static final double TINY = 1e-8;
    private static final double LEAST_MEDIAN = 1e-3f;

    /**
     * Validates the numbers and copies the map.
     *
     * @throws IllegalArgumentException if the limit is not above 0 or the resolution is negative
     */
    public AlignRule {
        if (leastInverse <= 0 || leastInverse == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "least-inverse: expected a number above 0 or " + FARTHEST_TRUTH + ", found " + leastInverse);
        }
        if (fitResolution < 0) {
            throw new IllegalArgumentException("fit-resolution: expected 0 or more, found " + fitResolution);
        }
        methods = methods.isEmpty() ? Map.of() : java.util.Collections.unmodifiableMap(new EnumMap<>(methods));
    }

    /**
     * {@return a rule with one method for every kind}
     *
     * @param method the method
     */
    public AlignRule with(AlignMethod method) {
        Map<DepthKind, AlignMethod> all = new EnumMap<>(DepthKind.class);
        for (DepthKind kind : DepthKind.values()) {
            all.put(kind, method);
        }
        return new AlignRule(all, leastInverse, pixels, undefined, fitResolution);
    }

    /**
     * {@return this rule with another resolution of the fit}
     *
     * @param resolution the longest side of the maps that are fitted; 0 for the full size
     */
    public AlignRule withFitResolution(int resolution) {
        return new AlignRule(methods, leastInverse, pixels, undefined, resolution);
    }

    Members definition() {
        Members definition = Members.NONE;
        for (Map.Entry<DepthKind, AlignMethod> entry : methods.entrySet()) {
            definition = definition.with(entry.getKey().label(), entry.getValue().label());
        }
        definition = Double.isNaN(leastInverse)
                ? definition.with("least-inverse", FARTHEST_TRUTH)
                : definition.with("least-inverse", leastInverse);
        return definition.with("fit-pixels", pixels.label()).with("if-undefined", undefined.label())
                .with("fit-resolution", fitResolution);
    }

    void apply(Work work) throws UnscorableException {
        AlignMethod method = methods.get(work.kind());
        if (method == null) {
            throw new UnscorableException("this protocol has no alignment for predictions of kind "
                    + work.kind().label() + "; choose a protocol that aligns them, or correct the kind");
        }
        if (method == AlignMethod.NONE) {
            return;
        }
        boolean inverseInput = work.kind().isInverse();
        if (inverseInput && !method.isInverse()) {
            throw new UnscorableException("the alignment " + method.label()
                    + " is of depth, and the prediction is inverse depth; choose one of inverse depth");
        }
        Samples samples = samples(work, method.isLeastSquares());
        if (method == AlignMethod.WEIGHTED_SCALE || method == AlignMethod.WEIGHTED_DEPTH) {
            apply(work, method, weighted(work, method), samples);
            return;
        }
        Fitting.Line line = fit(method, samples, inverseInput, work);
        if (line.isFinite()) {
            apply(work, method, line, samples);
            return;
        }
        Undefined answer = inverseInput && undefined == Undefined.UNCHANGED ? Undefined.NO_SCORES : undefined;
        switch (answer) {
            case NO_SCORES -> throw new UnscorableException("the alignment " + method.label()
                    + " is not defined for the " + samples.p.length + " pixels that it can use");
            case UNCHANGED -> work.note("the alignment " + method.label() + " is not defined, so there is none");
            case ZERO -> apply(work, method, new Fitting.Line(0, 0), samples);
            case NAN -> apply(work, method, line, samples);
        }
    }

    /** Returns the fit of MoGe over the counted pixels with a finite prediction. */
    private static Fitting.Line weighted(Work work, AlignMethod method) throws UnscorableException {
        ScoredMaps maps = work.maps();
        Mask counted = maps.counted().and(Mask.ofFinite(maps.prediction()));
        WeightedL1.Fit fit = method == AlignMethod.WEIGHTED_SCALE
                ? MogeAlignment.scale(maps.prediction(), maps.truth(), counted)
                : MogeAlignment.scaleShift(maps.prediction(), maps.truth(), counted);
        return new Fitting.Line(fit.alignment().scale(), fit.alignment().shift());
    }

    private Fitting.Line fit(AlignMethod method, Samples samples, boolean inverseInput, Work work) {
        double[] p = samples.p;
        double[] g = samples.g;
        Fitting.Line line = switch (method) {
            case NONE -> new Fitting.Line(1, 0);
            case MEDIAN -> ratio(Fitting.median(g), Fitting.median(p));
            case LOWER_MEDIAN -> ratio(Fitting.lowerMedian(g), Math.max(Fitting.lowerMedian(p), LEAST_MEDIAN));
            case MEDIAN_OF_RATIOS -> new Fitting.Line(medianOfRatios(p, g), 0);
            case SCALE -> new Fitting.Line(Fitting.scale(p, g), 0);
            case LEAST_ABSOLUTE_SCALE -> new Fitting.Line(Fitting.leastAbsoluteScale(p, g), 0);
            case DEPTH -> linear(p, g);
            case INVERSE -> linear(inverseInput ? p : inverse(p), inverse(g));
            case LOG -> linear(log(p), log(g));
            case ROBUST_INVERSE ->
                p.length < 2 ? Fitting.Line.UNDEFINED : Fitting.huber(inverseInput ? p : inverse(p), inverse(g));
            case WEIGHTED_SCALE, WEIGHTED_DEPTH -> throw new IllegalStateException(method.label());
            case MEDIAN_DEVIATION_DEPTH -> Fitting.medianAndDeviation(p, g);
            case MEDIAN_DEVIATION_INVERSE -> Fitting.medianAndDeviation(inverseInput ? p : inverse(p), inverse(g));
        };
        return new Fitting.Line(work.rounded(line.scale()), work.rounded(line.shift()));
    }

    /** Returns the line of least squares; plumbline leaves predictions as they are if there are fewer than two pixels. */
    private Fitting.Line linear(double[] p, double[] g) {
        boolean tooFew = p.length == 0 || (undefined == Undefined.UNCHANGED && p.length < 2);
        return tooFew ? Fitting.Line.UNDEFINED : Fitting.leastSquares(p, g);
    }

    private static Fitting.Line ratio(double truth, double prediction) {
        return new Fitting.Line(truth / prediction, 0);
    }

    private static double medianOfRatios(double[] p, double[] g) {
        double[] ratios = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            ratios[i] = g[i] / Math.max(p[i], TINY);
        }
        return Fitting.median(ratios);
    }

    private static double[] inverse(double[] values) {
        double[] inverse = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            inverse[i] = 1 / Math.max(values[i], TINY);
        }
        return inverse;
    }

    private static double[] log(double[] values) {
        double[] log = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            log[i] = Math.log(Math.max(values[i], TINY));
        }
        return log;
    }

    private void apply(Work work, AlignMethod method, Fitting.Line line, Samples samples) {
        work.fitted(new Fit(line.scale(), line.shift(), method.isInverse(), samples.p.length,
                residual(method, line, samples, work.kind().isInverse())));
        boolean inverseInput = work.kind().isInverse();
        double scale = line.scale();
        double shift = line.shift();
        if (method.isInverse()) {
            double floor = Double.isNaN(leastInverse) ? 1 / samples.farthest() : leastInverse;
            work.change((values, count) -> {
                for (int i = 0; i < count; i++) {
                    double inverse = inverseInput ? values[i] : 1 / Math.max(values[i], TINY);
                    double aligned = work.rounded(work.rounded(scale * inverse) + shift);
                    values[i] = work.rounded(1 / Math.max(aligned, floor));
                }
            });
        } else if (method == AlignMethod.LOG) {
            double factor = Math.exp(shift);
            work.change((values, count) -> {
                for (int i = 0; i < count; i++) {
                    values[i] = work.rounded(factor * Math.pow(values[i], scale));
                }
            });
        } else if (work.isFloat32()) {
            work.change((values, count) -> {
                for (int i = 0; i < count; i++) {
                    values[i] = (float) ((float) (scale * values[i]) + shift);
                }
            });
        } else {
            work.change((values, count) -> {
                for (int i = 0; i < count; i++) {
                    values[i] = scale * values[i] + shift;
                }
            });
        }
    }

    private static double residual(AlignMethod method, Fitting.Line line, Samples samples, boolean inverseInput) {
        if (!method.isInverse() && method != AlignMethod.LOG) {
            return Math.sqrt(Fitting.squaredError(samples.p, samples.g, line) / samples.p.length);
        }
        double sum = 0;
        for (int i = 0; i < samples.p.length; i++) {
            double p = samples.p[i];
            double g = samples.g[i];
            double x = method == AlignMethod.LOG ? Math.log(p) : inverseInput ? p : 1 / Math.max(p, TINY);
            double y = method == AlignMethod.LOG ? Math.log(g) : 1 / g;
            double difference = line.scale() * x + line.shift() - y;
            sum += difference * difference;
        }
        return Math.sqrt(sum / samples.p.length);
    }

    private static final class Samples {
        private final double[] p;
        private final double[] g;

        Samples(double[] p, double[] g) {
            this.p = p;
            this.g = g;
        }

        double farthest() {
            double farthest = 0;
            for (double depth : g) {
                farthest = depth > farthest || Double.isNaN(depth) ? depth : farthest;
            }
            return farthest;
        }
    }

    /** Collects the pixels to fit. */
    private Samples samples(Work work, boolean finiteOnly) throws UnscorableException {
        int longest = Math.max(work.truth().height(), work.truth().width());
        Samples samples = fitResolution > 0 && fitResolution < longest
                ? sparse(work, (double) fitResolution / longest)
                : accepted(work.pixels().prediction(), work.pixels().truth(), work.pixels().count(),
                        work.kind().isInverse());
        if (finiteOnly && !Double.isFinite(Fitting.sum(samples.p))) {
            int broken = 0;
            for (double value : samples.p) {
                broken += Math.abs(value) <= Double.MAX_VALUE ? 0 : 1;
            }
            if (broken > 0) {
                throw new UnscorableException("the prediction is not finite at " + broken
                        + " of the pixels that the alignment uses, so there is no fit");
            }
        }
        return samples;
    }

    /** Returns the counted pixels of some columns of each row. */
    private Samples sparse(Work work, double factor) {
        int height = work.truth().height();
        int width = work.truth().width();
        int columns = (int) Math.floor(width * factor);
        double[] values = work.prediction();
        boolean[] counted = work.counted();
        double[] p = new double[height * columns];
        double[] g = new double[height * columns];
        int count = 0;
        for (int row = 0; row < height; row++) {
            int start = work.truth().rowStart(row);
            for (int i = 0; i < columns; i++) {
                int column = Math.min((int) Math.floor(i * (float) (1 / factor)), width - 1);
                if (counted[row * width + column]) {
                    p[count] = values[row * width + column];
                    g[count] = work.truth().array()[start + column];
                    count++;
                }
            }
        }
        return accepted(p, g, count, work.kind().isInverse());
    }

    /** Returns those of the first pixels that the fit uses. */
    private Samples accepted(double[] prediction, double[] truth, int length, boolean inverse) {
        if (pixels == FitPixels.ALL && length == prediction.length) {
            return new Samples(prediction, truth);
        }
        double[] p = new double[length];
        double[] g = new double[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (pixels.accepts(prediction[i], inverse)) {
                p[count] = prediction[i];
                g[count] = truth[i];
                count++;
            }
        }
        return new Samples(Arrays.copyOf(p, count), Arrays.copyOf(g, count));
    }

    /** Returns the sentence of the step. */
    String words() {
        StringBuilder words = new StringBuilder();
        methods.forEach((kind, method) -> words.append(words.isEmpty() ? "" : "; ").append(kind.label()).append(' ')
                .append(method.words()));
        if (methods.values().stream().anyMatch(AlignMethod::isInverse)) {
            words.append("; aligned inverse depth is at least ")
                    .append(Double.isNaN(leastInverse) ? "that of the farthest truth" : leastInverse + " 1/m");
        }
        words.append(switch (pixels) {
            case ALL -> "";
            case FINITE -> "; the fit uses finite predictions only";
            case POSITIVE -> "; the fit uses predictions above 0 only";
            case POSITIVE_INVERSE -> "; the fit uses predictions of inverse depth above 0 only";
        });
        if (fitResolution > 0) {
            words.append("; the fit samples columns to at most ").append(fitResolution);
        }
        return "Alignment by kind: " + words + ".";
    }
}
