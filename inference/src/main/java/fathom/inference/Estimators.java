package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

import fathom.formats.FirstBytes;
import fathom.hub.HubListener;
import fathom.hub.HubReference;
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
import fathom.weights.CheckpointException;

/**
 * The factory of estimators. It opens a model by its name, of any format.
 *
 * <table><caption>Models</caption> <tr><th>name</th><th>model</th></tr> <tr><td>{@code floor}, {@code fastdepth}, {@code
 * dpt-large}, …</td><td>an entry of the {@linkplain fathom.models.catalogue.Catalogue catalogue}</td></tr>
 * <tr><td>{@code owner/name}</td><td>a repository of the hub, downloaded to the cache if it is not there</td></tr>
 * <tr><td>a folder</td><td>a checkpoint with {@code config.json}, or a latent diffusion model with {@code
 * model_index.json}</td></tr> <tr><td>a {@code .pth} file</td><td>a weight file in the format of its authors</td></tr>
 * <tr><td>an {@code .onnx} file</td><td>an ONNX graph of a known family, or described by options</td></tr>
 * <tr><td>{@code https://…}</td><td>a file to download</td></tr> <tr><td>{@code
 * replicate:owner/name[:version]}</td><td>a model of a remote service</td></tr> </table>
 *
 * {@snippet file="snippets/EstimatorSnippets.java" region="open"}
 *
 * <p>The methods are safe for use by several threads.
 *
 * @see DepthEstimator
 * @see EstimatorOptions
 */
public final class Estimators {
    private Estimators() {}

    /**
     * Opens a model, with the hub settings of the environment and without a download listener.
     *
     * @param model the name of the model; see the table above
     * @param options the options
     * @return the estimator, which the caller closes
     */
    public static DepthEstimator open(String model, EstimatorOptions options) {
        return open(model, options, HubListener.silent());
    }

    /**
     * Opens a model.
     *
     * @param model the name of the model; see the table above
     * @param options the options
     * @param listener is notified of the download of a model that is not in the cache
     * @return the estimator, which the caller closes
     * @throws java.io.UncheckedIOException if the model cannot be downloaded; the cause is a {@link
     *            fathom.hub.HubException}
     * @throws fathom.inference.replicate.RemoteException if a service does not know the model or rejects the access
     *            token
     * @throws UnknownModelException if {@code model} is none of the above
     * @throws fathom.weights.CheckpointException if a checkpoint is damaged or its files contradict each other
     * @throws IllegalArgumentException if the model does not have an option, or an option has an invalid value
     */
    public static DepthEstimator open(String model, EstimatorOptions options, HubListener listener) {
        return open(model, options, HubSettings::fromEnvironment, listener);
    }

    /**
     * Opens a model, with a hub that {@code settings} describe. A repository of the hub has the option
     * {@code subfolder}, the folder in it that contains the model.
     *
     * @param model the name of the model; see the table above
     * @param options the options
     * @param settings the settings of the hub; requested only if they are needed
     * @param listener is notified of the download of a model that is not in the cache
     * @return the estimator, which the caller closes
     */
    public static DepthEstimator open(String model, EstimatorOptions options, Supplier<HubSettings> settings,
            HubListener listener) {
        ModelSource source = model.contains("://")
                ? Catalogue.locate(model, settings.get().endpoint())
                : Catalogue.locate(model);
        String folder = options.model().text(HubOpening.SUBFOLDER);
        if (folder != null && source instanceof ModelSource.Remote(HubReference.Repository repository)) {
            return open(new ModelSource.Remote(new HubReference.Folder(repository, folder.replaceAll("^/+|/+$", ""))),
                    options.withModel(options.model().without(HubOpening.SUBFOLDER)), settings, listener);
        }
        return open(source, options, settings, listener);
    }

    /**
     * Returns the options of a model of the hub without downloading it.
     *
     * @param model the model
     * @return the options by key, with their descriptions
     */
    public static SortedMap<String, String> options(HubModel model) {
        return model.modelType().equals(LatentDiffusion.FAMILY)
                ? DiffusionOptions.descriptions()
                : Architectures.options(model.modelType(), model.backbone(), model.kind());
    }

    /** Opens the model at a known location, with the hub that {@code settings} describe. */
    static DepthEstimator open(ModelSource source, EstimatorOptions options, Supplier<HubSettings> settings,
            HubListener listener) {
        requirePrecision(source, options);
        return switch (source) {
            case ModelSource.Formula formula -> {
                options.model().requireKnown(formula.name(), List.of());
                yield new Floor();
            }
            case ModelSource.Packaged packaged ->
                OnnxEstimator.fastDepth(packaged, licence(packaged.name()), options, Engines.on(options.device()));
            case ModelSource.CheckpointFolder(var folder) ->
                new CheckpointEstimator(folder, options, Engines.on(options.device()));
            case ModelSource.DiffusionFolder(var folder) -> MarigoldEstimator.open(folder, options);
            case ModelSource.CheckpointFile(var file) ->
                CheckpointEstimator.ofFile(file, options, Engines.on(options.device()));
            case ModelSource.Remote(var reference) -> HubOpening.open(reference, settings.get(), listener,
                    path -> open(Catalogue.locate(path.toString()), options, settings, listener));
            case ModelSource.Service(var name) -> RemoteEstimator.open(RemoteModel.parse(name),
                    options.remote().orElseGet(RemoteOptions::ofEnvironment).with(options.model()));
            case ModelSource.OnnxFile(var file) -> {
                requireOnnx(file);
                yield OnnxEstimator.of(file, options, Engines.on(options.device()));
            }
        };
    }

    /** Rejects a file whose first bytes show that it is something else. */
    private static void requireOnnx(Path file) {
        try {
            Optional<String> other = FirstBytes.unexpected(file);
            if (other.isPresent()) {
                throw CheckpointException.explained(file, "expected an ONNX model, found " + other.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static void requirePrecision(ModelSource source, EstimatorOptions options) {
        boolean isBuiltHere = switch (source) {
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
                    + ", because int8 is supported only on the CPU, found int8");
        }
        if (options.precision() instanceof Precision.Int8 && !isBuiltHere) {
            throw new IllegalArgumentException("precision: expected fp32 for " + source.label()
                    + ", because int8 is supported only for checkpoints whose graph Fathom builds, found int8");
        }
    }

    private static String licence(String name) {
        return Catalogue.find(name).map(Catalogue.Entry::licence).orElse("unknown");
    }
}
