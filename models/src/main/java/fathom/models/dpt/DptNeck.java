package fathom.models.dpt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.weights.Settings;

/**
 * The neck of DPT: converts token states to fused feature maps by reassemble, convolution and fusion ("Vision
 * Transformers for Dense Prediction", Ranftl et al., ICCV 2021, section 3).
 *
 * @param layers graph and weights
 * @param channels channels of the four reassembled maps
 * @param factors scale of each reassembled map relative to the token grid: 4, 2, 1, 0.5
 * @param fusion channels of the fused maps
 * @param readout how the class token is used
 * @param batchNorm whether the residual units normalise
 * @param unitBias whether the convolutions of the residual units have a bias
 * @param towardsNext whether a fused map is resized to the next shallower map, instead of to twice its size
 */
public record DptNeck(Layers layers, List<Integer> channels, List<Double> factors, int fusion, Readout readout,
        boolean batchNorm, boolean unitBias, boolean towardsNext) {
    /** How the class token is used. */
    enum Readout {
        /** It is ignored. */
        IGNORE,
        /** It is added to every other token. */
        ADD,
        /** It is concatenated to every other token, followed by a projection. */
        PROJECT
    }

    /**
     * Creates the neck that {@code config} of DPT describes.
     *
     * @param config settings of the model
     * @param layers graph and weights
     * @return the neck
     */
    public static DptNeck of(Settings config, Layers layers) {
        String readout = config.text("readout_type", "project");
        boolean batchNorm = config.flag("use_batch_norm_in_fusion_residual", false);
        return new DptNeck(layers, config.integers("neck_hidden_sizes", 1), factors(config),
                config.integer("fusion_hidden_size", 1, 256), switch (readout) {
                    case "ignore" -> Readout.IGNORE;
                    case "add" -> Readout.ADD;
                    case "project" -> Readout.PROJECT;
                    default -> throw config.wrong("readout_type", "ignore, add or project", readout);
                }, batchNorm, config.flag("use_bias_in_fusion_residual", !batchNorm), false);
    }

    /**
     * Creates the neck that {@code config} of Depth Anything describes.
     *
     * @param config settings of the model
     * @param layers graph and weights
     * @return the neck
     */
    public static DptNeck ofDepthAnything(Settings config, Layers layers) {
        return new DptNeck(layers, config.integers("neck_hidden_sizes", 1), factors(config),
                config.integer("fusion_hidden_size", 1, 64), Readout.IGNORE, false, true, true);
    }

    /**
     * Returns which of the results of {@link #fuse} the head reads: the last one, unless {@code head_in_index} names another.
     *
     * @param config settings of the model
     * @param count the number of results
     * @return the index from 0
     */
    public static int headIndex(Settings config, int count) {
        int index = config.integer("head_in_index", Integer.MIN_VALUE, -1);
        if (index < -count || index >= count) {
            throw config.wrong("head_in_index", "an index into " + count + " maps", index);
        }
        return index < 0 ? index + count : index;
    }

    private static List<Double> factors(Settings config) {
        List<Integer> channels = config.integers("neck_hidden_sizes", 1);
        List<Double> factors = config.has("reassemble_factors")
                ? config.numbers("reassemble_factors")
                : List.of(4.0, 2.0, 1.0, 0.5);
        if (channels.isEmpty() || factors.size() != channels.size()) {
            throw config.wrong("reassemble_factors", "one per size in neck_hidden_sizes " + channels, factors);
        }
        for (double factor : factors) {
            double whole = factor >= 1 ? factor : 1 / factor;
            if (!(factor > 0) || whole != Math.rint(whole) || whole > 64) {
                throw config.wrong("reassemble_factors", "whole numbers or their inverses", factors);
            }
        }
        return factors;
    }

    /**
     * Requires that the backbone provides as many states as the neck takes.
     *
     * @param config settings of the model
     * @param count number of states
     */
    public void requireStages(Settings config, int count) {
        if (count != channels.size()) {
            throw config.wrong("neck_hidden_sizes", "one size for each of the backbone's " + count + " states",
                    channels);
        }
    }

    /**
     * Reassembles tokens to a map.
     *
     * @param stage index of the map
     * @param tokens class token first, [N, 1 + h·w, C]
     * @param grid the token grid
     * @return the map of {@code stage}, [N, channels, h·f, w·f]
     */
    public Value reassemble(int stage, Value tokens, Grid grid) {
        GraphBuilder g = layers.g();
        String name = "neck.reassemble_stage.layers." + stage;
        int batch = tokens.dim(0);
        int width = tokens.dim(2);
        Value cells = g.reshape(readOut(stage, tokens), batch, grid.height(), grid.width(), width);
        Value x = layers.conv(name + ".projection", g.transpose(cells, 0, 3, 1, 2), channels.get(stage), 1,
                ConvParameters.PLAIN);
        return g.tap("neck.reassemble_stage." + stage, rescale(name + ".resize", x, factors.get(stage)));
    }

    private Value rescale(String name, Value x, double factor) {
        if (factor == 1) {
            return x;
        }
        int out = x.dim(1);
        return factor > 1
                ? layers.enlarge(name, x, out, (int) factor)
                : layers.conv(name, x, out, 3, ConvParameters.stride((int) Math.rint(1 / factor)).pad(1));
    }

    /** Applies the readout: [N, 1 + T, C] → [N, T, C]. */
    private Value readOut(int stage, Value tokens) {
        GraphBuilder g = layers.g();
        g.scope("neck.reassemble_stage.readout_projects." + stage);
        int batch = tokens.dim(0);
        int count = tokens.dim(1) - 1;
        int width = tokens.dim(2);
        Value cells = g.slice(tokens, 1, 1, count + 1);
        return switch (readout) {
            case IGNORE -> cells;
            case ADD -> g.add(cells, g.slice(tokens, 1, 0, 1));
            case PROJECT -> {
                Value classToken = g.expand(g.slice(tokens, 1, 0, 1), batch, count, width);
                Value pairs = g.reshape(g.concat(2, cells, classToken), batch * count, 2 * width);
                yield g.gelu(layers.linear("neck.reassemble_stage.readout_projects." + stage + ".0", pairs, width));
            }
        };
    }

    /**
     * Fuses the maps from the deepest, the last of {@code maps}, to the shallowest.
     *
     * @param maps reassembled maps, shallow to deep
     * @return the result of every step
     */
    public List<Value> fuse(List<Value> maps) {
        GraphBuilder g = layers.g();
        List<Value> features = IntStream.range(0, maps.size())
                .mapToObj(i -> g.tap("neck.convs." + i,
                        layers.convWithoutBias("neck.convs." + i, maps.get(i), fusion, 3, ConvParameters.PLAIN.pad(1))))
                .toList();
        List<Value> fused = new ArrayList<>();
        for (Value feature : features.reversed()) {
            int step = fused.size();
            String name = "neck.fusion_stage.layers." + step;
            Value x = fused.isEmpty() ? feature : join(name, fused.getLast(), feature);
            Value refined = residualUnit(name + ".residual_layer2", x);
            // The reference projects after the resize. The weights of the resize sum to 1 at every
            // pixel, so the 1×1 convolution with its bias can run first, on a quarter of the pixels.
            Value projected = layers.conv(name + ".projection", refined, fusion, 1, ConvParameters.PLAIN);
            g.scope(name);
            boolean follow = towardsNext && step + 1 < features.size();
            Value next = features.get(features.size() - 1 - Math.min(step + 1, features.size() - 1));
            fused.add(g.tap("neck.fusion_stage." + step,
                    follow
                            ? g.resize(projected, next.dim(2), next.dim(3), ResizeMode.LINEAR_ALIGNED)
                            : g.resize(projected, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.LINEAR_ALIGNED)));
        }
        return fused;
    }

    /** Adds the refined skip connection to the fused map, after resizing it if a grid was odd. */
    private Value join(String name, Value fused, Value skip) {
        GraphBuilder g = layers.g();
        g.scope(name);
        Value sized = g.resize(skip, fused.dim(2), fused.dim(3), ResizeMode.LINEAR);
        return g.add(fused, residualUnit(name + ".residual_layer1", sized));
    }

    /** x + conv(relu(conv(relu(x)))). */
    private Value residualUnit(String name, Value x) {
        GraphBuilder g = layers.g();
        g.scope(name);
        Value y = unitConv(name, 1, g.relu(x));
        return g.add(unitConv(name, 2, g.relu(y)), x);
    }

    private Value unitConv(String name, int index, Value x) {
        String conv = name + ".convolution" + index;
        Value y = unitBias
                ? layers.conv(conv, x, fusion, 3, ConvParameters.PLAIN.pad(1))
                : layers.convWithoutBias(conv, x, fusion, 3, ConvParameters.PLAIN.pad(1));
        return batchNorm ? layers.batchNorm(name + ".batch_norm" + index, y) : y;
    }
}
