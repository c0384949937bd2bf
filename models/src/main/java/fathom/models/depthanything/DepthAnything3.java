package fathom.models.depthanything;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Value;
import fathom.models.Architecture;
import fathom.models.Estimate;
import fathom.models.Focal;
import fathom.models.InputGeometry;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.Results;
import fathom.models.backbones.Dinov2Upstream;
import fathom.models.backbones.Grid;
import fathom.models.backbones.Layers;
import fathom.models.preprocessing.BoundedSize;
import fathom.models.preprocessing.Preparation;
import fathom.raster.AuxiliaryMap;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.ValueStatistics;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;

/**
 * Depth Anything 3 for one picture (Lin et al., 2025; ByteDance-Seed/Depth-Anything-3): a DINOv2 backbone and a DPT
 * head with two outputs, depth and sky. Depth is the exponential of the head's output; pixels of the sky get the
 * farthest depth of the others. The metric model predicts metres for a focal length of 300 pixels of its input, so
 * metres require the picture's focal length; without one, its depth is valid up to scale.
 */
public final class DepthAnything3 implements Architecture {
    private static final String SKY = "sky";
    private static final String PROCESS_RES = "process_res";
    private static final String PROCESS_METHOD = "process_res_method";

    /** Focal length, in pixels of the input, at which the metric model gives metres. */
    private static final double CANONICAL_FOCAL = 300;
    /** Smallest value of {@link #SKY} that counts as sky. */
    private static final float SKY_THRESHOLD = 0.3f;
    /** Depth is unchanged if the number of pixels of ground, or of sky, is not above this. */
    private static final int MIN_PIXELS = 10;
    private static final double FARTHEST_QUANTILE = 0.99;
    private static final String BACKBONE = "model.backbone.pretrained.";
    private static final String HEAD = "model.head.";
    private static final double FINAL_EPSILON = 1e-5;
    private static final int SKETCH = 32;
    private static final List<Integer> PUBLISHED_TAPS = List.of(4, 11, 17, 23);

    private final Checkpoint weights;
    private final boolean metric;
    private final List<Integer> taps;
    private final int features;
    private final BoundedSize preparation;
    private final boolean fillSky;
    private final Optional<Focal> focal;

    /**
     * Creates the architecture from its settings and weights.
     *
     * @param config {@code config.json}
     * @param weights the weights
     * @param options the options of the model
     * @throws fathom.weights.CheckpointException if settings and weights are incomplete or contradict each other
     * @throws IllegalArgumentException if the value of an option is invalid
     */
    public DepthAnything3(Settings config, Checkpoint weights, ModelOptions options) {
        this.weights = weights;
        this.metric = config.text("model_name", "da3mono").startsWith("da3metric");
        Settings parts = config.object("config").orElse(config);
        Settings none = Settings.parse(weights.folder(), "{}");
        Settings net = parts.object("net").orElse(none);
        requirePlain(parts, net, parts.object("head").flatMap(head -> head.object("__object__")).orElse(none));
        this.taps = net.has("out_layers") ? net.integers("out_layers", 0) : PUBLISHED_TAPS;
        if (taps.size() != 4) {
            throw net.wrong("out_layers", "four blocks", taps);
        }
        this.features = weights.shapeOf(HEAD + "scratch.layer1_rn.weight", 4).dim(0);
        this.preparation = new BoundedSize(options.integer(PROCESS_RES, 14, 504), method(options));
        this.fillSky = options.flag(SKY, true);
        this.focal = Focal.of(options);
        if (focal.isPresent() && !metric) {
            throw new IllegalArgumentException("options " + Focal.PIXELS + " and " + Focal.FIELD_OF_VIEW
                    + ": the monocular model predicts depth up to scale and shift, which does not depend on the focal length; remove them "
                    + "or use the metric model");
        }
    }

    /** Rejects the family's models for several views, whose attention spans the views. */
    private static void requirePlain(Settings parts, Settings net, Settings head) {
        for (String start : List.of("alt_start", "qknorm_start", "rope_start")) {
            double from = net.number(start, -1);
            if (from >= 0) {
                throw net.wrong(start, "-1, as in the models for one picture (DA3MONO, DA3METRIC)", from);
            }
        }
        if (net.flag("cat_token", false)) {
            throw net.wrong("cat_token", "false, as in the models for one picture (DA3MONO, DA3METRIC)", true);
        }
        if (!head.text("name", "DPT").equals("DPT")) {
            throw head.wrong("name", "DPT, as in the models for one picture (DA3MONO, DA3METRIC)", head.text("name"));
        }
        if (parts.has("cam_enc") || parts.has("cam_dec")) {
            throw parts.wrong("cam_enc", "none: models with cameras are not supported (only DA3MONO, DA3METRIC)",
                    "one");
        }
    }

