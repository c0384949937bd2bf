package fathom.workbench.quickstart;

import java.nio.file.Path;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.SceneReaders;
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
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.evaluate.ReportDataset;
import fathom.workbench.importing.ImportScenes;
import fathom.workbench.predict.ApplyModel;

/**
 * The main job on sample rooms: scenes are made and imported, two models predict their depth, both are scored under the
 * article's protocol and under its corrected twin. What an earlier run has done is not done again.
 */
public final class Quickstart {
    /** The models that are compared; each field is named after its model. */
    public static final List<String> MODELS = List.of("fastdepth", "floor");

    private Quickstart() {}

    /**
     * What to make.
     *
     * @param dataset the dataset's name
     * @param count how many rooms
     * @param seed which rooms
     */
    public record Options(String dataset, int count, long seed) {
        /** 20 rooms, as many as the article has scenes. */
        public static final Options DEFAULT = new Options("quickstart", 20, 7);
    }

    /**
     * Does it all and gives one report per protocol.
     *
     * @throws java.util.concurrent.CancellationException if it was stopped; what was done is kept
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
                    progress,
                    cancellation);
        }
        try (Dataset dataset = datasets.open(options.dataset())) {
            for (String model : MODELS) {
                try (DepthEstimator estimator = Estimators.open(model, EstimatorOptions.defaults())) {
                    ApplyModel.run(dataset, estimator, model, Parallelism.NONE, progress, cancellation);
                }
                for (Protocol protocol : List.of(new ArticleProtocol(), new ArticleFixedProtocol())) {
                    EvaluateDataset.run(dataset, model, "gt", protocol, progress, cancellation);
                }
            }
            return ReportDataset.all(dataset);
        }
    }
}
