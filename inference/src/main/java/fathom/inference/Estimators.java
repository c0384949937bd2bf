package fathom.inference;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

import fathom.hub.HubListener;
import fathom.hub.HubSettings;
import fathom.inference.diffusion.DiffusionOptions;
import fathom.inference.replicate.RemoteModel;
import fathom.inference.replicate.RemoteOptions;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.HubModel;
import fathom.models.catalogue.ModelSource;
import fathom.models.catalogue.UnknownModelException;
import fathom.models.marigold.LatentDiffusion;
import fathom.models.registry.Architectures;

/** Opens models. */
public final class Estimators {
    private Estimators() {}

    /**
     * As {@link #open(String, EstimatorOptions, HubListener)}, with nobody listening to a download and the hub that the
     * environment names.
     */
    public static DepthEstimator open(String model, EstimatorOptions options) {
        return open(model, options, HubListener.silent());
    }

    /**
     * Opens a model for running.
     *
     * @param model a catalogue name, a checkpoint folder, an {@code .onnx} or {@code .pth} file, a repository of the hub,
     *        an address or {@code replicate:owner/name[:version]}
     * @param listener follows the download of a model that is not in the cache
     * @throws java.io.UncheckedIOException around a {@link fathom.hub.HubException} if it cannot be downloaded
     * @throws fathom.inference.replicate.RemoteException if a service does not know the model or refuses the token
     * @throws UnknownModelException if {@code model} is none of them
     * @throws fathom.weights.CheckpointException if a checkpoint is not sound
     * @throws IllegalArgumentException if an option is not one of the model's, or has a value that it does not take
     */
    public static DepthEstimator open(String model, EstimatorOptions options, HubListener listener) {
        return open(Catalogue.locate(model), options, HubSettings::fromEnvironment, listener);
    }

    /**
     * {@return the settings of its own that a model of the hub takes, by key, with what each does; nothing is downloaded
     * for it}
     */
    public static SortedMap<String, String> options(HubModel model) {
        return model.modelType().equals(LatentDiffusion.FAMILY)
                ? DiffusionOptions.descriptions()
                : Architectures.options(model.modelType(), model.backbone(), model.kind());
    }

    /** As above, with the place of the model known and the hub that {@code settings} describe. */
    static DepthEstimator open(ModelSource source, EstimatorOptions options, Supplier<HubSettings> settings,
            HubListener listener) {
        requirePrecision(source, options);
        return switch (source) {
            case ModelSource.Formula formula -> {
                options.model().requireKnown(formula.name(), List.of());
                yield new Floor();
            }
            case ModelSource.Packaged packaged -> OnnxEstimator.fastDepth(packaged, licence(packaged.name()), options,
                    Engines.on(options.device()));
            case ModelSource.CheckpointFolder(var folder) -> new CheckpointEstimator(folder, options,
                    Engines.on(options.device()));
            case ModelSource.DiffusionFolder(var folder) -> MarigoldEstimator.open(folder, options);
            case ModelSource.CheckpointFile(var file) -> CheckpointEstimator.ofFile(file, options,
                    Engines.on(options.device()));
            case ModelSource.Remote(var reference) -> HubOpening.open(reference, settings.get(), listener,
                    path -> open(Catalogue.locate(path.toString()), options, settings, listener));
            case ModelSource.Service(var name) -> RemoteEstimator.open(RemoteModel.parse(name),
                    options.remote().orElseGet(RemoteOptions::ofEnvironment).with(options.model()));
            case ModelSource.OnnxFile(var file) -> OnnxEstimator.of(file, options, Engines.on(options.device()));
        };
    }

    private static void requirePrecision(ModelSource source, EstimatorOptions options) {
        boolean drawnHere = switch (source) {
            case ModelSource.CheckpointFolder folder -> true;
            case ModelSource.CheckpointFile file -> true;
            case ModelSource.Remote reference -> true;
            case ModelSource.Formula formula -> false;
            case ModelSource.Packaged packaged -> false;
            case ModelSource.DiffusionFolder folder -> false;
            case ModelSource.Service service -> false;
            case ModelSource.OnnxFile file -> false;
        };
        if (options.precision() instanceof Precision.Int8 && options.device() instanceof Device.Cuda) {
            throw new IllegalArgumentException("precision: expected fp32 on " + options.device()
                    + ", because 8 bits are for processors, found int8");
        }
        if (options.precision() instanceof Precision.Int8 && !drawnHere) {
            throw new IllegalArgumentException("precision: expected fp32 for " + source.label()
                    + ", because only checkpoints whose network is drawn here run in 8 bits, found int8");
        }
    }

    private static String licence(String name) {
        return Catalogue.find(name).map(Catalogue.Entry::licence).orElse("unknown");
    }
}
