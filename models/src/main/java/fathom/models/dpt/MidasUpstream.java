package fathom.models.dpt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import fathom.models.ModelOptions;
import fathom.models.UpstreamCheckpoint;
import fathom.models.preprocessing.ResizePolicy;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;

/**
 * The DPT networks of {@code isl-org/MiDaS} 3.0 and 3.1 and of {@code isl-org/DPT}, as stored in their {@code .pt}
 * files: {@code dpt_large}, {@code dpt_hybrid}, {@code dpt_beit} and {@code dpt_swin2}. The preprocessing follows
 * {@code run.py} and {@code run_monodepth.py}, which differ from the Hub's copies of the same weights: the aspect ratio
 * is kept, sides are multiples of 32, and the kernel is OpenCV's cubic. The two networks that predict metres are
 * recognised by the file name alone.
 */
public final class MidasUpstream {
    /** The option that names the training data of a hybrid network. */
    static final String TRAINED_ON = "trained_on";
    /** Help of {@link #TRAINED_ON}. */
    static final String TRAINED_ON_HELP = "the training data of dpt_hybrid: midas (inverse depth), nyu or kitti (metres), which the "
            + "weights do not show (default: from the file's name)";

    private static final String DEPTH = "scratch.output_conv.4.weight";
    private static final String CONVOLUTIONAL = "pretrained.layer1.";

    private MidasUpstream() {}

    /**
     * Returns whether these are the weights of a network of MiDaS, including unsupported ones.
     *
     * @param weights the tensors
     * @return whether they are
     */
    public static boolean matches(Checkpoint weights) {
        return weights.has("scratch.layer1_rn.weight") && weights.tensors().stream().anyMatch(
                tensor -> tensor.name().startsWith("pretrained.model.") || tensor.name().startsWith(CONVOLUTIONAL));
    }

    /**
     * Converts a weight file to the layout of a checkpoint of the Hub.
     *
     * @param file the file
     * @param weights its tensors
     * @param options the options of the model
     * @return the checkpoint
     */
    public static UpstreamCheckpoint of(Path file, Checkpoint weights, ModelOptions options) {
        MidasTrunk trunk = MidasTrunk.of(weights);
        int outputs = weights.shapeOf(DEPTH, 4).dim(0);
        if (outputs != 1) {
            throw new CheckpointException(file, "tensor " + DEPTH + ": expected one output, depth, found " + outputs
                    + ", as in a segmentation network (dpt_large-ade20k, dpt_hybrid-ade20k). Choose a depth network");
        }
        MidasConfig config = new MidasConfig(file, weights);
        List<String> notes = new ArrayList<>();
        Output output = trunk == MidasTrunk.HYBRID ? Output.of(file, options, notes) : Output.INVERSE;
        String network = switch (trunk) {
            case VIT -> config.vit();
            case HYBRID -> config.hybrid();
            case BEIT -> config.beit();
            case SWIN2 -> config.swin2();
        };
        String mark = trunk == MidasTrunk.HYBRID ? "\"" + UpstreamCheckpoint.MARK + "\": true, " : "";
        Settings settings = Settings.parse(file,
                "{\"model_type\": \"dpt\", " + mark + config.neck() + output.config() + ", " + network + "}");
        int side = switch (trunk) {
            case VIT, HYBRID -> settings.integer("image_size", 1);
            case BEIT, SWIN2 -> settings.object("backbone_config").orElse(settings).integer("image_size", 1);
        };
        ResizePolicy.Size size = output.size().orElse(new ResizePolicy.Size(side, side));
        return new UpstreamCheckpoint(settings, Settings.parse(file, preprocessor(size, trunk != MidasTrunk.SWIN2)),
                weights.withTensors(new MidasNames(trunk).renamed(weights)), notes);
    }

    private static String preprocessor(ResizePolicy.Size size, boolean keepAspect) {
        return String.format(Locale.ROOT,
                """
                        {"do_resize": true, "size": {"height": %d, "width": %d}, "keep_aspect_ratio": %b, "ensure_multiple_of": 32,
                         "float_resampling": "opencv-cubic", "do_rescale": true, "do_normalize": true, "image_mean": [0.5, 0.5, 0.5],
                         "image_std": [0.5, 0.5, 0.5]}""",
                size.height(), size.width(), keepAspect);
    }

    /**
     * The output of a network: inverse depth x, or 1 / (scale · x + shift) in metres.
     *
     * @param size the dataset's picture size, if the network was trained on one dataset
     * @param config the corresponding settings
     */
    private record Output(Optional<ResizePolicy.Size> size, String config) {
        static final Output INVERSE = new Output(Optional.empty(), "");
        /** {@code dpt_hybrid_nyu}: the numbers of {@code run_monodepth.py}. */
        static final Output NYU = new Output(Optional.of(new ResizePolicy.Size(480, 640)),
                metres("0.000305", "0.1378"));
        /** {@code dpt_hybrid_kitti}: the numbers of {@code run_monodepth.py}. */
        static final Output KITTI = new Output(Optional.of(new ResizePolicy.Size(352, 1216)),
                metres("0.00006016", "0.00579"));

        private static String metres(String scale, String shift) {
            return ", \"inverse_metres\": {\"scale\": " + scale + ", \"shift\": " + shift + "}";
        }

        /**
         * Returns the output that the file name of a hybrid network implies; three such networks have the same shapes.
         *
         * @param file the weight file
         * @param options the options of the model
         * @param notes receives what is assumed
         * @return the output
         */
        public static Output of(Path file, ModelOptions options, List<String> notes) {
            String given = options.text(TRAINED_ON);
            if (given != null) {
                return named(given).orElseThrow(() -> new IllegalArgumentException(
                        "option " + TRAINED_ON + ": expected midas, nyu or kitti, found " + given));
            }
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            for (String word : List.of("nyu", "kitti", "midas", "384")) {
                if (name.contains(word)) {
                    String network = word.equals("384") ? "midas" : word;
                    notes.add("the network trained on " + network
                            + (network.equals("midas") ? " (inverse depth without unit)" : " (metric depth)")
                            + " is assumed from the file's name; the option " + TRAINED_ON + " states another");
                    return named(network).orElse(INVERSE);
                }
            }
            throw new UsageException(
                    file + ": expected midas, 384, nyu or kitti in the file name, or an option, because "
                            + "three networks of the same shapes differ only in their training, found neither",
                    new Remedy.SetModelOption(
                            List.of(TRAINED_ON + "=midas", TRAINED_ON + "=nyu", TRAINED_ON + "=kitti")));
        }

        private static Optional<Output> named(String network) {
            return switch (network) {
                case "midas" -> Optional.of(INVERSE);
                case "nyu" -> Optional.of(NYU);
                case "kitti" -> Optional.of(KITTI);
                default -> Optional.empty();
            };
        }
    }
}
