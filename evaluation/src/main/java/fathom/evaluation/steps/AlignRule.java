package fathom.evaluation.steps;

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
        double floor = Double.isNaN(leastInverse) ? 1 / samples.farthest : leastInverse;
        boolean inverseInput = work.kind().isInverse();
        double[] values = work.prediction();
        double scale = line.scale();
        double shift = line.shift();
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            if (method.isInverse()) {
                double inverse = inverseInput ? value : 1 / Math.max(value, TINY);
                double aligned = work.rounded(work.rounded(scale * inverse) + shift);
                value = 1 / Math.max(aligned, floor);
            } else if (method == AlignMethod.LOG) {
                value = Math.exp(shift) * Math.pow(value, scale);
            } else {
                value = work.rounded(scale * value) + shift;
            }
            values[i] = work.rounded(value);
        }
        work.fitted(new Fit(scale, shift, method.isInverse(), samples.p.length,
                residual(method, line, samples, inverseInput)));
    }

    private static double residual(AlignMethod method, Fitting.Line line, Samples samples, boolean inverseInput) {
        double sum = 0;
        for (int i = 0; i < samples.p.length; i++) {
            double p = samples.p[i];
            double g = samples.g[i];
            double x = method.isInverse() && !inverseInput
                    ? 1 / Math.max(p, TINY)
                    : method == AlignMethod.LOG ? Math.log(p) : p;
            double y = method.isInverse() ? 1 / g : method == AlignMethod.LOG ? Math.log(g) : g;
            double difference = line.scale() * x + line.shift() - y;
            sum += difference * difference;
        }
        return Math.sqrt(sum / samples.p.length);
    }

    private static final class Samples {
        private final double[] p;
        private final double[] g;
        private final double farthest;

        Samples(double[] p, double[] g, double farthest) {
            this.p = p;
            this.g = g;
            this.farthest = farthest;
        }
    }

    /** Collects the pixels to fit. */
    private Samples samples(Work work, boolean finiteOnly) throws UnscorableException {
        int height = work.truth().height();
        int width = work.truth().width();
        double factor = fitResolution > 0
                ? Math.min((double) fitResolution / height, (double) fitResolution / width)
                : 1;
        int columns = factor < 1 ? (int) Math.floor(width * factor) : width;
        int capacity = factor < 1 ? height * columns : work.count();
        double[] p = new double[capacity];
        double[] g = new double[capacity];
        double farthest = 0;
        int count = 0;
        int broken = 0;
        for (int row = 0; row < height; row++) {
            int start = work.truth().rowStart(row);
            for (int i = 0; i < columns; i++) {
                int column = factor < 1 ? Math.min((int) Math.floor(i * (float) (1 / factor)), width - 1) : i;
                int at = row * width + column;
                double value = work.prediction()[at];
                if (!work.counted()[at] || !pixels.accepts(value, work.kind().isInverse())) {
                    continue;
                }
                broken += Double.isFinite(value) ? 0 : 1;
                p[count] = value;
                g[count] = work.truth().array()[start + column];
                farthest = Math.max(farthest, g[count]);
                count++;
            }
        }
        if (broken > 0 && finiteOnly) {
            throw new UnscorableException("the prediction is not finite at " + broken
                    + " of the pixels that the alignment uses, so there is no fit");
        }
        return new Samples(java.util.Arrays.copyOf(p, count), java.util.Arrays.copyOf(g, count), farthest);
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
