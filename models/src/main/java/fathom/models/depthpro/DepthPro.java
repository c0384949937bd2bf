package fathom.models.depthpro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.Architecture;
import fathom.models.Estimate;
import fathom.models.Focal;
import fathom.models.InputGeometry;
import fathom.models.ModelOptions;
import fathom.models.OptionSpecs;
import fathom.models.Results;
import fathom.models.backbones.Dinov2Backbone;
import fathom.models.backbones.Layers;
import fathom.models.backbones.Tokens;
import fathom.models.preprocessing.NormaliseAndStretch;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.resampling.Resampling;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;

/**
 * Depth Pro (Bochkovskii et al., ICLR 2025), as transformers' {@code DepthProForDepthEstimation}. One ViT encodes tiles
 * of the picture at three sizes, a second ViT encodes the whole picture, and a third estimates the field of view, which
 * converts inverse depth in canonical units to metres.
 */
public final class DepthPro implements Architecture {
    /** The options that the user can set. */
    public static final OptionSpecs OPTION_SPECS = new OptionSpecs(Focal.help("replaces the network's estimate"),
            Resampling.TORCH_BILINEAR);

    private static final String ANGLE = "field_of_view";
    private static final String FOCAL_LENGTH = "focal_length";
    private static final String ENCODER = "depth_pro.encoder.";
    private static final String UPSAMPLE = "depth_pro.neck.feature_upsample.";
    private static final int LONGEST_SIDE = 4096;
    private static final float NEAREST_INVERSE = 1e4f;
    private static final float FARTHEST_INVERSE = 1e-4f;

    private final Settings config;
    private final Settings patchConfig;
    private final Checkpoint weights;
    private final int tile;
    private final List<Double> ratios;
    private final List<Double> overlaps;
    private final List<Integer> hooks;
    private final boolean givesAngle;
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
    public DepthPro(Settings config, Checkpoint weights, ModelOptions options) {
        this.config = config;
        this.weights = weights;
        this.patchConfig = part("patch_model_config");
        this.tile = config.side("patch_size", 384);
        this.ratios = config.has("scaled_images_ratios")
                ? config.numbers("scaled_images_ratios")
                : List.of(0.25, 0.5, 1.0);
        this.overlaps = config.has("scaled_images_overlap_ratios")
                ? config.numbers("scaled_images_overlap_ratios")
                : List.of(0.0, 0.5, 0.25);
        this.hooks = config.has("intermediate_hook_ids") ? config.integers("intermediate_hook_ids", 0) : List.of(11, 5);
        this.givesAngle = config.flag("use_fov_model", true);
        this.focal = Focal.of(options);
        requireSizes();
        if (!givesAngle && focal.isEmpty()) {
            throw new IllegalArgumentException("options " + Focal.PIXELS + " and " + Focal.FIELD_OF_VIEW
                    + ": expected one of the two options, because this checkpoint has no network for the field of view "
                    + "(use_fov_model is false), found none");
        }
    }

    private void requireSizes() {
        boolean ascending = !ratios.isEmpty() && ratios.getLast() == 1;
        for (int i = 0; i < ratios.size(); i++) {
            ascending &= ratios.get(i) > 0 && (i == 0 || ratios.get(i) > ratios.get(i - 1));
        }
        if (!ascending) {
            throw config.wrong("scaled_images_ratios", "ascending ratios up to 1", ratios);
        }
        if (overlaps.size() != ratios.size() || overlaps.stream().anyMatch(overlap -> !(overlap >= 0 && overlap < 1))) {
            throw config.wrong("scaled_images_overlap_ratios", "one per ratio, from 0 to below 1", overlaps);
        }
        if (tile % patchConfig.side("patch_size", 16) != 0) {
            throw config.wrong("patch_size", "a multiple of the transformer's patch", tile);
        }
        if (tile / ratios.getFirst() > LONGEST_SIDE) {
            throw config.wrong("scaled_images_ratios",
                    "ratios that make an input of at most " + LONGEST_SIDE + " pixels a side from tiles of " + tile,
                    ratios);
        }
        if (overlaps.stream().anyMatch(overlap -> (int) (tile * (1 - overlap)) < 1)) {
            throw config.wrong("scaled_images_overlap_ratios",
                    "overlaps that leave tiles of " + tile + " pixels a step", overlaps);
        }
    }

    private Settings part(String name) {
        return config.object(name).orElseThrow(() -> config.wrong(name, "the settings of DINOv2", "none"));
    }

    @Override
    public OptionSpecs optionSpecs() {
        return OPTION_SPECS;
    }

    @Override
    public DepthKind kind() {
        return DepthKind.METRIC;
    }

    @Override
    public Preparation preparation(Settings preprocessor) {
        return NormaliseAndStretch.of(preprocessor, trainedInput());
    }

