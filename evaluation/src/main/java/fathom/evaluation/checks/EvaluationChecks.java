package fathom.evaluation.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.metrics.Scores;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * Checks of one sample for mistakes that give scores without an error. They look at some thousand pixels, so they cost a small
 * part of scoring.
 *
 * @see FindingKind
 */
public final class EvaluationChecks {
    /** The difference of the shapes that the rounding of a resized side explains. */
    private static final double ROUNDING = 0.02;
    private static final double SSIM_ROUNDING = 1e-6;

    private EvaluationChecks() {}

    /** The shape that a prediction should have. */
    public enum Shape {
        /** That of the truth: the prediction is a file for the picture. */
        OF_THE_PICTURE,
        /** Any: the prediction has the resolution of its model, which may squash pictures. */
        OF_THE_MODEL
    }

    /**
     * {@return what is probably wrong, in the order of {@link FindingKind}; empty if nothing is}
     *
     * @param truth the measured depth
     * @param prediction the prediction as it was stored, of any size
     * @param shape the shape that the prediction should have
     * @param scores the scores of the prediction; empty if there are none
     */
    public static List<Finding> of(MeasuredDepth truth, Prediction prediction, Shape shape, Optional<Scores> scores) {
        List<Finding> findings = new ArrayList<>();
        PixelGrid.Pairs pairs = PixelGrid.pairs(truth, prediction.values());
        Levels levels = Levels.of(prediction.values());
        PairChecks.dependence(pairs, prediction.kind(), levels).ifPresent(findings::add);
        LevelChecks.prediction(prediction, levels).ifPresent(findings::add);
        LevelChecks.truth(truth).ifPresent(findings::add);
        LevelChecks.wrap(prediction, levels).ifPresent(findings::add);
        PairChecks.zeros(pairs, prediction.kind()).ifPresent(findings::add);
        TruthChecks.zeros(truth, pairs, scores).ifPresent(findings::add);
        TruthChecks.undecoded(truth, pairs).ifPresent(findings::add);
        TruthChecks.largestInteger(truth, prediction).ifPresent(findings::add);
        size(truth, prediction.values(), shape).ifPresent(findings::add);
        scores.flatMap(EvaluationChecks::ssim).ifPresent(findings::add);
        scores.flatMap(found -> aligned(found, prediction.kind())).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> size(MeasuredDepth truth, Plane values, Shape shape) {
        int height = values.height();
        int width = values.width();
        if (height == truth.height() && width == truth.width()) {
            return Optional.empty();
        }
        String sizes = width + "x" + height + ", the truth " + truth.width() + "x" + truth.height();
        Map<String, Double> numbers = Map.of("predictionHeight", (double) height, "predictionWidth", (double) width,
                "truthHeight", (double) truth.height(), "truthWidth", (double) truth.width());
        double ratio = (double) height / width / ((double) truth.height() / truth.width());
        boolean isTurned = truth.height() != truth.width() && height != width
                && Math.abs((double) width / height / ((double) truth.height() / truth.width()) - 1) < ROUNDING;
        if (Math.abs(ratio - 1) < ROUNDING) {
            return shape == Shape.OF_THE_MODEL
                    ? Optional.empty()
                    : Optional.of(new Finding(FindingKind.OTHER_SIZE, Sureness.LOW, numbers,
                            "the prediction is " + sizes + ", of the same shape; it is resized"));
        }
        if (isTurned) {
            return Optional.of(new Finding(FindingKind.OTHER_SIZE, Sureness.HIGH, numbers,
                    "the prediction is " + sizes + ": one of them is turned by 90 degrees"));
        }
        return Optional.of(switch (shape) {
            case OF_THE_PICTURE -> new Finding(FindingKind.OTHER_SIZE, Sureness.HIGH, numbers, "the prediction is "
                    + sizes + ", of another shape: it is a map of another picture, or cropped or padded");
            case OF_THE_MODEL -> new Finding(FindingKind.OTHER_SIZE, Sureness.LOW, numbers, "the prediction is " + sizes
                    + ", of another shape; that is right only if the model squashes its pictures");
        });
    }

    private static Optional<Finding> ssim(Scores scores) {
        return scores.values().entrySet().stream()
                .filter(score -> score.getKey().key().contains("ssim") && score.getValue() > 1 + SSIM_ROUNDING)
                .findFirst()
                .map(score -> new Finding(FindingKind.SSIM_ABOVE_ONE, Sureness.HIGH, Map.of("ssim", score.getValue()),
                        String.format(Locale.ROOT,
                                "%s is %.4f, and it is at most 1: its windows or its data range are wrong",
                                score.getKey().title(), score.getValue())));
    }

    private static Optional<Finding> aligned(Scores scores, DepthKind kind) {
        if (kind != DepthKind.METRIC || scores.fit().isEmpty()) {
            return Optional.empty();
        }
        double scale = scores.fit().get().scale();
        double shift = scores.fit().get().shift();
        return Optional
                .of(new Finding(FindingKind.METRIC_ALIGNED, Sureness.HIGH, Map.of("scale", scale, "shift", shift),
                        String.format(Locale.ROOT,
                                "the prediction is in metres and was scored after an alignment to the truth (scale "
                                        + "%.4g, shift %.4g), so the scores do not show errors of its scale",
                                scale, shift)));
    }
}
