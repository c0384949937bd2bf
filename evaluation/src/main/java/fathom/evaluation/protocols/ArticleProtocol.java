package fathom.evaluation.protocols;

import fathom.evaluation.metrics.ComparedMaps;
import fathom.evaluation.metrics.ImageMetrics;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.SsimOptions;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;

/**
 * The protocol of the article with its faults: numbers as stored in the file, every pixel counted, each map divided by
 * its own maximum and cast to 8 bits like NumPy.
 *
 * <p>Use it only to reproduce the numbers of the article. {@link ArticleFixedProtocol} is the same comparison without the
 * faults. {@link #text()} lists them for users.
 */
public record ArticleProtocol() implements Protocol {
    @Override
    public String name() {
        return "article";
    }

    @Override
    public Members definition() {
        return definition("stored", "all").with("alignment", "none").with("maps",
                Members.NONE.with("range", 255).with("divisor", "maximum-of-each").with("cast", "truncate-and-wrap")
                        .with("inverse-depth", "range-minus-value").with("levels", "unchanged"));
    }

    /**
     * {@return the two 8-bit maps; every pixel is counted}
     *
     * @param truth the measurement
     * @param prediction of any kind, of the same shape
     * @throws UnscorableException if a value is not finite or a maximum is 0
     */
    public ComparedMaps maps(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        truth.metres().requireSameShape("prediction", prediction.values());
        GrayImage truthMap = ArticleMap.ofStored(truth.stored());
        GrayImage predictionMap = ArticleMap.of(prediction);
        return new ComparedMaps(truthMap, predictionMap, Mask.filled(truth.height(), truth.width(), true));
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        ComparedMaps maps = maps(truth, prediction);
        return Scores.of(ImageMetrics.scoreIfFits(maps.truth(), maps.prediction()), truth.metres().size(),
                SsimOptions.DEFAULT.tooSmall(truth.height(), truth.width()));
    }
}