    @Override
    public int smallestInput() {
        return trainedInput();
    }

    @Override
    public int trainedInput() {
        return (int) Math.round(tile / ratios.getFirst());
    }

    @Override
    public void requireInput(int height, int width) {
        if (height != trainedInput() || width != trainedInput()) {
            throw new UnfitPictureException("input: expected " + trainedInput() + "×" + trainedInput()
                    + " pixels, found " + height + "×" + width);
        }
    }

    @Override
    public SequencedMap<String, Value> build(GraphBuilder g, Value pixels) {
        Layers layers = new Layers(g, weights);
        g.scope(ENCODER + "image");
        Value small = g.resize(pixels, tile, tile, ResizeMode.LINEAR);
        List<Value> features = neck(layers, encodeTiles(layers, pixels), encodeImage(layers, small));
        Value fused = fuse(layers, features);
        SequencedMap<String, Value> results = new LinkedHashMap<>();
        results.put(DEPTH, head(layers, fused));
        if (givesAngle) {
            results.put(ANGLE, angle(layers, small, features.getFirst()));
        }
        return results;
    }

    /** Creates a transformer of the model that returns the states {@code stages} without normalisation. */
    private static Dinov2Backbone transformer(Settings settings, Layers layers, String prefix, List<Integer> stages) {
        Dinov2Backbone own = Dinov2Backbone.of(settings, layers, prefix, Dinov2Backbone.PositionRule.SCALE);
        return new Dinov2Backbone(layers, prefix, own.shape(), stages, false, own.rule());
    }

    /** Returns the last state, normalised. */
    private static Value last(Dinov2Backbone backbone, Value state) {
        Value flat = Tokens.like(backbone.layers(), state).flat(state);
        Value normal = backbone.layers().layerNorm(backbone.prefix() + ".layernorm", flat, backbone.shape().epsilon());
        Value stacked = Tokens.like(backbone.layers(), state).stacked(normal);
        return backbone.layers().g().tap(backbone.prefix(), stacked);
    }

    /** Converts tokens to a map: [N, 1 + t·t, C] → [N, C, t, t]. */
    private static Value map(GraphBuilder g, Value tokens) {
        int side = (int) Math.round(Math.sqrt(tokens.dim(1) - 1.0));
        Value cells = g.slice(tokens, 1, 1, tokens.dim(1));
        return g.transpose(g.reshape(cells, tokens.dim(0), side, side, tokens.dim(2)), 0, 3, 1, 2);
    }

    private Value encodeImage(Layers layers, Value small) {
        String prefix = ENCODER + "image_encoder.model";
        Settings settings = part("image_model_config");
        int depth = settings.integer("num_hidden_layers", 1, 12);
        Dinov2Backbone backbone = transformer(settings, layers, prefix, List.of(depth));
        return map(layers.g(), last(backbone, backbone.states(small).getFirst()));
    }

    /**
     * Returns the merged features of the tiles: the last state at each ratio from the coarsest, then the hooked states
     * of the finest.
     */
    private List<Value> encodeTiles(Layers layers, Value pixels) {
        GraphBuilder g = layers.g();
        int batch = pixels.dim(0);
        List<Value> tiles = new ArrayList<>();
        int[] perSide = new int[ratios.size()];
        for (int level = ratios.size() - 1; level >= 0; level--) {
            int side = (int) (pixels.dim(2) * ratios.get(level));
            int stride = (int) (tile * (1 - overlaps.get(level)));
            perSide[level] = (side - tile) / stride + 1;
            g.scope(ENCODER + "patches." + level);
            Value scaled = g.resize(pixels, side, side, ResizeMode.LINEAR);
            for (int row = 0; row < perSide[level]; row++) {
                Value band = g.slice(scaled, 2, row * stride, row * stride + tile);
                for (int column = 0; column < perSide[level]; column++) {
                    tiles.add(g.slice(band, 3, column * stride, column * stride + tile));
                }
            }
        }
        String prefix = ENCODER + "patch_encoder.model";
        int depth = patchConfig.integer("num_hidden_layers", 1, 12);
        List<Integer> stages = new ArrayList<>(hooks.stream().map(hook -> hook + 1).toList());
        if (stages.stream().anyMatch(stage -> stage > depth)) {
            throw config.wrong("intermediate_hook_ids", "blocks below " + depth, hooks);
        }
        stages.add(depth);
        List<Integer> ordered = stages.stream().distinct().sorted().toList();
        Dinov2Backbone backbone = transformer(patchConfig, layers, prefix, ordered);
        List<Value> states = backbone.states(g.concat(0, tiles.toArray(Value[]::new)));
        Value last = last(backbone, states.getLast());
        int base = pixels.dim(2) >> (int) (Math.log((double) pixels.dim(2) / grid()) / Math.log(2));
        List<Value> features = new ArrayList<>();
        int from = tiles.size() * batch;
        for (int level = 0; level < ratios.size(); level++) {
            int count = perSide[level] * perSide[level] * batch;
            from -= count;
            Value own = g.slice(last, 0, from, from + count);
            features.add(merged(g, features.size(), own, perSide[level], level, base << level));
        }
        int finest = ratios.size() - 1;
        for (int hook : hooks) {
            Value state = states.get(ordered.indexOf(hook + 1));
            Value own = g.slice(state, 0, 0, perSide[finest] * perSide[finest] * batch);
            features.add(merged(g, features.size(), own, perSide[finest], finest, base << finest));
        }
        return features;
    }

