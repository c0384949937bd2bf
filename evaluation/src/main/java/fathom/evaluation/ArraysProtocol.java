package fathom.evaluation;

import fathom.raster.GreyImage;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * Two arrays scored as scikit-image scores them: no decoding, no mask, no scaling. 8-bit pictures have a data range of 255;
 * float32 maps are given the span of the truth, its maximum minus its minimum. See {@link #text()}.
 */
public record ArraysProtocol() implements Protocol {
    @Override
    public String name() {
        return "arrays";
    }

    /** Two 8-bit pictures of one channel. */
    public Scores score(GreyImage truth, GreyImage prediction) {
        return scores(ImageMetrics.scoreIfFits(truth, prediction), truth.height(), truth.width());
    }

    /** Two 8-bit colour pictures: squared error over all channels, SSIM averaged over the channels. */
    public Scores score(RgbImage truth, RgbImage prediction) {
        return scores(ImageMetrics.scoreIfFits(truth, prediction), truth.height(), truth.width());
    }

    /**
     * Two float32 maps of the same shape; the data range is the span of {@code truth}.
     *
     * @throws UnscorableException if a value is not finite or the truth is constant
     */
    public Scores score(Plane truth, Plane prediction) throws UnscorableException {
        truth.requireSameShape("prediction", prediction);
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        boolean finite = true;
        for (int row = 0; row < truth.height(); row++) {
            int x = truth.rowStart(row);
            int y = prediction.rowStart(row);
            for (int i = 0; i < truth.width(); i++) {
                float value = truth.array()[x + i];
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                finite &= Float.isFinite(value) && Float.isFinite(prediction.array()[y + i]);
            }
        }
        if (!finite) {
            throw new UnscorableException(
                    "the arrays have values that are not finite, and nothing is masked under this "
                            + "protocol; article-fixed leaves such pixels out");
        }
        if (!(greatest > least)) {
            throw new UnscorableException(
                    "the truth is " + least + " everywhere, so its span, which PSNR and SSIM take as "
                            + "the data range of float maps, is 0");
        }
        return scores(ImageMetrics.scoreIfFits(truth, prediction, greatest - least), truth.height(), truth.width());
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        return score(truth.metres(), prediction.values());
    }

    private static Scores scores(ImageScores scores, int height, int width) {
        return Scores.of(scores, (long) height * width, SsimOptions.DEFAULT.tooSmall(height, width));
    }
}