    private static BoundedSize.Method method(ModelOptions options) {
        String name = options.text(PROCESS_METHOD);
        return name == null ? BoundedSize.Method.UPPER_BOUND_RESIZE : BoundedSize.Method.ofLabel(name);
    }

    /**
     * Returns the options that the user can set.
     *
     * @param metric whether the model is metric
     * @return the options
     */
    public static OptionSpecs optionSpecs(boolean metric) {
        Map<String, String> options = new TreeMap<>();
        options.put(PROCESS_RES, "size in pixels of the longest (or, by " + PROCESS_METHOD
                + ", the shortest) side after the resize (default 504)");
        options.put(PROCESS_METHOD,
                "upper_bound_resize (default), lower_bound_resize, upper_bound_crop or lower_bound_crop");
        options.put(SKY,
                "false: keep the network's depth of the sky, instead of setting it to that of the farthest ground");
        if (metric) {
            options.putAll(Focal.help("makes the depth metric"));
        }
        return new OptionSpecs(options, Resampling.TORCH_BILINEAR);
    }

    @Override
    public OptionSpecs optionSpecs() {
        return optionSpecs(metric);
    }

    @Override
    public DepthKind kind() {
        if (!metric) {
            return DepthKind.AFFINE;
        }
        return focal.isPresent() ? DepthKind.METRIC : DepthKind.SCALE_INVARIANT;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        return preparation;
    }

    @Override
    public int smallestInput() {
        return BoundedSize.MULTIPLE;
    }

    @Override
    public int trainedInput() {
        return 504;
    }

    @Override
    public SequencedMap<String, Value> build(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        Dinov2Upstream backbone = Dinov2Upstream.of(layers, BACKBONE, FINAL_EPSILON);
        for (int tap : taps) {
            if (tap >= backbone.depth()) {
                throw new CheckpointException(weights.folder(),
                        "out_layers: expected blocks below " + backbone.depth() + ", found " + taps);
            }
        }
        Grid grid = backbone.grid(pixels);
        List<Value> maps = new ArrayList<>();
        for (Value state : backbone.states(pixels, taps)) {
            maps.add(reassemble(layers, maps.size(), state, grid));
        }
        Value x = conv3(layers, "scratch.output_conv1", fuse(layers, maps), features / 2);
        g.tap("head.scratch.output_conv1", x);
        x = g.resize(x, grid.height() * backbone.patch(), grid.width() * backbone.patch(), ResizeMode.LINEAR_ALIGNED);
        SequencedMap<String, Value> results = new LinkedHashMap<>();
        results.put(DEPTH, flat(g, g.exp(logit(layers, "scratch.output_conv2", x))));
        results.put(SKY, flat(g, g.relu(logit(layers, "scratch.sky_output_conv2", x))));
        return results;
    }

    /** Converts a state to the map of {@code stage}: [N, 1 + h·w, C] → 4, 2, 1 and ½ times the grid. */
    private Value reassemble(Layers layers, int stage, Value state, Grid grid) {
        GraphBuilder g = layers.g();
        int batch = state.dim(0);
        int width = state.dim(2);
        Value cells = g.slice(state, 1, 1, 1 + grid.cells());
        g.tap("backbone.feature." + stage, cells);
        Value map = g.transpose(g.reshape(cells, batch, grid.height(), grid.width(), width), 0, 3, 1, 2);
        int out = weights.shapeOf(HEAD + "projects." + stage + ".weight", 4).dim(0);
        Value x = layers.conv(HEAD + "projects." + stage, map, out, 1, ConvParameters.PLAIN);
        g.tap("head.projects." + stage, x);
        String resize = HEAD + "resize_layers." + stage;
        Value sized = switch (stage) {
            case 0 -> layers.enlarge(resize, x, out, 4);
            case 1 -> layers.enlarge(resize, x, out, 2);
            case 2 -> x;
            default -> layers.conv(resize, x, out, 3, ConvParameters.stride(2).pad(1));
        };
        g.tap("head.resize_layers." + stage, sized);
        String narrow = "scratch.layer" + (stage + 1) + "_rn";
        return g.tap("head." + narrow,
                layers.convWithoutBias(HEAD + narrow, sized, features, 3, ConvParameters.PLAIN.pad(1)));
    }

