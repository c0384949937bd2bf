package fathom.workbench.quickstart;

import java.nio.file.Path;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.SceneReaders;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.ArticleFixedProtocol;
import fathom.evaluation.protocols.ArticleProtocol;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.reports.Report;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.rooms.Rooms;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Progress;
import fathom.workbench.evaluate.DefaultProtocol;
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.evaluate.ReportDataset;
import fathom.workbench.importing.ImportScenes;
import fathom.workbench.predict.ApplyModel;

/**
 * The complete workflow on sample rooms: renders and imports scenes, predicts their depth with two models, and scores
 * both under the article's protocol, its corrected version, and in metres: {@code metric} for
 * predictions in metres, {@code aligned} for all. Steps that an earlier run completed are skipped.
 */
public final class Quickstart {
    /** The models to compare; each prediction field is named after its model. */
    public static final List<String> MODELS = List.of("fastdepth", "floor");

    private static final Protocol METRIC = Protocol.named("metric");
    private static final Protocol ALIGNED = Protocol.named("aligned");
    /** What the tables in metres show. */
    private static final List<Metric> IN_METRES = List.of(Metric.ABS_REL, Metric.RMSE, Metric.DELTA_1);

    private Quickstart() {}

    /**
     * The options of a quickstart.
     *
     * @param dataset the name of the dataset
     * @param count the number of rooms
     * @param seed the seed of the rooms
     */
    public record Options(String dataset, int count, long seed) {
        /** 20 rooms, the number of scenes in the article. */
        public static final Options DEFAULT = new Options("quickstart", 20, 7);
    }

    /**
     * Runs the workflow.
     *
     * @param datasets the datasets to add to
     * @param options the dataset and its rooms
     * @param progress is notified of each step
     * @param cancellation stops the workflow
     * @return one report per protocol
     * @throws java.util.concurrent.CancellationException if the workflow was cancelled; completed steps are kept
     * @throws Exception if a file cannot be read or written
     */
    public static List<Report> run(Datasets datasets, Options options, Progress progress, Cancellation cancellation)
            throws Exception {
        if (!datasets.exists(options.dataset())) {
            Path rooms = datasets.home().resolve("rooms")
                    .resolve("seed-" + options.seed() + "-count-" + options.count());
            progress.start("Drawing rooms", options.count());
            try {
                Rooms.write(rooms, options.count(), options.seed(), progress::advance);
            } finally {
                progress.finish();
            }
            ImportScenes.run(datasets, options.dataset(), SceneReaders.named("sunrgbd"), rooms, ImportOptions.DEFAULT,
                    progress, cancellation);
        }
        try (Dataset dataset = datasets.open(options.dataset())) {
            for (String model : MODELS) {
                try (DepthEstimator estimator = Estimators.open(model, EstimatorOptions.defaults())) {
                    ApplyModel.run(dataset, estimator, model, Parallelism.NONE, progress, cancellation);
                }
                for (Protocol protocol : List.of(new ArticleProtocol(), new ArticleFixedProtocol(), ALIGNED)) {
                    EvaluateDataset.run(dataset, model, "gt", protocol, progress, cancellation);
                }
                if (DefaultProtocol.of(dataset, model).protocol().equals(METRIC)) {
                    EvaluateDataset.run(dataset, model, "gt", METRIC, progress, cancellation);
                }
            }
            return ReportDataset.all(dataset).stream().map(Quickstart::shortened).toList();
        }
    }

    /** Returns a report in metres with three metrics only. */
    private static Report shortened(Report report) {
        String protocol = report.heading().protocol();
        boolean metres = protocol.equals(METRIC.name()) || protocol.equals(ALIGNED.name());
        return metres ? report.withMetrics(IN_METRES).withoutEmptyRows() : report;
    }
}
