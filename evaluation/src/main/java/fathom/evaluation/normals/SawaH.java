package fathom.evaluation.normals;

import fathom.evaluation.boundaries.DepthProBoundaries;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.ordinal.OrderAgreement;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * SAWA-H, a weighted sum of five errors whose weights were fitted to how people judge depth maps; 0 is best.
 *
 * <pre>
 * 3.65·order + 0.18·inverse + 0.01·depth + 0.20·boundary + 1.94·normals
 * </pre>
 *
 * <p>Source: EvalMDE (Princeton, 2025), {@code evalmde/metrics/sawa_h.py}, commit ea9e21c. EvalMDE takes ten million random
 * pairs for the order; {@link #of} takes all pairs, so it has no random part; the two differ by about 5·10⁻⁴.
 *
 * @param order 1 − {@link OrderAgreement}, 0 to 1
 * @param inverse 1 − share of pixels within a factor of 1.25^0.125 after a fit in inverse depth, 0 to 1
 * @param depth 1 − share of pixels within a factor of 1.25^0.125 after a fit in depth, 0 to 1
 * @param boundary 1 − boundary F1 of Depth Pro, 0 to 1
 * @param normals {@link RelativeNormals}, radians
 */
public record SawaH(double order, double inverse, double depth, double boundary, double normals) {
    private static final float FACTOR = (float) Math.pow(1.25, 0.125);
    private static final float EPSILON = 1e-10f;

    /** {@return the weighted sum, 0 or more; 0 is best} */
    public double value() {
        return 3.65 * order + 0.18 * inverse + 0.01 * depth + 0.20 * boundary + 1.94 * normals;
    }

    /**
     * {@return these errors with another error of the order}
     *
     * @param order 1 − share of pairs that agree, 0 to 1
     */
    public SawaH withOrder(double order) {
        return new SawaH(order, inverse, depth, boundary, normals);
    }

    /**
     * {@return the five errors}
     *
     * @param prediction predicted depth along the optical axis, up to one scale, [H, W]
     * @param predictionCamera the camera of the prediction
     * @param truth measured depth, [H, W]
     * @param truthCamera the camera of the truth
     * @param valid true where the truth is a measurement; finite and above 0 there, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if no pixel is valid or the prediction is not finite at a valid pixel; EvalMDE fails
     *         there
     */
    public static SawaH of(Plane prediction, Intrinsics predictionCamera, Plane truth, Intrinsics truthCamera,
            Mask valid) throws UnscorableException {
        truth.requireSameShape("prediction", prediction);
        if (valid.count() == 0) {
            throw new UnscorableException("there is no measured pixel");
        }
        EvalMdeAlignment depth = EvalMdeAlignment.fit(prediction, truth, valid, EvalMdeAlignment.Space.DEPTH);
        EvalMdeAlignment inverse = EvalMdeAlignment.fit(prediction, truth, valid, EvalMdeAlignment.Space.INVERSE_DEPTH);
        double order = 1 - OrderAgreement.ofAllPairs(ValueStatistics.selected(prediction, valid),
                ValueStatistics.selected(truth, valid));
        return new SawaH(order, 1 - within(inverse.aligned(), truth, valid), 1 - within(depth.aligned(), truth, valid),
                1 - boundaryF1(prediction, truth, valid),
                RelativeNormals.error(prediction, predictionCamera, truth, truthCamera, valid));
    }

    /**
     * {@return Depth Pro's boundary F1 with both maps NaN outside the mask, 0 to 1}
     *
     * @param prediction predicted depth, [H, W]
     * @param truth measured depth, [H, W]
     * @param valid true where the truth is a measurement, [H, W]
     * @throws IllegalArgumentException if the shapes differ
     */
    public static double boundaryF1(Plane prediction, Plane truth, Mask valid) {
        truth.requireSameShape("prediction", prediction);
        return DepthProBoundaries.f1(masked(prediction, valid), masked(truth, valid));
    }

    /** Returns the share of pixels within the factor. A negative prediction counts as within, as in EvalMDE. */
    private static double within(Plane prediction, Plane truth, Mask valid) {
        float[] p = ValueStatistics.selected(prediction, valid);
        float[] t = ValueStatistics.selected(truth, valid);
        int within = 0;
        for (int i = 0; i < p.length; i++) {
            if (t[i] / (p[i] + EPSILON) < FACTOR && p[i] / (t[i] + EPSILON) < FACTOR) {
                within++;
            }
        }
        return (double) within / p.length;
    }

    private static Plane masked(Plane values, Mask valid) {
        float[] masked = values.toArray();
        for (int i = 0; i < masked.length; i++) {
            if (!valid.array()[i]) {
                masked[i] = Float.NaN;
            }
        }
        return Plane.wrap(masked, values.height(), values.width());
    }
}
