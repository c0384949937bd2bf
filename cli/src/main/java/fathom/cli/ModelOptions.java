package fathom.cli;

import java.io.IOException;
import java.nio.file.Path;

import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import picocli.CommandLine.Option;

/** The options of every command that runs a model. */
final class ModelOptions {
    @Option(names = {"-m",
            "--model"}, paramLabel = "MODEL", defaultValue = "fastdepth", description = "A name of `fathom models list`, a checkpoint folder, an .onnx file or owner/name of the hub (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Threads of the model (default: one per core).")
    private int threads;

    /** As parsed from a command line. */
    ModelOptions() {}

    /** The model named {@code model}, everything else as by default. */
    ModelOptions(String model) {
        this.model = model;
    }

    /** Opens the model; its caches lie under {@code home}. */
    DepthEstimator open(Path home) throws IOException {
        LicenceGate.require(model, home);
        EstimatorOptions options = EstimatorOptions.defaults();
        return Estimators.open(model, threads == 0 ? options : options.withThreads(threads));
    }
}
