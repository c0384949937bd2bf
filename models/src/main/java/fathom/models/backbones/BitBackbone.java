package fathom.models.backbones;

import java.util.ArrayList;
import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.weights.Settings;

/**
 * "Big Transfer" (Kolesnikov et al., ECCV 2020): a residual network of bottlenecks with weight-standardised
 * convolutions and group normalisation; the trunk of DPT-hybrid. Padding follows TensorFlow's SAME: it is divided
 * evenly, and an odd pixel is added at the right and bottom.
 *
 * @param layers graph and weights
 * @param prefix name of the module
 * @param stem channels after the stem
 * @param channels channels of each stage
 * @param depths bottlenecks of each stage
 * @param groups groups of the normalisations
 */
public record BitBackbone(Layers layers, String prefix, int stem, List<Integer> channels, List<Integer> depths,
        int groups) {
    private static final double STANDARDISATION_EPSILON = 1e-8;
    private static final double GROUP_NORM_EPSILON = 1e-5;

    /**
     * Creates the backbone that {@code config} describes.
     *
     * @param config its settings
     * @param layers graph and weights
     * @param prefix name of the module
     * @return the backbone
     */
    public static BitBackbone of(Settings config, Layers layers, String prefix) {
        requireWord(config, "layer_type", "bottleneck", "preactivation");
        requireWord(config, "global_padding", "same", "");
        requireWord(config, "hidden_act", "relu", "relu");
        if (!config.flag("embedding_dynamic_padding", false)) {
            throw config.wrong("embedding_dynamic_padding", "true", false);
        }
        if (config.integer("output_stride", 1, 32) != 32) {
            throw config.wrong("output_stride", "32", config.integer("output_stride", 1));
        }
        List<Integer> sizes = config.integers("hidden_sizes", 1);
        List<Integer> depths = config.integers("depths", 1);
        if (depths.isEmpty() || sizes.size() < depths.size()) {
            throw config.wrong("hidden_sizes", "one size per stage in depths " + depths, sizes);
        }
        int factor = config.integer("width_factor", 1, 1);
        int groups = config.integer("num_groups", 1, 32);
        return new BitBackbone(layers, prefix, config.integer("embedding_size", 1, 64),
                depths.isEmpty()
                        ? List.of()
                        : sizes.subList(0, depths.size()).stream().map(size -> divisible(size * factor)).toList(),
                depths, groups);
    }

    private static void requireWord(Settings config, String field, String expected, String otherwise) {
        String found = config.text(field, otherwise);
        if (!found.equalsIgnoreCase(expected)) {
            throw config.wrong(field, expected, found);
        }
    }

    /**
     * Builds the graph.
     *
     * @param pixels preprocessed pictures, [N, 3, H, W]
     * @return the output of each stage: [N, channels, H/4, W/4], then H/8 and so on, rounded up
     */
    public List<Value> stages(Value pixels) {
        GraphBuilder g = layers.g();
        String embedder = prefix + ".embedder";
        Value x = g.tap(embedder + ".convolution", standardisedConv(embedder + ".convolution", pixels, stem, 7, 2));
        x = g.tap(embedder + ".norm", g.relu(groupNorm(embedder + ".norm", x))); // [N, stem, H/2, W/2]
        // The reference pads with zeros, the pooling operator with −∞: after a ReLU the maxima are equal.
        x = g.tap(embedder, g.scope(embedder).maxPool(x, 3, same(x, 3, 2))); // [N, stem, H/4, W/4]
        List<Value> stages = new ArrayList<>();
        for (int stage = 0; stage < depths.size(); stage++) {
            String name = prefix + ".encoder.stages." + stage;
            for (int block = 0; block < depths.get(stage); block++) {
                String layer = name + ".layers." + block;
                int stride = block == 0 && stage > 0 ? 2 : 1;
                x = g.tap(layer, bottleneck(layer, x, channels.get(stage), stride, block == 0));
            }
            stages.add(g.tap(name, x));
        }
        return stages;
    }

    private Value bottleneck(String name, Value x, int out, int stride, boolean first) {
        GraphBuilder g = layers.g();
        int middle = divisible(0.25 * out);
        Value shortcut = first
                ? groupNorm(name + ".downsample.norm", standardisedConv(name + ".downsample.conv", x, out, 1, stride))
                : x;
        Value y = g.relu(groupNorm(name + ".norm1", standardisedConv(name + ".conv1", x, middle, 1, 1)));
        y = g.relu(groupNorm(name + ".norm2", standardisedConv(name + ".conv2", y, middle, 3, stride)));
        y = groupNorm(name + ".norm3", standardisedConv(name + ".conv3", y, out, 1, 1));
        return g.relu(g.add(y, shortcut));
    }

    private Value standardisedConv(String name, Value x, int out, int kernel, int stride) {
        int in = x.dim(1);
        float[] weight = layers.numbers(name + ".weight", out, in, kernel, kernel);
        standardise(weight, out);
        layers.g().scope(name);
        return layers.g().conv(x,
                layers.derived(name + ".weight standardised", Shape.of(out, in, kernel, kernel), weight),
                same(x, kernel, stride));
    }

    /**
     * Standardises each of the {@code out} filters in place: (w − mean) / sqrt(variance + epsilon), with the biased
     * variance.
     */
    private static void standardise(float[] weight, int out) {
        int size = weight.length / out;
        for (int filter = 0, start = 0; filter < out; filter++, start += size) {
            double sum = 0;
            for (int i = start; i < start + size; i++) {
                sum += weight[i];
            }
            double mean = sum / size;
            double squares = 0;
            for (int i = start; i < start + size; i++) {
                squares += (weight[i] - mean) * (weight[i] - mean);
            }
            double scale = 1 / Math.sqrt(squares / size + STANDARDISATION_EPSILON);
            for (int i = start; i < start + size; i++) {
                weight[i] = (float) ((weight[i] - mean) * scale);
            }
        }
    }

    /** Returns convolution parameters with padding for an output of ceil(extent / stride). */
    private static ConvParameters same(Value x, int kernel, int stride) {
        int rows = missing(x.dim(2), kernel, stride);
        int columns = missing(x.dim(3), kernel, stride);
        return ConvParameters.stride(stride).pad(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
    }

    private static int missing(int extent, int kernel, int stride) {
        return Math.max((Math.ceilDiv(extent, stride) - 1) * stride + kernel - extent, 0);
    }

    private Value groupNorm(String name, Value x) {
        int channels = x.dim(1);
        layers.g().scope(name);
        return layers.g().groupNorm(x, groups, layers.weight(name + ".weight", channels),
                layers.weight(name + ".bias", channels), GROUP_NORM_EPSILON);
    }

    /** Returns the multiple of 8 nearest to {@code channels}, at least 8 and not more than a tenth below. */
    private static int divisible(double channels) {
        int rounded = Math.max(8, (int) (channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }
}
