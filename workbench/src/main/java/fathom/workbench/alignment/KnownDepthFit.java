package fathom.workbench.alignment;

import java.util.Locale;

import fathom.evaluation.alignment.Alignment;
import fathom.evaluation.alignment.RobustFit;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The alignment of one prediction to known depths.
 *
 * @param source the file of the known depths
 * @param kind the kind of the prediction
 * @param fit scale and shift, of depth in metres or of inverse depth in 1/m
 * @param changed whether the prediction is changed; false for metric depth that is only compared
 * @param known the number of known depths in the file; the fit may use fewer
 * @param medianMetres the median of the absolute differences between the aligned prediction and the known depths
 * @param agreeing the number of used points at which the two agree within 25 %
 * @param note what the user must know; may be empty
 */
public record KnownDepthFit(String source, DepthKind kind, RobustFit fit, boolean changed, long known,
        double medianMetres, int agreeing, String note) implements DepthConversion.Fitted {
    @Override
    public Prediction applied(Prediction prediction) throws UnscorableException {
        if (!changed) {
            return prediction;
        }
        Plane values = prediction.values();
        Plane metres = Plane.allocate(values.height(), values.width());
        int positive = 0;
        for (int row = 0, at = 0; row < values.height(); row++) {
            int from = values.rowStart(row);
            for (int i = 0; i < values.width(); i++, at++) {
                float depth = (float) metres(fit.alignment(), kind, values.array()[from + i]);
                metres.array()[at] = depth;
                positive += depth > 0 ? 1 : 0;
            }
        }
        if (positive == 0) {
            throw new UnscorableException("the aligned prediction has no depth above 0: " + text());
        }
        return new Prediction(DepthKind.METRIC, metres);
    }

    /** Returns a value in metres; NaN if the aligned depth is not above 0, or farther than the limit for inverse depth. */
    static double metres(Alignment alignment, DepthKind kind, double value) {
        double aligned = alignment.scale() * value + alignment.shift();
        return switch (kind) {
            case METRIC, SCALE_INVARIANT, AFFINE, LEVELS ->
                aligned > 0 && aligned < Double.POSITIVE_INFINITY ? aligned : Double.NaN;
            case AFFINE_INVERSE -> aligned >= 1 / AlignToKnownDepth.FARTHEST_METRES ? 1 / aligned : Double.NaN;
        };
    }

    @Override
    public Members facts() {
        return Members.NONE.with("known", source).with("kind", kind.label()).with("quantity", quantity())
                .with("estimator", changed ? RobustFit.ESTIMATOR : "none").with("scale", fit.alignment().scale())
                .with("shift", fit.alignment().shift()).with("knownDepths", (double) known).with("points", fit.points())
                .with("inliers", fit.inliers()).with("residual", fit.residual())
                .with("medianDifferenceMetres", Math.min(medianMetres, Double.MAX_VALUE)).with("agreeing", agreeing)
                .with("note", note);
    }

    private String quantity() {
        return kind == DepthKind.AFFINE_INVERSE ? "inverse depth" : "depth";
    }

    @Override
    public String text() {
        String unit = kind == DepthKind.AFFINE_INVERSE ? "1/m" : "m";
        String fitted = changed
                ? String.format(Locale.ROOT, "aligned to %s: %s = %s (%s), %d of %d points used, residual %.3g %s",
                        source, quantity(), fit.alignment(), unit, fit.inliers(), fit.points(), fit.residual(), unit)
                : String.format(Locale.ROOT, "compared with %s: %d points, residual %.3g %s", source, fit.points(),
                        fit.residual(), unit);
        return String.format(Locale.ROOT, "%s, median difference %.3g m%s", fitted, medianMetres,
                note.isEmpty() ? "" : "; " + note);
    }
}
