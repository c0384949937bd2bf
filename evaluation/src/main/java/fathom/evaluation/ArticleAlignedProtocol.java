package fathom.evaluation;

import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The article's three metrics on maps that mean the same: every prediction is first brought to metres, by fitting to the
 * measurement what its kind leaves open, and both maps are divided by the farthest measurement. See {@link #text()}.
 */
public record ArticleAlignedProtocol() implements Protocol {
    /** Aligned inverse depth below this would be farther than a kilometre. */
    private static final float LEAST_INVERSE = 1e-3f;

    @Override
    public String name() {
        return "article-aligned";
    }

    /**
     * The prediction in metres, [H, W]: metric depth as it is; scale-invariant depth by the ratio of medians; affine-invariant
     * depth and levels by least squares in depth; inverse depth by least squares in inverse depth, not below 1/km, then inverted.
     *
     * @param counted where there is a measurement above 0 and a finite prediction
     */
    public Plane metres(MeasuredDepth truth, Prediction prediction, Mask counted) throws UnscorableException {
        Plane values = prediction.values();
        return switch (prediction.kind()) {
            case METRIC -> values;
            case SCALE_INVARIANT -> Alignment.median(values, truth.metres(), counted).applied(values);
            case AFFINE, LEVELS -> Alignment.leastSquares(values, truth.metres(), counted).applied(values);
            case AFFINE_INVERSE -> inverted(
                    Alignment.leastSquares(values, inverted(truth.metres()), counted).applied(values));
        };
    }

    /** The two 8-bit maps, and where both the truth and the prediction have a value. */
    public ComparedMaps maps(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        Mask counted = ArticleFixedProtocol.counted(truth, prediction);
        Plane metres = metres(truth, prediction, counted);
        double farthest = ArticleMap.maximum(truth.metres(), counted, "the measured depth");
        GrayImage truthMap = ArticleMap.clamped(truth.metres(), counted, farthest, false);
        GrayImage predictionMap = ArticleMap.clamped(metres, counted, farthest, false);
        return new ComparedMaps(truthMap, predictionMap, counted);
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        return maps(truth, prediction).scores();
    }

    private static Plane inverted(Plane values) {
        Plane inverse = Plane.allocate(values.height(), values.width());
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                inverse.array()[at++] = 1 / Math.max(values.array()[from + i], LEAST_INVERSE);
            }
        }
        return inverse;
    }
}
