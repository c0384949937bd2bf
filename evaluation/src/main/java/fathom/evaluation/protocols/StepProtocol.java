package fathom.evaluation.protocols;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.MetricFunction;
import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.steps.AlignMethod;
import fathom.evaluation.steps.AlignRule;
import fathom.evaluation.steps.CountedPixels;
import fathom.evaluation.steps.Crop;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;
import fathom.raster.resampling.Resampling;

/**
 * A protocol as data: steps that decide what is compared, then metrics in metres.
 *
 * <p>Protocols of this kind are read from YAML ({@link ProtocolFile}); the built-in ones are resources of this package.
 * Every number that decides a result is in {@link #definition()}.
 *
 * @param name the name that users type
 * @param text the description for readers; not part of the identity
 * @param arithmetic float32 reproduces toolkits that compute with float32 arrays
 * @param thresholdIncluded whether a ratio equal to a threshold counts as within it
 * @param pooling what the mean of a dataset is taken over
 * @param steps in order
 * @param metrics in the order of table columns
 */
public record StepProtocol(String name, ProtocolText text, Arithmetic arithmetic, boolean thresholdIncluded,
        Pooling pooling, List<Step> steps, List<Metric> metrics) implements Protocol {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if there is no metric or one that needs pictures
     */
    public StepProtocol {
        steps = List.copyOf(steps);
        metrics = List.copyOf(metrics);
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics: expected at least one, found none");
        }
        for (Metric metric : metrics) {
            if (metric.function() instanceof MetricFunction.OfPictures) {
                throw new IllegalArgumentException("metrics: \"" + metric.key()
                        + "\" compares pictures of 8 bits; the protocols article-… compute it");
            }
        }
    }

    @Override
    public Quantity quantity() {
        return Quantity.METRES;
    }

    @Override
    public Members definition() {
        List<JsonValue> list = new ArrayList<>();
        steps.forEach(step -> list.add(Members.NONE.with(step.key(), step.value())));
        return Members.NONE.with("protocol", name).with("quantity", "metres").with("arithmetic", arithmetic.label())
                .with("threshold-included", thresholdIncluded).with("pooling", pooling.label())
                .with("steps", new JsonValue.Items(list))
                .with("metrics", JsonValue.ofTexts(metrics.stream().map(Metric::key).toList()));
    }

    @Override
    public Pooling pooling() {
        return pooling;
    }

    /** {@return the steps in words, one sentence each} */
    @Override
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>(steps.stream().map(Step::words).toList());
        sentences.add("Ratios count as within a threshold if they are " + (thresholdIncluded ? "at most" : "below")
                + " it, computed in " + arithmetic.label() + ".");
        sentences.add(pooling == Pooling.IMAGES
                ? "The mean of a dataset is the mean over its samples."
                : "The mean of a dataset is taken over the pixels of all samples.");
        return sentences;
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        return score(truth, prediction, ScoringContext.DEFAULT);
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction, ScoringContext context) throws UnscorableException {
        Work work = work(truth, prediction, context);
        requirePixels(work, truth);
        PixelSums sums = sums(work);
        Map<Metric, Double> values = new TreeMap<>();
        Map<Metric, String> absent = new TreeMap<>();
        for (Metric metric : metrics) {
            double value = value(metric, sums, work);
            if (Double.isNaN(value)) {
                absent.put(metric, reason(metric, work));
            } else {
                values.put(metric, value);
            }
        }
        List<String> notes = new ArrayList<>(work.notes());
        if (values.values().stream().anyMatch(value -> Double.isInfinite(value))) {
            notes.add("the prediction is not finite in " + undefined(work) + " of the " + work.count()
                    + " pixels that count, so some scores are infinite");
        }
        return new Scores(values, absent, sums.pixels(), (long) truth.height() * truth.width(), work.fit(),
                sums.logMean(), notes);
    }

    private static void requirePixels(Work work, MeasuredDepth truth) throws UnscorableException {
        if (work.count() == 0) {
            throw new UnscorableException(truth.valid().count() == 0
                    ? "no pixel has a measured depth"
                    : work.notes().isEmpty()
                            ? "no measured depth is inside the range and the crop of this protocol"
                            : String.join("; ", work.notes()));
        }
    }

    /** Returns why a metric has no number. */
    private static String reason(Metric metric, Work work) {
        if (metric.function() instanceof MetricFunction.OfMaps maps && maps.byCamera() && work.intrinsics().isEmpty()) {
            return "it needs the intrinsics of the camera, and the sample has none";
        }
        int undefined = undefined(work);
        return undefined > 0
                ? "the prediction is not finite in " + undefined + " of the " + work.count() + " pixels that count"
                : "it is not defined for these maps";
    }

    /** Returns the number of counted pixels without a finite prediction. */
    private static int undefined(Work work) {
        int undefined = 0;
        for (int i = 0; i < work.counted().length; i++) {
            undefined += work.counted()[i] && !Double.isFinite(work.prediction()[i]) ? 1 : 0;
        }
        return undefined;
    }

    @Override
    public Optional<ScoredMaps> compared(MeasuredDepth truth, Prediction prediction, Optional<Intrinsics> intrinsics)
            throws UnscorableException {
        return Optional
                .of(compared(truth, prediction, new ScoringContext(ScoringContext.DEFAULT.kernel(), intrinsics)));
    }

    /**
     * {@return both maps after all steps, with at least one pixel that counts}
     *
     * @param truth measured depth; pixels without a measurement are 0
     * @param prediction of any size
     * @param context the model's kernel and the camera
     * @throws UnscorableException if the sample has no scores
     */
    public ScoredMaps compared(MeasuredDepth truth, Prediction prediction, ScoringContext context)
            throws UnscorableException {
        Work work = work(truth, prediction, context);
        requirePixels(work, truth);
        return work.maps();
    }

    /**
     * {@return the state after all steps}
     *
     * @param truth measured depth; pixels without a measurement are 0
     * @param prediction of any size
     * @param context the model's kernel and the camera
     * @throws UnscorableException if the sample has no scores
     */
    public Work work(MeasuredDepth truth, Prediction prediction, ScoringContext context) throws UnscorableException {
        Work work = new Work(truth, prediction.values(), prediction.kind(), arithmetic, context.kernel(),
                context.intrinsics());
        for (Step step : steps) {
            step.apply(work);
        }
        if (prediction.kind().isInverse() && work.fit().isEmpty()) {
            throw new UnscorableException("the prediction is inverse depth and this protocol does not align it");
        }
        return work;
    }

    /**
     * {@return the sums that pixelwise metrics are computed from}
     *
     * @param work the state after all steps
     */
    public PixelSums sums(Work work) {
        CountedPixels pixels = work.pixels();
        return new PixelErrors(PixelErrors.thresholds(metrics), thresholdIncluded, arithmetic).sums(pixels.truth(),
                pixels.prediction(), pixels.count());
    }

    private static double value(Metric metric, PixelSums sums, Work work) {
        return switch (metric.function()) {
            case MetricFunction.Pixelwise pixelwise -> pixelwise.value().applyAsDouble(sums);
            case MetricFunction.Share share -> sums.share(share.threshold());
            case MetricFunction.OfMaps maps -> maps.value().applyAsDouble(work.maps());
            case MetricFunction.OfPictures pictures -> throw new IllegalStateException(metric.key());
        };
    }

    /**
     * {@return the kernel that resizes predictions of another size}
     *
     * @param ofModel the kernel of the model
     */
    public Resampling kernel(Resampling ofModel) {
        for (Step step : steps) {
            if (step instanceof Step.Resize resize) {
                return resize.kernel().orElse(ofModel);
            }
        }
        return ofModel;
    }

    /**
     * {@return this protocol for another range of depth: the limits of its range and of its clips are replaced}
     *
     * @param min lower end, metres
     * @param max upper end, metres
     */
    public StepProtocol withRange(double min, double max) {
        return withSteps(steps.stream().map(step -> switch (step) {
            case Step.Range range -> new Step.Range(min, max, range.minIncluded(), range.maxIncluded());
            case Step.Clip clip -> new Step.Clip(min, max, clip.notANumber());
            default -> step;
        }).toList());
    }

    /**
     * {@return this protocol with another crop, or without one}
     *
     * @param crop the crop; empty for none
     */
    public StepProtocol withCrop(Optional<Crop> crop) {
        List<Step> changed = new ArrayList<>();
        for (Step step : steps) {
            if (!(step instanceof Step.Keep)) {
                changed.add(step);
            }
            if (step instanceof Step.Range && crop.isPresent()) {
                changed.add(new Step.Keep(crop.get()));
            }
        }
        return withSteps(changed);
    }

    /**
     * {@return this protocol with one method of alignment for every kind}
     *
     * @param method the method
     */
    public StepProtocol withAlignment(AlignMethod method) {
        return withRule(rule -> rule.with(method));
    }

    /**
     * {@return this protocol with another rule of alignment}
     *
     * @param change the change of the rule
     */
    public StepProtocol withRule(java.util.function.UnaryOperator<AlignRule> change) {
        return withSteps(steps.stream()
                .map(step -> step instanceof Step.Align align ? new Step.Align(change.apply(align.rule())) : step)
                .toList());
    }

    /**
     * {@return this protocol with other steps}
     *
     * @param changed the steps
     */
    public StepProtocol withSteps(List<Step> changed) {
        return new StepProtocol(name, text, arithmetic, thresholdIncluded, pooling, changed, metrics);
    }

    /** {@return the alignment of each kind; empty if the protocol does not align} */
    public Map<DepthKind, AlignMethod> alignments() {
        Map<DepthKind, AlignMethod> methods = new EnumMap<>(DepthKind.class);
        for (Step step : steps) {
            if (step instanceof Step.Align align) {
                methods.putAll(align.rule().methods());
            }
        }
        return methods;
    }
}
