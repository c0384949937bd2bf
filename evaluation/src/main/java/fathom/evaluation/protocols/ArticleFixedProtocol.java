package fathom.evaluation.protocols;

import fathom.evaluation.metrics.ComparedMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The comparison of the article without its faults: depth in metres, pixels without a measurement ignored, no integer
 * overflow, and near and far according to the kind of the prediction.
 *
 * <p>Each map is divided by its own maximum, so the scores do not depend on the scale of a prediction, but an outlier at
 * the maximum rescales the whole map. The protocol fits no shift; {@link ArticleAlignedProtocol} does. {@link #text()}
 * describes it for users.
 */
public record ArticleFixedProtocol() implements Protocol {
    @Override
    public String name() {
        return "article-fixed";
    }

    @Override
    public Members definition() {
        return definition("metres", "measured-and-finite").with("alignment", "none").with("maps",
                Members.NONE.with("range", 255).with("divisor", "maximum-of-each").with("cast", "truncate-and-clamp")
                        .with("inverse-depth", "range-minus-value")
                        .with("levels", "divided-by-" + DepthKind.MAX_LEVEL));
    }

    /**
     * {@return the two 8-bit maps and the pixels where both the truth and the prediction have a value}
     *
     * @param truth the measurement
     * @param prediction of any kind, of the same shape
     * @throws UnscorableException if there is no such pixel or a maximum is not above 0
     */
    public ComparedMaps maps(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        Mask counted = counted(truth, prediction);
        Plane metres = truth.metres();
        Plane values = prediction.values();
        double farthest = ArticleMap.maximum(metres, counted, "the measured depth");
        double greatest = prediction.kind() == DepthKind.LEVELS
                ? DepthKind.MAX_LEVEL
                : ArticleMap.maximum(values, counted, "the prediction");
        return new ComparedMaps(ArticleMap.clamped(metres, counted, farthest, false),
                ArticleMap.clamped(values, counted, greatest, prediction.kind().isInverse()), counted);
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        return maps(truth, prediction).scores();
    }

    /** Returns the pixels that have both a measurement and a finite prediction. */
    static Mask counted(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        truth.metres().requireSameShape("prediction", prediction.values());
        if (truth.valid().count() == 0) {
            throw new UnscorableException("the measured depth has no valid pixel");
        }
        Mask counted = truth.valid().and(prediction.valid());
        if (counted.count() == 0) {
            throw new UnscorableException("the prediction has no finite value where depth was measured");
        }
        return counted;
    }
}
