package fathom.models.densedepth;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.models.UpstreamCheckpoint;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.KerasFile;
import fathom.weights.Settings;
import fathom.weights.StoredTensor;

/**
 * DenseDepth's {@code nyu.h5} and {@code kitti.h5}. Layers keep their Keras names; their weights get PyTorch's names.
 * The training dataset is inferred from the file name: {@code kitti}, otherwise NYU Depth v2.
 */
public final class DenseDepthUpstream {
    private static final List<String> TELLING = List.of("conv1/conv/kernel", "conv2_block1_1_conv/kernel",
            "conv2/kernel", "up1_convA/kernel", "conv3/kernel");
    /** Epsilon of keras_applications' DenseNet. */
    private static final double EPSILON = 1.001e-5;
    /** Slope of the leaky ReLU in the authors' decoder. */
    private static final double SLOPE = 0.2;
    /** DenseNet's activation after its last normalisation, which keras_applications lacks before August 2018. */
    private static final String LAST_ACTIVATION = "relu";

    private DenseDepthUpstream() {}

    /**
     * Converts a weight file to the layout of a checkpoint of the Hub.
     *
     * @param file the file
     * @param keras its content
     * @param weights its tensors
     * @return the checkpoint
     */
    public static UpstreamCheckpoint of(Path file, KerasFile keras, Checkpoint weights) {
        for (String name : TELLING) {
            if (!weights.has(name)) {
                throw new CheckpointException(file,
                        "expected the weights of DenseDepth as its authors publish them (" + String.join(", ", TELLING)
                                + "), found no " + name + " among " + weights.tensors().size() + " tensors of "
                                + keras.layers().size() + " layers; other Keras models are not supported");
            }
        }
        Map<String, StoredTensor> renamed = new LinkedHashMap<>();
        weights.tensors().forEach(tensor -> {
            StoredTensor other = tensor.renamed(torchName(tensor.name()));
            renamed.put(other.name(), other);
        });
        String dataset = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).contains("kitti")
                ? "kitti"
                : "nyu";
        String config = String.format(Locale.ROOT, """
                {"model_type": "densedepth", "dataset": "%s", "last_activation": %b, "batch_norm_epsilon": %s,
                 "negative_slope": %s}""", dataset, keras.layers().contains(LAST_ACTIVATION),
                setting(keras, "BatchNormalization", "epsilon", EPSILON), setting(keras, "LeakyReLU", "alpha", SLOPE));
        return new UpstreamCheckpoint(Settings.parse(file, config), Settings.parse(file, "{}"),
                weights.withTensors(renamed));
    }

    /**
     * Returns the value that {@code field} has in all layers of a kind, or {@code otherwise} if the file has no
     * settings.
     */
    private static double setting(KerasFile keras, String kind, String field, double otherwise) {
        Optional<Settings> model = keras.settings().flatMap(settings -> settings.object("config"));
        if (model.isEmpty()) {
            return otherwise;
        }
        Double found = null;
        for (Settings layer : model.get().objects("layers")) {
            Optional<Settings> own = layer.object("config");
            if (own.isEmpty() || !layer.text("class_name").equals(kind)) {
                continue;
            }
            double value = own.get().number(field, otherwise);
            if (found != null && found != value) {
                throw own.get().wrong(field, "the same in all layers of " + kind, found + " and " + value);
            }
            found = value;
        }
        return found == null ? otherwise : found;
    }

    private static String torchName(String name) {
        int slash = name.lastIndexOf('/');
        String weight = name.substring(slash + 1);
        return name.substring(0, slash) + "." + switch (weight) {
            case "kernel", "gamma" -> "weight";
            case "beta" -> "bias";
            case "moving_mean" -> "running_mean";
            case "moving_variance" -> "running_var";
            default -> weight;
        };
    }
}
