package fathom.evaluation.protocols;

import fathom.evaluation.alignment.Alignment;
import fathom.evaluation.metrics.ComparedMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The article's three metrics on maps that mean the same: every prediction is first brought to metres, by fitting to the
 * measurement what its kind leaves open, and both maps are divided by the farthest measurement. See {@link #text()}.
 *
 * @param leastInverse smallest inverse depth, 1/m, that aligned inverse depth and the measurement are raised to before they are
 *            inverted; above 0
 */
public record ArticleAlignedProtocol(float leastInverse) implements Protocol {
    /** Aligned inverse depth below this would be farther than a kilometre. */
    private static final float ONE_KILOMETRE = 1e-3f;

    public ArticleAlignedProtocol {
        if (!(leastInverse > 0 && leastInverse <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("leastInverse: expected a number above 0, found " + leastInverse);
        }
    }

    /** The protocol with inverse depth of at least 1/km. */
    public ArticleAlignedProtocol() {
        this(ONE_KILOMETRE);
    }

    @Override
    public String name() {
        return "article-aligned";
    }

    @Override
    public Members definition() {
        Members alignment = Members.NONE.with("metric", "none").with("scale-invariant", "ratio-of-medians")
                .with("affine-invariant", "least-squares-of-depth").with("levels", "least-squares-of-depth")
                .with("affine-invariant-inverse", "least-squares-of-inverse-depth")
                .with("least-inverse-depth", JsonValue.of(leastInverse));
        return definition("metres", "measured-and-finite").with("alignment", alignment).with("maps", Members.NONE
                .with("range", 255).with("divisor", "farthest-measurement").with("cast", "truncate-and-clamp"));
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

    private Plane inverted(Plane values) {
        Plane inverse = Plane.allocate(values.height(), values.width());
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                inverse.array()[at++] = 1 / Math.max(values.array()[from + i], leastInverse);
            }
        }
        return inverse;
    }
}
