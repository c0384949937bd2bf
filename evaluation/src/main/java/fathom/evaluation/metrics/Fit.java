package fathom.evaluation.metrics;

/**
 * The alignment that a protocol used for one sample.
 *
 * @param scale the factor of the prediction
 * @param shift added after the multiplication, in the unit that the fit is computed in
 * @param inverse whether the fit is of inverse depth (1/m); otherwise of depth (m)
 * @param pixels the number of pixels that the fit used
 * @param residual the root of the mean squared difference between the fitted prediction and the truth over these pixels,
 *            in the unit of the fit
 */
public record Fit(double scale, double shift, boolean inverse, long pixels, double residual) {}
