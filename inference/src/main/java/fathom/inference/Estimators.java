package fathom.inference;

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
     */
    public static DepthEstimator open(String model, EstimatorOptions options) {
        return switch (Catalogue.locate(model)) {
            case ModelSource.Formula formula -> new Floor();
            case ModelSource.Packaged packaged -> throw unsupported(packaged);
            case ModelSource.CheckpointFolder folder -> throw unsupported(folder);
            case ModelSource.OnnxFile file -> throw unsupported(file);
        };
    }

    private static UnsupportedOperationException unsupported(ModelSource source) {
        return new UnsupportedOperationException("this version runs formulas only, found " + source.label());
    }
}
