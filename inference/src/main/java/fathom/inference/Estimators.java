package fathom.inference;

import java.util.List;

import fathom.inference.engine.OnnxRuntimeEngine;
import fathom.models.Catalogue;
import fathom.models.ModelSource;
import fathom.models.UnknownModelException;

/** Opens models. */
public final class Estimators {
    private Estimators() {}

    /**
     * Opens a model for running.
     *
     * @param model a catalogue name, a checkpoint folder or an {@code .onnx} file
     * @throws UnknownModelException if {@code model} is none of them
     * @throws fathom.models.checkpoints.CheckpointException if a checkpoint is not sound
     * @throws IllegalArgumentException if an option is not one of the model's, or has a value that it does not take
     */
    public static DepthEstimator open(String model, EstimatorOptions options) {
        return switch (Catalogue.locate(model)) {
            case ModelSource.Formula formula -> {
                options.model().requireKnown(formula.name(), List.of());
                yield new Floor();
            }
            case ModelSource.Packaged packaged -> OnnxEstimator.fastDepth(packaged, licence(packaged.name()), options,
                    OnnxRuntimeEngine.instance());
            case ModelSource.CheckpointFolder(var folder) -> new CheckpointEstimator(folder, options,
                    OnnxRuntimeEngine.instance());
            case ModelSource.OnnxFile(var file) -> OnnxEstimator.of(file, options, OnnxRuntimeEngine.instance());
        };
    }

    private static String licence(String name) {
        return Catalogue.find(name).map(Catalogue.Entry::licence).orElse("unknown");
    }
}
