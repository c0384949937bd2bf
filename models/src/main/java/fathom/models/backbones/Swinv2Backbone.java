package fathom.models.backbones;

import java.util.ArrayList;
import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.weights.Settings;

/**
 * Swin Transformer V2 (Liu et al., CVPR 2022): attention within windows that every second block shifts, cosine
 * similarity with a learned temperature, positions from a small MLP over logarithmic offsets, normalisation after each
 * branch. Window size and shift follow from the trained size; other grids are padded to multiples of the window.
 *
 * @param layers graph and weights
 * @param prefix name of the module
 * @param config its settings
 * @param embed channels of the first stage
 * @param depths blocks of each stage
 * @param heads attention heads of each stage
 * @param stages the maps to return, 0 for the embeddings
 */
public record Swinv2Backbone(Layers layers, String prefix, Settings config, int embed, List<Integer> depths,
        List<Integer> heads, List<Integer> stages) {
    private static final double TEMPERATURE_LIMIT = Math.log(100);
    /** Largest side of a window, cells; a table has an entry for each pair of cells of a window. */
    private static final int MAX_WINDOW = 64;
    private static final int POSITION_HIDDEN = 512;
    /**
     * Added to the scores of cells that are in one window only because of the shift; the reference adds −100 twice.
     */
    private static final float SEPARATE_WINDOWS_BIAS = -200;

    /**
     * Creates the backbone that {@code config} describes.
     *
     * @param config its settings
     * @param layers graph and weights
     * @param prefix name of the module
     * @return the backbone
     */
    public static Swinv2Backbone of(Settings config, Layers layers, String prefix) {
        List<Integer> depths = config.integers("depths", 1);
        List<Integer> heads = config.integers("num_heads", 1);
        if (depths.isEmpty() || heads.size() != depths.size()) {
            throw config.wrong("num_heads", "one number per stage of depths " + depths, heads);
        }
        config.requireWord("hidden_act", "gelu");
        if (config.flag("use_absolute_embeddings", false)) {
            throw config.wrong("use_absolute_embeddings", "false", true);
        }
        if (config.side("window_size", 7) > MAX_WINDOW) {
            throw config.wrong("window_size", "at most " + MAX_WINDOW, config.side("window_size"));
        }
        int embed = config.integer("embed_dim", 1, 96);
        for (int stage = 0; stage < heads.size(); stage++) {
            if ((embed << stage) % heads.get(stage) != 0) {
                throw config.wrong("num_heads", "divisors of the stages' widths", heads);
            }
        }
        return new Swinv2Backbone(layers, prefix, config, embed, depths, heads,
                TokenBackbone.stages(config, depths.size()));
    }

    private double epsilon() {
        return config.positive("layer_norm_eps", 1e-5);
    }

    /**
     * Builds the graph.
     *
     * @param pixels preprocessed pictures, [N, 3, H, W]
     * @return the maps that the settings select, [N, C, h, w], shallow to deep
     */
    public List<Value> maps(Value pixels) {
        GraphBuilder g = layers.g();
        int patch = config.side("patch_size", 4);
        int side = config.side("image_size", 224) / patch;
        Value padded = g.pad(pixels, 0, 0, Math.floorMod(-pixels.dim(2), patch), Math.floorMod(-pixels.dim(3), patch));
        Value patches = layers.conv(prefix + ".embeddings.patch_embeddings.projection", padded, embed, patch,
                ConvParameters.stride(patch));
        Value x = layers.layerNorm(prefix + ".embeddings.norm", g.transpose(patches, 0, 2, 3, 1), 1e-5); // [N, h, w, C]
        g.tap(prefix + ".embeddings.0", g.reshape(x, x.dim(0), x.dim(1) * x.dim(2), embed));
        List<Value> maps = new ArrayList<>();
        for (int stage = 0; stage <= depths.size(); stage++) {
            if (stage > 0) {
                String name = prefix + ".encoder.layers." + (stage - 1);
                for (int i = 0; i < depths.get(stage - 1); i++) {
                    x = block(name + ".blocks." + i, x, heads.get(stage - 1), side, i % 2 == 1, stage - 1);
                }
                g.tap(name + ".1", g.reshape(x, x.dim(0), x.dim(1) * x.dim(2), x.dim(3)));
            }
            if (stages.contains(stage)) {
                maps.add(g.transpose(x, 0, 3, 1, 2));
            }
            if (stage > 0 && stage < depths.size()) {
                String name = prefix + ".encoder.layers." + (stage - 1);
                x = merged(name + ".downsample", x);
                side /= 2;
                g.tap(name + ".0", g.reshape(x, x.dim(0), x.dim(1) * x.dim(2), x.dim(3)));
            } else if (stage > 0) {
                g.tap(prefix + ".encoder.layers." + (stage - 1) + ".0",
                        g.reshape(x, x.dim(0), x.dim(1) * x.dim(2), x.dim(3)));
            }
        }
        return maps;
    }

    /** Concatenates each block of 2×2 cells and projects it to twice the width: [N, h, w, C] → [N, h/2, w/2, 2C]. */
    private Value merged(String name, Value x) {
        GraphBuilder g = layers.g();
        g.scope(name);
        Value even = padded(x, Math.floorMod(-x.dim(1), 2), Math.floorMod(-x.dim(2), 2));
        int batch = even.dim(0);
        int height = even.dim(1) / 2;
        int width = even.dim(2) / 2;
        int channels = even.dim(3);
        Value cells = g.reshape(even, batch, height, 2, width, 2, channels);
        // The order of the reference, column by column: right of, below.
        Value quads = g.reshape(g.transpose(cells, 0, 1, 3, 4, 2, 5), batch * height * width, 4 * channels);
        Value reduced = layers.linearWithoutBias(name + ".reduction", quads, 2 * channels);
        return g.reshape(layers.layerNorm(name + ".norm", reduced, 1e-5), batch, height, width, 2 * channels);
    }

    /** Pads x [N, h, w, C] with rows of zeros below and columns of zeros to the right. */
    private Value padded(Value x, int rows, int columns) {
        GraphBuilder g = layers.g();
        if (rows == 0 && columns == 0) {
            return x;
        }
        return g.transpose(g.pad(g.transpose(x, 0, 3, 1, 2), 0, 0, rows, columns), 0, 2, 3, 1);
    }

    /** Adds one block: x [N, h, w, C] → the same shape. */
    private Value block(String name, Value x, int heads, int side, boolean shifted, int stage) {
        GraphBuilder g = layers.g();
        int width = x.dim(3);
        int size = config.side("window_size", 7);
        int window = Math.min(side, size);
        int shift = shifted && side > window ? size / 2 : 0;
        Value attended = windows(name, x, heads, window, shift, stage);
        int cells = x.dim(0) * x.dim(1) * x.dim(2);
        Value y = g.add(g.reshape(x, cells, width),
                layers.layerNorm(name + ".layernorm_before", g.reshape(attended, cells, width), epsilon()));
        int hidden = (int) (width * config.positive("mlp_ratio", 4));
        Value inner = g.gelu(layers.linear(name + ".intermediate.dense", y, hidden));
        Value out = g.add(y, layers.layerNorm(name + ".layernorm_after",
                layers.linear(name + ".output.dense", inner, width), epsilon()));
        g.tap(name + ".0", g.reshape(out, x.dim(0), x.dim(1) * x.dim(2), width));
        return g.reshape(out, x.shape().toArray());
    }

    private Value windows(String name, Value x, int heads, int window, int shift, int stage) {
        GraphBuilder g = layers.g();
        g.scope(name + ".attention");
        int width = x.dim(3);
        Value filled = padded(x, Math.floorMod(-x.dim(1), window), Math.floorMod(-x.dim(2), window));
        Grid grid = new Grid(filled.dim(1), filled.dim(2));
        Value rolled = g.rolled(g.rolled(filled, 1, shift), 2, shift);
        int batch = x.dim(0);
        int down = grid.height() / window;
        int across = grid.width() / window;
        Value split = g.transpose(g.reshape(rolled, batch, down, window, across, window, width), 0, 1, 3, 2, 4, 5);
        Value tokens = g.reshape(split, batch * down * across * window * window, width);
        Value attended = attention(name + ".attention", tokens, heads, new Windows(batch, grid, window, shift), stage);
        Value joined = g.transpose(g.reshape(attended, batch, down, across, window, window, width), 0, 1, 3, 2, 4, 5);
        Value whole = g.reshape(joined, batch, grid.height(), grid.width(), width);
        Value back = g.rolled(g.rolled(whole, 1, -shift), 2, -shift);
        Value rows = grid.height() == x.dim(1) ? back : g.slice(back, 1, 0, x.dim(1));
        return grid.width() == x.dim(2) ? rows : g.slice(rows, 2, 0, x.dim(2));
    }

    /** How a map is divided into windows. */
    private record Windows(int batch, Grid grid, int window, int shift) {
        int perPicture() {
            return grid.height() / window * (grid.width() / window);
        }

        int cells() {
            return window * window;
        }
    }

    /** Adds windowed attention: x [N·windows·cells, C] → the same shape. */
    private Value attention(String name, Value x, int heads, Windows windows, int stage) {
        GraphBuilder g = layers.g();
        int width = x.dim(1);
        int count = windows.batch() * windows.perPicture();
        boolean bias = config.flag("qkv_bias", true);
        Value q = g.unitLength(split(bias
                ? layers.linear(name + ".self.query", x, width)
                : layers.linearWithoutBias(name + ".self.query", x, width), count, heads, windows));
        Value k = g.unitLength(split(layers.linearWithoutBias(name + ".self.key", x, width), count, heads, windows));
        Value v = split(bias
                ? layers.linear(name + ".self.value", x, width)
                : layers.linearWithoutBias(name + ".self.value", x, width), count, heads, windows);
        g.scope(name);
        Value scores = g.mul(g.matMul(q, g.transpose(k, 0, 1, 3, 2)), temperature(name + ".self.logit_scale", heads));
        scores = g.add(scores, positions(name + ".self.continuous_position_bias_mlp", heads, windows.window(), stage));
        int cells = windows.cells();
        if (windows.shift() > 0) {
            Value perPicture = g.reshape(scores, windows.batch(), windows.perPicture(), heads, cells, cells);
            scores = g.reshape(g.add(perPicture, mask(windows)), count, heads, cells, cells);
        }
        Value mixed = g.transpose(g.matMul(g.softmax(scores, -1), v), 0, 2, 1, 3); // [windows, cells, heads, d]
        Value out = layers.linear(name + ".output.dense", g.reshape(mixed, count * cells, width), width);
        g.tap(name + ".0", g.reshape(out, count, cells, width));
        return out;
    }

    /** Splits x into heads: [windows·cells, C] → [windows, heads, cells, d]. */
    private Value split(Value x, int count, int heads, Windows windows) {
        GraphBuilder g = layers.g();
        return g.transpose(g.reshape(x, count, windows.cells(), heads, x.dim(1) / heads), 0, 2, 1, 3);
    }

    private Value temperature(String name, int heads) {
        float[] logs = layers.numbers(name, heads, 1, 1);
        for (int i = 0; i < heads; i++) {
            logs[i] = (float) Math.exp(Math.min(logs[i], TEMPERATURE_LIMIT));
        }
        return layers.derived(name + " limited", Shape.of(1, heads, 1, 1), logs);
    }

    /** Returns 16 · sigmoid of an MLP over the offsets between cells, [1, heads, cells, cells]. */
    private Value positions(String name, int heads, int window, int stage) {
        GraphBuilder g = layers.g();
        int side = 2 * window - 1;
        List<Integer> pretrained = config.has("pretrained_window_sizes")
                ? config.integers("pretrained_window_sizes", 0)
                : List.of();
        int reference = pretrained.size() > stage && pretrained.get(stage) > 0 ? pretrained.get(stage) : window;
        Value offsets = layers.derived("offsets of window " + window + " of " + reference, Shape.of(side * side, 2),
                offsets(window, reference));
        Value inner = g.relu(layers.linear(name + ".0", offsets, POSITION_HIDDEN));
        Value table = layers.linearWithoutBias(name + ".2", inner, heads); // [side·side, heads]
        int cells = window * window;
        Value index = g.runtimeConstant("offset_index_" + window, Shape.of(cells * cells), offsetIndex(window));
        Value pairs = g.transpose(g.reshape(g.rows(table, index), 1, cells, cells, heads), 0, 3, 1, 2);
        return g.mul(g.sigmoid(pairs), g.scalar(16));
    }

    /** Returns sign(o) · log₂(1 + |o|) / log₂ 8 of the offsets o, which are first scaled to −8…8. */
    private static float[] offsets(int window, int reference) {
        int side = 2 * window - 1;
        float[] values = new float[side * side * 2];
        for (int row = 0, at = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                values[at++] = offset(row - window + 1, reference);
                values[at++] = offset(column - window + 1, reference);
            }
        }
        return values;
    }

    private static float offset(int cells, int reference) {
        double scaled = 8.0 * cells / Math.max(reference - 1, 1);
        return (float) (Math.signum(scaled) * Math.log(1 + Math.abs(scaled)) / Math.log(8));
    }

    private static float[] offsetIndex(int window) {
        int cells = window * window;
        float[] index = new float[cells * cells];
        for (int i = 0; i < cells; i++) {
            for (int j = 0; j < cells; j++) {
                int down = i / window - j / window + window - 1;
                int right = i % window - j % window + window - 1;
                index[i * cells + j] = down * (2 * window - 1) + right;
            }
        }
        return index;
    }

    /**
     * Returns {@value #SEPARATE_WINDOWS_BIAS} for pairs of cells of a window that come from different edges of the map, otherwise 0:
     * [windows, 1, cells, cells].
     */
    private Value mask(Windows windows) {
        Grid grid = windows.grid();
        int window = windows.window();
        int cells = windows.cells();
        float[] mask = new float[Math.multiplyExact(windows.perPicture(), cells * cells)];
        int across = grid.width() / window;
        for (int w = 0, at = 0; w < windows.perPicture(); w++) {
            for (int i = 0; i < cells; i++) {
                for (int j = 0; j < cells; j++, at++) {
                    mask[at] = region(windows, w, across, i) == region(windows, w, across, j)
                            ? 0
                            : SEPARATE_WINDOWS_BIAS;
                }
            }
        }
        return layers.derived(
                "mask of " + grid.height() + "×" + grid.width() + " window " + window + " shift " + windows.shift(),
                Shape.of(1, windows.perPicture(), 1, cells, cells), mask);
    }

    private static int region(Windows windows, int window, int across, int cell) {
        int size = windows.window();
        int row = window / across * size + cell / size;
        int column = window % across * size + cell % size;
        return 3 * band(row, windows.grid().height(), windows) + band(column, windows.grid().width(), windows);
    }

    private static int band(int at, int extent, Windows windows) {
        return at < extent - windows.window() ? 0 : at < extent - windows.shift() ? 1 : 2;
    }
}