    /** Returns the number of cells along a side of a tile. */
    private int grid() {
        return tile / patchConfig.side("patch_size", 16);
    }

    /**
     * Merges the tiles' tokens [n·n·N, 1 + t·t, C], row by row, into one map [N, C, side, side]; overlaps are cut off.
     */
    private Value merged(GraphBuilder g, int index, Value tokens, int perSide, int level, int side) {
        g.scope(ENCODER + "patch_encoder." + index);
        int batch = tokens.dim(0) / (perSide * perSide);
        int grid = grid();
        int cut = Math.min(grid / 4, (int) (config.integer("merge_padding_value", 0, 3) / ratios.get(level)));
        Value maps = map(g, tokens);
        List<Value> bands = new ArrayList<>();
        for (int row = 0; row < perSide; row++) {
            List<Value> band = new ArrayList<>();
            for (int column = 0; column < perSide; column++) {
                int place = (row * perSide + column) * batch;
                Value own = g.slice(maps, 0, place, place + batch);
                own = g.slice(own, 2, row == 0 ? 0 : cut, row == perSide - 1 ? grid : grid - cut);
                band.add(g.slice(own, 3, column == 0 ? 0 : cut, column == perSide - 1 ? grid : grid - cut));
            }
            bands.add(band.size() == 1 ? band.getFirst() : g.concat(3, band.toArray(Value[]::new)));
        }
        Value whole = bands.size() == 1 ? bands.getFirst() : g.concat(2, bands.toArray(Value[]::new));
        return g.tap(ENCODER + "patch_encoder." + index, g.resize(whole, side, side, ResizeMode.LINEAR));
    }

