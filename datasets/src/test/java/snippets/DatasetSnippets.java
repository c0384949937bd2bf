package snippets;

import java.nio.file.Path;
import java.util.Map;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Evaluation;
import fathom.datasets.Sample;
import fathom.datasets.StepListener;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.formats.json.JsonValue;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/** Examples of the Javadoc of {@code fathom.datasets}; {@code SnippetsTest} runs them. */
public final class DatasetSnippets {
    private DatasetSnippets() {}

    /** Creates a dataset with one sample of 2 rows and 3 columns. */
    public static Dataset create(Path home, Path media) {
        // @start region="create"
        Datasets datasets = Datasets.at(home);
        Dataset rooms = datasets.create("rooms", DatasetOptions.of(media),
                dataset -> dataset.add(SampleDraft.of("room1", media.resolve("room1.png"), 2, 3).withMeasured("gt",
                        media.resolve("room1_depth.png"), new DepthEncoding.UnitsPerMetre(1000))));
        // @end
        return rooms;
    }

    /** Predicts and scores all samples of a dataset. */
    public static double workflow(Path home, StepListener listener) {
        // @start region="workflow"
        double mean;
        try (Dataset dataset = Datasets.at(home).open("rooms")) {
            for (Sample sample : dataset.iterate(listener)) { // saves at the end
                Prediction depth = estimate(sample.image());
                sample.setPrediction("dpt", depth, "torch-bicubic", Provenance.of("Intel/dpt-large"));
            }
            JsonValue.Members definition = JsonValue.Members.NONE.with("metric", "rmse");
            Evaluation evaluation = dataset.beginEvaluation("dpt", "plain", "gt", definition);
            for (Sample sample : dataset) {
                double rmse = rmse(sample.measured("gt"), sample.predictedDepth("dpt"));
                evaluation.set(sample, Map.of("rmse", rmse));
            }
            mean = dataset.mean("dpt.plain.rmse"); // or "dpt.rmse": the latest of any protocol
        }
        // @end
        return mean;
    }

    /** Reads and stores the data of one sample. */
    public static float sample(Dataset dataset, Prediction prediction) {
        // @start region="sample"
        Sample sample = dataset.find("room1").orElseThrow();
        RgbImage picture = sample.image(); // [H, W, 3]
        MeasuredDepth truth = sample.measured("gt"); // [H, W], metres
        float corner = truth.valid().get(0, 0) ? truth.metres().get(0, 0) : Float.NaN;

        sample.setPrediction("dpt", PredictionDraft.of(prediction, "torch-bicubic", Provenance.of("Intel/dpt-large")));
        Plane stored = sample.predictedDepth("dpt").values(); // the same values, bit for bit
        // @end
        return picture.height() == stored.height() ? corner : -1;
    }

    private static Prediction estimate(RgbImage image) {
        return new Prediction(DepthKind.METRIC, Plane.allocate(image.height(), image.width()));
    }

    private static double rmse(MeasuredDepth truth, Prediction prediction) {
        double squares = 0;
        for (int row = 0; row < truth.height(); row++) {
            for (int column = 0; column < truth.width(); column++) {
                double error = truth.metres().get(row, column) - prediction.values().get(row, column);
                squares += truth.valid().get(row, column) ? error * error : 0;
            }
        }
        return Math.sqrt(squares / truth.valid().count());
    }
}
