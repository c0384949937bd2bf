package fathom.evaluation;

import fathom.raster.GreyImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;

/**
 * The article's comparison without its faults: depth in metres, pixels without a measurement left out, nothing wraps, and near
 * and far follow the prediction's kind. See {@link #text()}.
 */
public record ArticleFixedProtocol() implements Protocol {
    @Override
    public String name() {
        return "article-fixed";
    }

    /** The two 8-bit maps, and where both the truth and the prediction have a value. */
    public ComparedMaps maps(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        truth.metres().requireSameShape("prediction", prediction.values());
        if (truth.valid().count() == 0) {
            throw new UnscorableException("the measured depth has no valid pixel");
        }
        Mask counted = truth.valid().and(prediction.valid());
        if (counted.count() == 0) {
            throw new UnscorableException("the prediction has no finite value where depth was measured");
        }
        GreyImage truthMap = ArticleMap.clamped(truth.metres(), counted, false, "the measured depth");
        GreyImage predictionMap = ArticleMap.clamped(prediction.values(), counted, prediction.kind().isInverse(),
                "the prediction");
        return new ComparedMaps(truthMap, predictionMap, counted);
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        ComparedMaps maps = maps(truth, prediction);
        ImageScores scores = ImageMetrics.score(maps.truth(), maps.prediction(), maps.counted());
        boolean fits = SsimOptions.DEFAULT.fits(truth.height(), truth.width());
        return Scores.of(scores, truth.metres().size(), fits
                ? "no 7×7 window has a measurement at every pixel"
                : SsimOptions.DEFAULT.tooSmall(truth.height(), truth.width()));
    }
}
