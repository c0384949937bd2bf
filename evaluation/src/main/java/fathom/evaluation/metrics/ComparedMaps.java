package fathom.evaluation.metrics;

import fathom.raster.GrayImage;
import fathom.raster.Mask;

/**
 * The two 8-bit maps that a protocol compares, all [H, W].
 *
 * @param truth measured depth, 255 the farthest
 * @param prediction predicted depth, 255 the farthest
 * @param counted true where the two are compared
 */
public record ComparedMaps(GrayImage truth, GrayImage prediction, Mask counted) {
    /** Their scores over the counted pixels and over the windows without an uncounted one. */
    public Scores scores() {
        boolean fits = SsimOptions.DEFAULT.fits(truth.height(), truth.width());
        return Scores.of(ImageMetrics.score(truth, prediction, counted), (long) truth.height() * truth.width(),
                fits
                        ? "no 7×7 window has a measurement and a prediction at every pixel"
                        : SsimOptions.DEFAULT.tooSmall(truth.height(), truth.width()));
    }
}
