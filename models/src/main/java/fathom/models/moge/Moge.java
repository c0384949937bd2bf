package fathom.models.moge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;

import fathom.graph.ConvParameters;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.Architecture;
import fathom.models.Estimate;
import fathom.models.InputGeometry;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.Results;
import fathom.models.backbones.Dinov2Upstream;
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.TokenBudget;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * MoGe-2 (Wang et al., 2025; microsoft/MoGe, {@code moge/model/v2.py}): DINOv2's features and the pixels' positions
 * pass through a stack of convolutions at five sizes, followed by heads for a point map, a mask and normals; the scale
 * in metres is predicted from the class token. The point map is valid up to a shift along the optical axis, which is
 * solved together with the focal length.
 */
public final class Moge implements Architecture {
    /** The options that the user can set. */
    public static final OptionSpecs OPTION_SPECS = new OptionSpecs(MogePostprocessor.help(), Resampling.TORCH_BILINEAR);

    private static final String POINTS = "points";
    private static final String MASK = "mask";
    private static final String NORMAL = "normal";
    private static final String SCALE = "metric_scale";
    private static final String SPANS = "spans";
    private static final int LEVELS = 5;

    private final Settings config;
    private final Checkpoint weights;
    private final TokenBudget budget;
    private final MogePostprocessor reading;

    /**
     * Creates the architecture from its settings and weights.
     *
     * @param whole {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @throws fathom.weights.CheckpointException if settings and weights are incomplete or contradict each other
     * @throws IllegalArgumentException if the value of an option is invalid
     */
    public Moge(Settings whole, Checkpoint weights, ModelOptions options) {
        this.config = whole.object("model_config").orElse(whole);
        this.weights = weights;
        int patch = weights.shapeOf("encoder.backbone.patch_embed.proj.weight", 4).dim(2);
        this.budget = new TokenBudget(tokens(options, patch), patch, channels("encoder.image_mean", TokenBudget.MEAN),
                channels("encoder.image_std", TokenBudget.DEVIATION));
        this.reading = MogePostprocessor.of(options);
        String remap = config.text("remap_output", "exp");
        if (!remap.equals("exp")) {
            throw config.wrong("remap_output", "exp, as in MoGe-2", remap);
        }
    }

    /**
     * Returns the three numbers of a tensor [1, 3, 1, 1], or {@code otherwise} if the checkpoint does not contain it.
     */
    private List<Float> channels(String name, List<Float> otherwise) {
        if (!weights.has(name)) {
            return otherwise;
        }
        float[] values = weights.floats(weights.require(name, Shape.of(1, 3, 1, 1)));
        return List.of(values[0], values[1], values[2]);
    }

    private int tokens(ModelOptions options, int patch) {
        List<Integer> range = config.has("num_tokens_range")
                ? config.integers("num_tokens_range", 1)
                : List.of(1200, 3600);
        int most = TokenBudget.maxTokens(patch);
        if (range.size() != 2 || range.getFirst() > range.getLast() || range.getLast() > most) {
            throw config.wrong("num_tokens_range", "the fewest and the most, not above " + most, range);
        }
        return MogePostprocessor.tokens(options, range.getFirst(), range.getLast());
    }

    @Override
    public OptionSpecs optionSpecs() {
        return OPTION_SPECS;
    }

    @Override
    public DepthKind kind() {
        return weights.has("scale_head.0.weight") ? DepthKind.METRIC : DepthKind.SCALE_INVARIANT;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        return budget;
    }

    @Override
    public int smallestInput() {
        return budget.patch();
    }

    @Override
    public int trainedInput() {
        return budget.patch() * budget.rows(1, 1);
    }

    /** Returns half the width and half the height of the picture divided by half its diagonal. */
    @Override
    public Map<String, float[]> feeds(int imageHeight, int imageWidth) {
        double aspect = (double) imageWidth / imageHeight;
        double diagonal = Math.sqrt(1 + aspect * aspect);
        return Map.of(SPANS, new float[]{(float) (aspect / diagonal), (float) (1 / diagonal)});
    }

