package snippets;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import fathom.evaluation.alignment.Alignment;
import fathom.evaluation.metrics.ImageMetrics;
import fathom.evaluation.metrics.ImageScores;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.SsimOptions;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArraysProtocol;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportFormat;
import fathom.raster.DepthKind;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** The examples of the Javadoc of {@code fathom.evaluation}. {@link EvaluationSnippetsTest} runs them. */
final class EvaluationSnippets {
    private EvaluationSnippets() {}

    static Plane alignment() throws UnscorableException {
        // @start region="alignment"
        Plane values = Plane.wrap(new float[]{1, 2, 3, 4}, 2, 2);
        Plane target = Plane.wrap(new float[]{2, 4, 6, 80}, 2, 2); // metres
        Mask counted = Mask.ofPositive(target);
        Alignment median = Alignment.median(values, target, counted); // 2 · value
        Alignment line = Alignment.leastSquares(values, target, counted); // 23.6 · value − 36
        Plane metres = median.applied(values); // 2, 4, 6, 8
        // @end
        return line.scale() > 0 ? metres : values;
    }

    static ImageScores metrics() {
        // @start region="metrics"
        GrayImage truth = GrayImage.allocate(8, 8);
        GrayImage prediction = GrayImage.allocate(8, 8);
        Arrays.fill(prediction.array(), (byte) 1);
        ImageScores scores = ImageMetrics.score(truth, prediction);
        double rmse = scores.rmse(); // 1
        double psnr = scores.psnr(); // 48.13 dB
        long windows = scores.windows(); // 4: an 8×8 image has 2×2 windows of 7×7 pixels
        // @end
        return rmse + psnr + windows > 0 ? scores : null;
    }

    static double ssim(GrayImage truth, GrayImage prediction) {
        // @start region="ssim"
        double uniform = ImageMetrics.ssim(truth, prediction, SsimOptions.DEFAULT); // like scikit-image
        double published = ImageMetrics.ssim(truth, prediction, SsimOptions.WANG_2004);
        // @end
        return uniform - published;
    }

    static Scores arrays() throws UnscorableException {
        // @start region="arrays"
        Plane truth = Plane.wrap(new float[]{0, 1, 2, 3}, 2, 2);
        Plane prediction = Plane.wrap(new float[]{1, 1, 2, 3}, 2, 2);
        Scores scores = new ArraysProtocol().score(truth, prediction); // data range 3
        double rmse = scores.value(Metric.RMSE).orElseThrow(); // 0.5
        String reason = scores.absent().get(Metric.SSIM); // the maps are smaller than a 7×7 window
        // @end
        return rmse > 0 && reason != null ? scores : null;
    }

    static double protocol(MeasuredDepth truth, Plane values) throws UnscorableException {
        // @start region="protocol"
        Prediction prediction = new Prediction(DepthKind.AFFINE_INVERSE, values); // the size of the truth
        Scores scores = Protocol.named("article-aligned").score(truth, prediction);
        double rmse = scores.value(Metric.RMSE).orElse(Double.NaN);
        // @end
        return rmse;
    }

    static String report() {
        // @start region="report"
        Report.Row row = new Report.Row("depth", "fastdepth", 20, 0, 0, Map.of(Metric.RMSE, new Report.Mean(41.5, 20)));
        Report report = new Report("rooms", "article-fixed", List.of(Metric.RMSE), List.of(row));
        String markdown = report.render(ReportFormat.MARKDOWN);
        // @end
        return markdown;
    }
}
