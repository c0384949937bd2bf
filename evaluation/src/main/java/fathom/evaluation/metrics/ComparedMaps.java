package fathom.evaluation.metrics;

import fathom.raster.GrayImage;
import fathom.raster.Mask;

/**
 * The two 8-bit maps that a protocol compares, each [H, W].
 *
 * @param truth measured depth; 255 is the farthest
 * @param prediction predicted depth; 255 is the farthest
 * @param counted true for the pixels that are compared
 */
public record ComparedMaps(GrayImage truth, GrayImage prediction, Mask counted) {
    /** {@return the scores over the counted pixels and over the windows that contain only counted pixels} */
    public Scores scores() {
        boolean fits = SsimOptions.DEFAULT.fits(truth.height(), truth.width());
        return Scores.of(ImageMetrics.score(truth, prediction, counted), (long) truth.height() * truth.width(),
                fits
                        ? "no 7×7 window has a measurement and a prediction at every pixel"
                        : SsimOptions.DEFAULT.tooSmall(truth.height(), truth.width()));
    }
}
