package fathom.examples;

import java.nio.file.Path;
import java.util.List;

import fathom.datasets.*;
import fathom.datasets.readers.*;
import fathom.datasets.values.*;
import fathom.evaluation.metrics.*;
import fathom.evaluation.protocols.*;
import fathom.inference.*;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;
import fathom.workbench.evaluate.EvaluateDataset;

/** The article "How to Estimate Depth from a Single Image", from scenes on disk to means per model, in Java. */
public final class ArticleWalk {
    private ArticleWalk() {}

    /**
     * Runs the example.
     *
     * @param arguments the folder of SUN RGB-D (or of {@code fathom datasets rooms}), then models: names or checkpoint
     *            folders
     * @throws Exception if a file cannot be read or written
     */
    public static void main(String[] arguments) throws Exception {
        List<String> models = List.of(arguments).subList(1, arguments.length);
        System.out.print(walk(Datasets.at(FathomHome.resolve()), Path.of(arguments[0]), models));
    }

    /** Imports, predicts and scores, and returns a table of means. */
    static String walk(Datasets datasets, Path sunRgbd, List<String> models) throws Exception {
        // A persistent dataset of the first 20 scenes, sorted by name; pictures are not copied.
        ImportOptions first20 = ImportOptions.DEFAULT.withLimit(20);
        SceneImport.run(datasets, "SUNRGBD-20", SceneReaders.named("sunrgbd"), sunRgbd, first20, StepListener.NONE);

        StringBuilder table = new StringBuilder();
        try (Dataset dataset = datasets.open("SUNRGBD-20")) {
            for (String model : models) {
                String field = Path.of(model).getFileName().toString();

                // Predict: every depth map is stored as the model returned it, with its kind and its origin.
                try (DepthEstimator estimator = Estimators.open(model, EstimatorOptions.defaults())) {
                    for (Sample sample : dataset) {
                        Prediction prediction = estimator.estimate(sample.image()).prediction();
                        sample.setPrediction(field, prediction, estimator.description().resampling(),
                                Provenance.of(model));
                    }
                }

                // Score: RMSE, PSNR and SSIM of 8-bit maps, as in the article, stored on the prediction.
                for (Sample sample : dataset) {
                    MeasuredDepth truth = sample.measured("gt");
                    Prediction resized = EvaluateDataset.atImageSize(sample, field, truth.height(), truth.width());
                    Scores scores = new ArticleProtocol().score(truth, resized);
                    scores.values().forEach((metric, value) -> sample.setNumber(field + "." + metric.key(), value));
                }

                // Compare: means over the dataset.
                table.append("%-12s rmse %8.4f   psnr %8.4f   ssim %7.4f%n".formatted(field,
                        dataset.mean(field + ".rmse"), dataset.mean(field + ".psnr"), dataset.mean(field + ".ssim")));
            }
        }
        return table.toString();
    }
}
