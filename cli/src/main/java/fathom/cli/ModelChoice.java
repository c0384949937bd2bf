package fathom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.models.ModelOptions;
import picocli.CommandLine.Option;

/** The options of every command that runs a model. */
final class ModelChoice {
    @Option(names = {"-m",
            "--model"}, paramLabel = "MODEL", defaultValue = "fastdepth", description = "A name of `fathom models list`, a checkpoint folder, an .onnx file or owner/name of the hub (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Threads of the model (default: one per core).")
    private int threads;

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "A setting that only some models know, such as position_rule=size (depth_anything), flip=true (zoedepth), kind=metric (.onnx), steps=4 (Marigold); may be given again.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** As parsed from a command line. */
    ModelChoice() {}

    /** The model named {@code model}, everything else as by default. */
    ModelChoice(String model) {
        this.model = model;
    }

    /** Opens the model; its caches lie under {@code home}. */
    DepthEstimator open(Path home) throws IOException {
        LicenceGate.require(model, home);
        EstimatorOptions options = EstimatorOptions.defaults().withModel(ModelOptions.of(settings));
        return Estimators.open(model, threads == 0 ? options : options.withThreads(threads));
    }
}