    /** Fuses the maps from the coarsest to the finest and doubles the last. */
    private Value fuse(Layers layers, List<Value> maps) {
        GraphBuilder g = layers.g();
        Value x = maps.getLast();
        for (int level = maps.size(); level >= 1; level--) {
            String name = "scratch.refinenet" + level;
            if (level < maps.size()) {
                x = g.add(x, unit(layers, name + ".resConfUnit1", maps.get(level - 1)));
            }
            x = unit(layers, name + ".resConfUnit2", x);
            x = layers.conv(HEAD + name + ".out_conv", x, features, 1, ConvParameters.PLAIN);
            // A 1×1 convolution and a resize whose weights sum to 1 can be exchanged.
            x = level > 1
                    ? g.resize(x, maps.get(level - 2).dim(2), maps.get(level - 2).dim(3), ResizeMode.LINEAR_ALIGNED)
                    : g.resize(x, 2 * x.dim(2), 2 * x.dim(3), ResizeMode.LINEAR_ALIGNED);
            g.tap("head." + name, x);
        }
        return x;
    }

    /** x + conv(relu(conv(relu(x)))). */
    private Value unit(Layers layers, String name, Value x) {
        GraphBuilder g = layers.g();
        Value y = conv3(layers, name + ".conv1", g.relu(x), features);
        return g.add(conv3(layers, name + ".conv2", g.relu(y), features), x);
    }

    private static Value conv3(Layers layers, String name, Value x, int out) {
        return layers.conv(HEAD + name, x, out, 3, ConvParameters.PLAIN.pad(1));
    }

    private static Value logit(Layers layers, String name, Value x) {
        GraphBuilder g = layers.g();
        Value y = g.relu(conv3(layers, name + ".0", x, SKETCH));
        return g.tap("head." + name, layers.conv(HEAD + name + ".2", y, 1, 1, ConvParameters.PLAIN));
    }

    private static Value flat(GraphBuilder g, Value x) {
        return g.reshape(x, x.dim(0), x.dim(2), x.dim(3));
    }

    @Override
    public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
        Plane depth = Results.require(results, DEPTH).plane(0);
        Plane sky = Results.require(results, SKY).plane(0);
        if (fillSky) {
            setSkyDepth(depth, sky);
        }
        focal.ifPresent(given -> scale(depth.array(), inputFocal(given, picture) / CANONICAL_FOCAL));
        return new Estimate(new Prediction(kind(), depth),
                List.of(AuxiliaryMap.of(SKY, AuxiliaryMap.Kind.CLASS_SCORE, "", sky)), Map.of());
    }

    /**
     * Sets the depth of the sky to the {@value #FARTHEST_QUANTILE} quantile of the other pixels' depth, interpolated
     * linearly.
     */
    private static void setSkyDepth(Plane depth, Plane sky) {
        Mask ground = Mask.where(sky, value -> value < SKY_THRESHOLD);
        int count = ground.count();
        if (count <= MIN_PIXELS || depth.size() - count <= MIN_PIXELS) {
            return;
        }
        float farthest = (float) ValueStatistics.of(depth, ground).quantile(FARTHEST_QUANTILE);
        for (int row = 0; row < depth.height(); row++) {
            for (int column = 0; column < depth.width(); column++) {
                if (!ground.get(row, column)) {
                    depth.set(row, column, farthest);
                }
            }
        }
    }

    /** Returns the mean focal length in pixels of the input. */
    private double inputFocal(Focal given, InputGeometry picture) {
        BoundedSize.Size resized = preparation.resized(picture.imageHeight(), picture.imageWidth());
        double columns = (double) resized.width() / picture.imageWidth();
        double rows = (double) resized.height() / picture.imageHeight();
        return (given.x(picture.imageWidth()) * columns + given.y(picture.imageWidth()) * rows) / 2;
    }

    private static void scale(float[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor);
        }
    }
}
