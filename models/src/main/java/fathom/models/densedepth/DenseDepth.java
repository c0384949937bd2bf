package fathom.models.densedepth;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.DepthArchitecture;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.backbones.Layers;
import fathom.models.preprocessing.Normalisation;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.ResizeAndNormalise;
import fathom.models.preprocessing.ResizePolicy;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;
import org.jspecify.annotations.Nullable;

/**
 * DenseDepth, "High Quality Monocular Depth Estimation via Transfer Learning" (Alhashim and Wonka, 2018): DenseNet-169
 * (Huang et al., CVPR 2017) and a decoder of bilinear upsampling steps. Depth in metres at half the input's resolution:
 * the largest depth divided by the network's output, clipped to the range of the dataset. The numbers of layers and
 * channels are inferred from the weights.
 *
 * <p>The decoder's resize differs between releases. {@code half-pixel}, the default, is what the authors' program
 * computes under TensorFlow 2, so results equal those that users get from the published files today; {@code corner} is
 * what it computes under TensorFlow 1. Until September 2020 it aligned the corners: the published files were trained
 * and the published errors measured with {@code aligned}.
 */
public final class DenseDepth implements DepthArchitecture {
    private static final String DATASET = "dataset";
    private static final String UPSAMPLING = "upsampling";
    private static final String SIZE = "size";
    private static final Pattern SIDES = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final String KEEP = "keep";
    private static final String MIN_DEPTH = "min_depth";
    private static final String MAX_DEPTH = "max_depth";
    private static final String FLIP = "flip";
    /** The input is halved five times. */
    private static final int MULTIPLE = 32;
    private static final int FIRST_STAGE = 2;
    private static final int LAST_STAGE = 5;
    private static final int ENLARGEMENTS = 4;

    /**
     * The input size and the range of depth of a training dataset.
     *
     * @param height rows of the input
     * @param width columns of the input
     * @param nearest smallest depth, metres
     * @param farthest largest depth, metres
     */
    private record Trained(int height, int width, float nearest, float farthest) {
        /**
         * NYU Depth v2: 10 to 1000 cm in the authors' {@code utils.py}. KITTI: 1 to 80 m, according to the authors'
         * answers to users.
         */
        static Trained of(String dataset) {
            return switch (dataset) {
                case "nyu" -> new Trained(480, 640, 0.1f, 10);
                case "kitti" -> new Trained(384, 1280, 1, 80);
                default -> throw new IllegalArgumentException(
                        "option " + DATASET + ": expected nyu or kitti, found " + dataset);
            };
        }
    }

    private final Checkpoint weights;
    private final ResizePolicy size;
    private final Trained trained;
    private final ResizeMode upsampling;
    private final boolean flip;
    private final boolean lastActivation;
    private final double epsilon;
    private final double slope;
    private final float nearest;
    private final float farthest;

    /**
     * Creates the architecture from its settings and weights.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @throws fathom.weights.CheckpointException if settings and weights are incomplete or contradict each other
     * @throws IllegalArgumentException if the value of an option is invalid
     */
    public DenseDepth(Settings config, Checkpoint weights, ModelOptions options) {
        this.weights = weights;
        String asked = options.text(DATASET);
        this.trained = Trained.of(asked == null ? config.text(DATASET, "nyu") : asked);
        this.size = size(options.text(SIZE), trained);
        this.upsampling = upsampling(options.text(UPSAMPLING));
        this.flip = options.flag(FLIP, false);
        this.lastActivation = config.flag("last_activation", true);
        this.epsilon = config.number("batch_norm_epsilon", 1.001e-5);
        this.slope = config.number("negative_slope", 0.2);
        this.nearest = options.numbers(MIN_DEPTH, 1, trained.nearest).getFirst();
        this.farthest = options.numbers(MAX_DEPTH, 1, trained.farthest).getFirst();
        if (nearest <= 0 || farthest <= nearest) {
            throw new IllegalArgumentException("options " + MIN_DEPTH + " and " + MAX_DEPTH + ": expected 0 < "
                    + MIN_DEPTH + " < " + MAX_DEPTH + ", found " + nearest + " and " + farthest);
        }
    }

    private static ResizePolicy size(@Nullable String asked, Trained trained) {
        if (asked == null) {
            return new ResizePolicy.Towards(trained.height, trained.width, false, 1);
        }
        if (asked.equals(KEEP)) {
            return new ResizePolicy.DownToMultiple(MULTIPLE);
        }
        Matcher sides = SIDES.matcher(asked);
        if (sides.matches()) {
            int width = Integer.parseInt(sides.group(1));
            int height = Integer.parseInt(sides.group(2));
            if (width > 0 && height > 0 && width % MULTIPLE == 0 && height % MULTIPLE == 0) {
                return new ResizePolicy.Towards(height, width, false, 1);
            }
        }
        throw new IllegalArgumentException("option " + SIZE + ": expected " + KEEP + " or WIDTHxHEIGHT in multiples of "
                + MULTIPLE + ", as 640x480, found " + asked);
    }

    private static ResizeMode upsampling(@Nullable String asked) {
        return switch (asked) {
            case null -> ResizeMode.LINEAR;
            case "half-pixel" -> ResizeMode.LINEAR;
            case "corner" -> ResizeMode.LINEAR_CORNER;
            case "aligned" -> ResizeMode.LINEAR_ALIGNED;
            default -> throw new IllegalArgumentException(
                    "option " + UPSAMPLING + ": expected half-pixel, corner or aligned, found " + asked);
        };
    }

