package fathom.evaluation.protocols;

import java.util.Optional;

import fathom.evaluation.alignment.Alignment;
import fathom.evaluation.metrics.ComparedMaps;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.GrayImage;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The metrics of the article on comparable maps: every prediction is first converted to metres, by fitting to the
 * measurement what its kind leaves unknown, and both maps are divided by the farthest measurement.
 *
 * <p>This is the protocol for comparing models of different kinds. A prediction that equals the measurement up to the
 * unknowns of its kind gets the best scores, up to the rounding to 8 bits. A model that predicts more unknowns gets more help
 * from the measurement, so the ranking between kinds has to be read with care. {@link #text()} describes the protocol
 * and its flaws for users.
 *
 * @param minInverse smallest inverse depth, 1/m, above 0; aligned inverse depth and the measurement are raised to it
 *            before they are inverted
 * @see fathom.evaluation.alignment.Alignment
 */
public record ArticleAlignedProtocol(float minInverse) implements Protocol {
    /** The default limit: a smaller inverse depth would be farther than a kilometre. */
    private static final float ONE_KILOMETRE = 1e-3f;

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public ArticleAlignedProtocol {
        if (!(minInverse > 0 && minInverse <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("minInverse: expected a number above 0, found " + minInverse);
        }
    }

    /** Creates the protocol with the limit of one kilometre. */
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
                .with("least-inverse-depth", JsonValue.of(minInverse));
        return definition("metres", "measured-and-finite").with("alignment", alignment).with("maps", Members.NONE
                .with("range", 255).with("divisor", "farthest-measurement").with("cast", "truncate-and-clamp"));
    }

    /**
     * {@return the prediction in metres, [H, W]: metric depth unchanged; scale-invariant depth by the ratio of medians;
     * affine-invariant depth and levels by least squares in depth; inverse depth by least squares in inverse depth,
     * limited to 1 km, then inverted}
     *
     * @param truth the measurement
     * @param prediction of any kind, of the same shape
     * @param counted true where there is a measurement above 0 and a finite prediction
     * @throws UnscorableException if the alignment is not possible
     */
    public Plane metres(MeasuredDepth truth, Prediction prediction, Mask counted) throws UnscorableException {
        Plane values = prediction.values();
        return switch (prediction.kind()) {
            case METRIC -> values;
            case SCALE_INVARIANT -> Alignment.median(values, truth.metres(), counted).applied(values);
            case AFFINE, LEVELS -> Alignment.leastSquares(values, truth.metres(), counted).applied(values);
            case AFFINE_INVERSE ->
                inverted(Alignment.leastSquares(values, inverted(truth.metres()), counted).applied(values));
        };
    }

    /**
     * {@return the two 8-bit maps and the pixels where both the truth and the prediction have a value}
     *
     * @param truth the measurement
     * @param prediction of any kind, of the same shape
     * @throws UnscorableException if there is no such pixel or the alignment is not possible
     */
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

    @Override
    public Optional<ScoredMaps> compared(MeasuredDepth truth, Prediction prediction, Optional<Intrinsics> intrinsics)
            throws UnscorableException {
        Mask counted = ArticleFixedProtocol.counted(truth, prediction);
        return Optional.of(new ScoredMaps(truth.metres(), metres(truth, prediction, counted), counted, Optional.empty(),
                intrinsics));
    }

    private Plane inverted(Plane values) {
        Plane inverse = Plane.allocate(values.height(), values.width());
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++) {
                inverse.array()[at++] = 1 / Math.max(values.array()[from + i], minInverse);
            }
        }
        return inverse;
    }
}
