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
 * The article's protocol with its faults: stored numbers as the file has them, every pixel counted, both maps divided by their
 * own maximum and cast to 8 bits as NumPy casts. See {@link #text()}.
 */
public record ArticleProtocol() implements Protocol {
    @Override
    public String name() {
        return "article";
    }

    @Override
    public Members definition() {
        return definition("stored", "all").with("alignment", "none").with("maps", Members.NONE.with("range", 255)
                .with("divisor", "maximum-of-each").with("cast", "truncate-and-wrap")
                .with("inverse-depth", "range-minus-value").with("levels", "unchanged"));
    }

    /** The two 8-bit maps; every pixel counts. */
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