    @Override
    public SequencedMap<String, Value> build(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        Value spans = g.input(SPANS, DataType.FLOAT32, Shape.of(2));
        Dinov2Upstream backbone = Dinov2Upstream.of(layers, "encoder.backbone.", 1e-6);
        Grid grid = backbone.grid(pixels);
        List<Value> states = backbone.states(pixels, taps(backbone.depth()));
        List<Value> inputs = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            Value places = places(g, spans, pixels.dim(0), grid.height() << level, grid.width() << level);
            inputs.add(level == 0 ? g.concat(1, features(layers, states, grid), places) : places);
        }
        List<Value> levels = stack(layers, "neck", inputs);
        SequencedMap<String, Value> results = new LinkedHashMap<>();
        results.put(POINTS, stack(layers, "points_head", levels).getLast());
        results.put(MASK, stack(layers, "mask_head", levels).getLast());
        if (config.has("normal_head")) {
            results.put(NORMAL, stack(layers, "normal_head", levels).getLast());
        }
        if (kind() == DepthKind.METRIC) {
            results.put(SCALE, scale(layers, states.getLast()));
        }
        return results;
    }

    private List<Integer> taps(int depth) {
        Settings encoder = config.object("encoder")
                .orElseThrow(() -> config.wrong("encoder", "the settings of DINOv2", "none"));
        List<Integer> taps = encoder.isList("intermediate_layers")
                ? encoder.integers("intermediate_layers", 0)
                : IntStream.range(depth - Math.min(depth, encoder.integer("intermediate_layers", 1)), depth).boxed()
                        .toList();
        if (taps.isEmpty() || taps.stream().anyMatch(tap -> tap >= depth)) {
            throw encoder.wrong("intermediate_layers", "blocks below " + depth, taps);
        }
        return taps;
    }

    /** Adds the sum of the taps' projections, [N, C, h, w]. */
    private Value features(Layers layers, List<Value> states, Grid grid) {
        GraphBuilder g = layers.g();
        Value sum = null;
        for (int i = 0; i < states.size(); i++) {
            Value state = states.get(i);
            Value cells = g.slice(state, 1, 1, 1 + grid.cells());
            Value map = g.transpose(g.reshape(cells, state.dim(0), grid.height(), grid.width(), state.dim(2)), 0, 3, 1,
                    2);
            String name = "encoder.output_projections." + i;
            Value projected = g.tap(name,
                    layers.conv(name, map, weights.shapeOf(name + ".weight", 4).dim(0), 1, ConvParameters.PLAIN));
            sum = sum == null ? projected : g.add(sum, projected);
        }
        return g.tap("encoder.0", Objects.requireNonNull(sum));
    }

    /**
     * Adds the positions of the pixels of [height, width] on the picture's plane, whose half diagonal is 1: [N, 2,
     * height, width].
     */
    private static Value places(GraphBuilder g, Value spans, int batch, int height, int width) {
        g.scope("places");
        Value across = g.mul(g.constant(Shape.of(1, 1, 1, width), centred(width)),
                g.reshape(g.slice(spans, 0, 0, 1), 1, 1, 1, 1));
        Value down = g.mul(g.constant(Shape.of(1, 1, height, 1), centred(height)),
                g.reshape(g.slice(spans, 0, 1, 2), 1, 1, 1, 1));
        return g.concat(1, g.expand(across, batch, 1, height, width), g.expand(down, batch, 1, height, width));
    }

    /** Returns the centres of {@code count} cells that span −1 to 1. */
    private static float[] centred(int count) {
        float[] centres = new float[count];
        for (int i = 0; i < count; i++) {
            centres[i] = (float) ((2.0 * i + 1 - count) / count);
        }
        return centres;
    }

    /** Adds a stack of convolutions from the coarsest level to the finest; returns the output of each level. */
    private List<Value> stack(Layers layers, String name, List<Value> inputs) {
        GraphBuilder g = layers.g();
        Settings settings = config.object(name)
                .orElseThrow(() -> config.wrong(name, "the settings of a stack", "none"));
        List<String> resamplers = settings.texts("resamplers");
        if (resamplers.size() != LEVELS - 1) {
            throw settings.wrong("resamplers", LEVELS - 1 + " names", resamplers);
        }
        List<Value> outputs = new ArrayList<>();
        Value x = inputs.getFirst();
        for (int level = 0; level < LEVELS; level++) {
            Value own = narrow(layers, name + ".input_blocks." + level, inputs.get(level));
            x = level == 0 ? own : g.add(x, own);
            for (int i = 0; weights.has(name + ".res_blocks." + level + "." + i + ".layers.2.weight"); i++) {
                x = unit(layers, settings, name + ".res_blocks." + level + "." + i, x);
            }
            outputs.add(g.tap(name + "." + level, narrow(layers, name + ".output_blocks." + level, x)));
            if (level < resamplers.size()) {
                x = enlarge(layers, settings, name + ".resamplers." + level, resamplers.get(level), x);
            }
        }
        return outputs;
    }

    /** Adds a 1×1 convolution; returns x if the checkpoint does not contain it. */
    private Value narrow(Layers layers, String name, Value x) {
        return weights.has(name + ".weight")
                ? layers.g().tap(name,
                        layers.conv(name, x, weights.shapeOf(name + ".weight", 4).dim(0), 1, ConvParameters.PLAIN))
                : x;
    }

    /** Adds x + conv(relu(norm(conv(relu(norm(x)))))). */
    private Value unit(Layers layers, Settings settings, String name, Value x) {
        GraphBuilder g = layers.g();
        Value y = norm(layers, settings, "res_block_in_norm", "layer_norm", name + ".layers.0", x);
        y = conv3(layers, name + ".layers.2", g.relu(y));
        y = norm(layers, settings, "res_block_hidden_norm", "group_norm", name + ".layers.3", y);
        return g.tap(name, g.add(conv3(layers, name + ".layers.5", g.relu(y)), x));
    }

    private static Value norm(Layers layers, Settings settings, String field, String otherwise, String name, Value x) {
        String kind = settings.text(field, otherwise);
        int groups = switch (kind) {
            case "none" -> 0;
            case "layer_norm" -> 1;
            case "group_norm" -> Math.max(1, x.dim(1) / 32);
            default -> throw settings.wrong(field, "none, layer_norm or group_norm", kind);
        };
        return groups == 0
                ? x
                : layers.g().groupNorm(x, groups, layers.weight(name + ".weight", x.dim(1)),
                        layers.weight(name + ".bias", x.dim(1)), 1e-5);
    }

    /** Adds a 3×3 convolution whose padding repeats the outermost pixels. */
    private Value conv3(Layers layers, String name, Value x) {
        layers.g().scope(name);
        return layers.conv(name, layers.g().padWithEdges(x, 1), weights.shapeOf(name + ".weight", 4).dim(0), 3,
                ConvParameters.PLAIN);
    }

    private Value enlarge(Layers layers, Settings settings, String name, String kind, Value x) {
        Value large = switch (kind) {
            case "conv_transpose" -> layers.g().tap(name + ".0",
                    layers.enlarge(name + ".0", x, weights.shapeOf(name + ".0.weight", 4).dim(1), 2));
            case "bilinear" -> layers.g().scope(name).resize(x, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.LINEAR);
            default -> throw settings.wrong("resamplers", "conv_transpose or bilinear", kind);
        };
        return conv3(layers, name + ".1", large);
    }

    /** Adds the logarithm of the scale, [N]. */
    private Value scale(Layers layers, Value state) {
        GraphBuilder g = layers.g();
        Value x = g.tap("encoder.1", g.reshape(g.slice(state, 1, 0, 1), state.dim(0), state.dim(2)));
        for (int layer = 0; weights.has("scale_head." + layer + ".weight"); layer += 2) {
            String name = "scale_head." + layer;
            x = layers.linear(name, layer == 0 ? x : g.relu(x), weights.shapeOf(name + ".weight", 2).dim(0));
        }
        return g.reshape(g.tap("scale_head", x), state.dim(0));
    }

    @Override
    public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
        Plane x = resized(results, POINTS, 0, picture);
        Plane y = resized(results, POINTS, 1, picture);
        Plane z = resized(results, POINTS, 2, picture);
        Plane mask = resized(results, MASK, 0, picture);
        remap(x.array(), y.array(), z.array(), mask.array());
        Optional<List<Plane>> normals = results.containsKey(NORMAL)
                ? Optional.of(List.of(resized(results, NORMAL, 0, picture), resized(results, NORMAL, 1, picture),
                        resized(results, NORMAL, 2, picture)))
                : Optional.empty();
        OptionalDouble scale = kind() == DepthKind.METRIC
                ? OptionalDouble.of((float) Math.exp(Results.require(results, SCALE).number()))
                : OptionalDouble.empty();
        return reading.estimate(new AffinePoints(x, y, z, mask, normals, scale));
    }

    private static void remap(float[] x, float[] y, float[] z, float[] mask) {
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) Math.exp(z[i]);
            x[i] *= z[i];
            y[i] *= z[i];
            // sigmoid(m) > ½
            mask[i] = mask[i] > 0 ? 1 : 0;
        }
    }

    private static Plane resized(Map<String, FloatTensor> results, String name, int channel, InputGeometry picture) {
        return Resampling.TORCH_BILINEAR.resized(Results.require(results, name).plane(channel), picture.imageHeight(),
                picture.imageWidth());
    }
}