    /** {@return the options that the user can set} */
    public static OptionSpecs ofFamily() {
        Map<String, String> options = new TreeMap<>();
        options.put(DATASET, "the training dataset: nyu (indoors, 0.1 to 10 m, 640x480) or kitti (roads, 1 to 80 m, "
                + "1280x384); default: inferred from the file name, otherwise nyu");
        options.put(SIZE, "size that a picture is resized to: WIDTHxHEIGHT in multiples of " + MULTIPLE + ", or " + KEEP
                + " for the picture's size rounded down to multiples; default: the trained size");
        options.put(UPSAMPLING,
                "pixel centres in the decoder's resize: half-pixel (default, the authors' program under TensorFlow 2), corner "
                        + "(under TensorFlow 1) or aligned (as the published files were trained and evaluated)");
        options.put(MIN_DEPTH, "smallest depth in metres");
        options.put(MAX_DEPTH, "largest depth in metres, which is divided by the network's output");
        options.put(FLIP,
                "true: average the depth of the picture and of the mirrored picture, as the authors evaluate; twice "
                        + "the time");
        return new OptionSpecs(options, Resampling.TORCH_BILINEAR);
    }

    @Override
    public OptionSpecs optionSpecs() {
        return ofFamily();
    }

    @Override
    public DepthKind kind() {
        return DepthKind.METRIC;
    }

    @Override
    public boolean averagesMirrored() {
        return flip;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        return new ResizeAndNormalise(Optional.of(size), RgbResampling.PILLOW_BILINEAR, Normalisation.UNIT, 1);
    }

    @Override
    public int smallestInput() {
        return MULTIPLE;
    }

    @Override
    public int trainedInput() {
        return trained.height;
    }

    @Override
    public void requireInput(int height, int width) {
        DepthArchitecture.super.requireInput(height, width);
        if (height % MULTIPLE != 0 || width % MULTIPLE != 0) {
            throw new UnfitPictureException(
                    "input: expected multiples of " + MULTIPLE + " pixels, found " + height + "×" + width);
        }
    }

    @Override
    public Value depth(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        List<Value> maps = encode(layers, pixels);
        Value x = maps.removeLast();
        x = g.tap("conv2", layers.conv("conv2", x, width("conv2"), 1, ConvParameters.PLAIN));
        for (int i = 1; i <= ENLARGEMENTS; i++) {
            x = g.tap("up" + i, enlarge(layers, "up" + i, x, maps.removeLast()));
        }
        Value y = g.tap("conv3", layers.conv("conv3", x, 1, 3, ConvParameters.PLAIN.pad(1))); // [N, 1, H/2, W/2]
        Value ratio = g.reshape(y, y.dim(0), y.dim(2), y.dim(3));
        return g.clip(g.div(g.scalar(farthest), ratio), nearest, farthest);
    }

    private int width(String layer) {
        return weights.shapeOf(layer + ".weight", 4).dim(0);
    }

    /**
     * Adds the encoder.
     *
     * @return maps [N, C, H/2, W/2], at H/4 and so on, the last at H/32
     */
    private List<Value> encode(Layers layers, Value pixels) {
        GraphBuilder g = layers.g();
        List<Value> maps = new ArrayList<>();
        Value x = layers.convWithoutBias("conv1/conv", pixels, width("conv1/conv"), 7, ConvParameters.stride(2).pad(3));
        x = g.tap("conv1/relu", active(layers, "conv1/bn", x));
        maps.add(x);
        // The reference pads with zeros, the pooling operator with −∞: after a ReLU the maxima are equal.
        x = g.tap("pool1", g.scope("pool1").maxPool(x, 3, ConvParameters.stride(2).pad(1)));
        maps.add(x);
        for (int stage = FIRST_STAGE; stage <= LAST_STAGE; stage++) {
            for (int i = 1; weights.has("conv" + stage + "_block" + i + "_1_conv.weight"); i++) {
                x = block(layers, "conv" + stage + "_block" + i, x);
            }
            if (stage < LAST_STAGE) {
                String name = "pool" + stage;
                String conv = name + "_conv";
                Value y = layers.convWithoutBias(conv, active(layers, name + "_bn", x), width(conv), 1,
                        ConvParameters.PLAIN);
                x = g.tap(name + "_pool", g.scope(name + "_pool").averagePool(y, 2, 2));
                if (stage < LAST_STAGE - 1) {
                    maps.add(x);
                }
            }
        }
        x = layers.batchNorm("bn", x, epsilon);
        maps.add(g.tap("encoder", lastActivation ? g.relu(x) : x));
        return maps;
    }

    private Value active(Layers layers, String name, Value x) {
        return layers.g().relu(layers.batchNorm(name, x, epsilon));
    }

    /** Adds a dense layer: returns x concatenated with new channels that are computed from all of x. */
    private Value block(Layers layers, String name, Value x) {
        String narrow = name + "_1_conv";
        String last = name + "_2_conv";
        Value y = active(layers, name + "_0_bn", x);
        y = layers.convWithoutBias(narrow, y, width(narrow), 1, ConvParameters.PLAIN);
        y = active(layers, name + "_1_bn", y);
        y = layers.convWithoutBias(last, y, width(last), 3, ConvParameters.PLAIN.pad(1));
        return layers.g().scope(name + "_concat").concat(1, x, y);
    }

    /** Upsamples x to twice its extents and concatenates the encoder's map of that size. */
    private Value enlarge(Layers layers, String name, Value x, Value skip) {
        GraphBuilder g = layers.g();
        g.scope(name + "_upsampling2d");
        Value y = g.concat(1, g.resize(x, 2 * x.dim(2), 2 * x.dim(3), upsampling), skip);
        for (String layer : List.of(name + "_convA", name + "_convB")) {
            y = g.leakyRelu(layers.conv(layer, y, width(layer), 3, ConvParameters.PLAIN.pad(1)), slope);
        }
        return y;
    }
}