    /** Returns features at 2, 4, 8, 16 and 32 times the coarsest size, projected to one width, the coarsest first. */
    private List<Value> neck(Layers layers, List<Value> tiles, Value image) {
        GraphBuilder g = layers.g();
        List<Value> features = new ArrayList<>();
        for (int i = 0; i < tiles.size(); i++) {
            boolean scaled = i < ratios.size();
            String name = UPSAMPLE + (scaled ? "scaled_images." + i : "intermediate." + (i - ratios.size()))
                    + ".layers.";
            Value x = tiles.get(i);
            int out = weights.shapeOf(name + "0.weight", 4).dim(0);
            x = layers.convWithoutBias(name + "0", x, out, 1, ConvParameters.PLAIN);
            int times = scaled ? 1 : 2 + i - ratios.size();
            for (int step = 1; step <= times; step++) {
                x = layers.enlargeWithoutBias(name + step, x, out, 2);
            }
            features.add(x);
        }
        String block = UPSAMPLE + "image_block.layers.0";
        int width = weights.shapeOf(block + ".weight", 4).dim(1);
        Value whole = g.tap(UPSAMPLE + "image_block", layers.enlarge(block, image, width, 2));
        String join = "depth_pro.neck.fuse_image_with_low_res";
        Value both = g.concat(1, features.getFirst(), whole);
        features.set(0, g.tap(join,
                layers.conv(join, both, weights.shapeOf(join + ".weight", 4).dim(0), 1, ConvParameters.PLAIN)));
        List<Value> projected = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            String name = "depth_pro.neck.feature_projection.projections." + i;
            Value x = features.get(i);
            boolean alike = i == features.size() - 1 && !weights.has(name + ".weight") && x.dim(1) == fusion();
            projected.add(g.tap("depth_pro.neck." + i,
                    alike ? x : layers.convWithoutBias(name, x, fusion(), 3, ConvParameters.PLAIN.pad(1))));
        }
        return projected;
    }

    private int fusion() {
        return config.integer("fusion_hidden_size", 1, 256);
    }

    private Value fuse(Layers layers, List<Value> features) {
        GraphBuilder g = layers.g();
        Value x = features.getFirst();
        for (int i = 0; i < features.size(); i++) {
            boolean isFinal = i == features.size() - 1;
            String name = "fusion_stage." + (isFinal ? "final" : "intermediate." + i);
            if (i > 0) {
                x = g.add(x, unit(layers, name + ".residual_layer1", features.get(i)));
            }
            x = unit(layers, name + ".residual_layer2", x);
            if (!isFinal) {
                x = layers.enlargeWithoutBias(name + ".deconv", x, fusion(), 2);
            }
            x = g.tap("fusion_stage." + i, layers.conv(name + ".projection", x, fusion(), 1, ConvParameters.PLAIN));
        }
        return x;
    }

    /** x + conv(relu(conv(relu(x)))). */
    private Value unit(Layers layers, String name, Value x) {
        GraphBuilder g = layers.g();
        Value y = unitConv(layers, name, 1, g.relu(x));
        return g.add(unitConv(layers, name, 2, g.relu(y)), x);
    }

    private Value unitConv(Layers layers, String name, int index, Value x) {
        boolean normalised = config.flag("use_batch_norm_in_fusion_residual", false);
        String conv = name + ".convolution" + index;
        Value y = config.flag("use_bias_in_fusion_residual", !normalised)
                ? layers.conv(conv, x, fusion(), 3, ConvParameters.PLAIN.pad(1))
                : layers.convWithoutBias(conv, x, fusion(), 3, ConvParameters.PLAIN.pad(1));
        return normalised ? layers.batchNorm(name + ".batch_norm" + index, y) : y;
    }

    /** Adds the head: inverse depth in canonical units, [N, H, W]. */
    private Value head(Layers layers, Value x) {
        GraphBuilder g = layers.g();
        int half = fusion() / 2;
        Value y = g.tap("head.layers.0", layers.conv("head.layers.0", x, half, 3, ConvParameters.PLAIN.pad(1)));
        y = layers.enlarge("head.layers.1", y, half, 2);
        y = g.relu(layers.conv("head.layers.2", y, weights.shapeOf("head.layers.2.weight", 4).dim(0), 3,
                ConvParameters.PLAIN.pad(1)));
        y = g.relu(layers.conv("head.layers.4", y, 1, 1, ConvParameters.PLAIN));
        return g.reshape(y, y.dim(0), y.dim(2), y.dim(3));
    }

    /** Adds the field-of-view head: the horizontal field of view in degrees, [N]. */
    private Value angle(Layers layers, Value small, Value coarsest) {
        GraphBuilder g = layers.g();
        String encoder = "fov_model.fov_encoder";
        Settings settings = part("fov_model_config");
        Dinov2Backbone backbone = transformer(settings, layers, encoder + ".model",
                List.of(settings.integer("num_hidden_layers", 1, 12)));
        Value state = last(backbone, backbone.states(small).getFirst());
        int width = weights.shapeOf(encoder + ".neck.weight", 2).dim(0);
        Value narrow = layers.linear(encoder + ".neck", Tokens.like(layers, state).flat(state), width);
        Value whole = g.tap(encoder, map(g, g.reshape(narrow, state.dim(0), state.dim(1), width)));
        Value shrunk = g.tap("fov_model.conv",
                layers.conv("fov_model.conv", coarsest, width, 3, ConvParameters.stride(2).pad(1)));
        Value x = g.add(whole, g.relu(shrunk));
        int layer = 0;
        for (int i = 0; i < config.integer("num_fov_head_layers", 0, 2); i++, layer += 2) {
            String name = "fov_model.head.layers." + layer;
            x = g.relu(layers.conv(name, x, weights.shapeOf(name + ".weight", 4).dim(0), 3,
                    ConvParameters.stride(2).pad(1)));
        }
        String name = "fov_model.head.layers." + layer;
        x = g.tap("fov_model.head",
                layers.conv(name, x, 1, weights.shapeOf(name + ".weight", 4).dim(2), ConvParameters.PLAIN));
        if (!x.shape().equals(Shape.of(small.dim(0), 1, 1, 1))) {
            throw config.wrong("num_fov_head_layers", "layers that leave one number", x.shape());
        }
        return g.reshape(x, small.dim(0));
    }

    @Override
    public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
        Plane canonical = Results.require(results, DEPTH).plane(0);
        int width = picture.imageWidth();
        double pixels = focal.isPresent()
                ? focal.get().x(width)
                : new Focal.FieldOfView(Results.require(results, ANGLE).number()).x(width);
        float factor = (float) (width / pixels);
        float[] inverse = canonical.array();
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] *= factor;
        }
        Plane depth = Resampling.TORCH_BILINEAR.resized(canonical, picture.imageHeight(), width);
        float[] metres = depth.array();
        for (int i = 0; i < metres.length; i++) {
            metres[i] = 1 / Math.clamp(metres[i], FARTHEST_INVERSE, NEAREST_INVERSE);
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put(Estimate.FIELD_OF_VIEW, Math.toDegrees(2 * Math.atan(width / (2 * pixels))));
        numbers.put(FOCAL_LENGTH, pixels);
        return new Estimate(new Prediction(kind(), depth), List.of(), numbers);
    }
}
