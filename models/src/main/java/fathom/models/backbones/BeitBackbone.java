package fathom.models.backbones;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.weights.Settings;

/**
 * BEiT (Bao et al., ICLR 2022): a vision transformer without absolute positions. Each block adds a learned number per
 * head and relative position to its attention scores. For another grid than the trained one, the table of relative
 * positions is resized bilinearly, except its last three rows: class token to cell, cell to class token, class token to
 * itself.
 *
 * @param layers graph and weights
 * @param prefix name of the module
 * @param width C
 * @param depth number of blocks
 * @param heads attention heads
 * @param hidden width of the hidden layer of the MLPs
 * @param epsilon of the normalisations
 * @param patch side of a patch, pixels
 * @param trained side of the trained grid
 * @param branchScale whether each branch has a learned scale
 * @param stages the states to return, 0 for the embeddings
 */
public record BeitBackbone(Layers layers, String prefix, int width, int depth, int heads, int hidden, double epsilon,
        int patch, int trained, boolean branchScale, List<Integer> stages) implements TokenBackbone {
    /** Largest number of patches of one picture; every head has a table entry for each pair of patches. */
    private static final int MAX_PATCHES = 8192;
    private static final Tokens.Biases BIASES = new Tokens.Biases(true, false, true);

    /**
     * Creates the backbone that {@code config} describes.
     *
     * @param config its settings
     * @param layers graph and weights
     * @param prefix name of the module
     * @return the backbone
     */
    public static BeitBackbone of(Settings config, Layers layers, String prefix) {
        int width = config.integer("hidden_size", 1, 768);
        int heads = config.integer("num_attention_heads", 1, 12);
        if (width % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size " + width, heads);
        }
        config.requireWord("hidden_act", "gelu");
        if (!config.flag("use_relative_position_bias", false)) {
            throw config.wrong("use_relative_position_bias", "true", false);
        }
        for (String field : List.of("use_absolute_position_embeddings", "use_shared_relative_position_bias",
                "add_fpn")) {
            if (config.flag(field, false)) {
                throw config.wrong(field, "false", true);
            }
        }
        int patch = config.side("patch_size", 16);
        int depth = config.integer("num_hidden_layers", 1, 12);
        return new BeitBackbone(layers, prefix, width, depth, heads, config.integer("intermediate_size", 1, 3072),
                config.positive("layer_norm_eps", 1e-12), patch, config.side("image_size", 224) / patch,
                config.number("layer_scale_init_value", 0.1) > 0, TokenBackbone.stages(config, depth));
    }

    @Override
    public List<Value> states(Value pixels) {
        GraphBuilder g = layers.g();
        String embeddings = prefix + ".embeddings";
        int batch = pixels.dim(0);
        Value patches = layers.conv(embeddings + ".patch_embeddings.projection", pixels, width, patch,
                ConvParameters.stride(patch));
        Grid grid = new Grid(patches.dim(2), patches.dim(3));
        if ((long) grid.height() * grid.width() > MAX_PATCHES) {
            throw new IllegalArgumentException("input: expected at most " + MAX_PATCHES + " patches of " + patch + "×"
                    + patch + " pixels, because the memory for attention grows with the square of their number, found "
                    + grid.height() + "×" + grid.width() + "; divide the picture into less elongated parts");
        }
        Value cells = g.transpose(g.reshape(patches, batch, width, grid.cells()), 0, 2, 1); // [N, h·w, C]
        Value classToken = g.expand(layers.weight(embeddings + ".cls_token", 1, 1, width), batch, 1, width);
        Value embedded = g.tap(embeddings + ".0", g.concat(1, classToken, cells));
        Tokens tokens = Tokens.like(layers, embedded);
        Value index = g.runtimeConstant("relative_position_index", Shape.of(tokens.count() * tokens.count()),
                relativeIndex(grid));
        List<Value> states = new ArrayList<>();
        Value x = tokens.flat(embedded);
        for (int i = 0; i <= depth; i++) {
            if (i > 0) {
                String name = prefix + ".encoder.layer." + (i - 1);
                x = block(name, tokens, x, relativePositions(name, tokens, grid, index));
                g.tap(name + ".0", tokens.stacked(x));
            }
            if (stages.contains(i)) {
                states.add(tokens.stacked(x));
            }
        }
        return states;
    }

    private Value block(String name, Tokens tokens, Value x, Value positions) {
        GraphBuilder g = layers.g();
        Value attended = tokens.selfAttention(name + ".attention",
                layers.layerNorm(name + ".layernorm_before", x, epsilon), heads, BIASES, Optional.of(positions));
        Value y = g.add(branch(name + ".lambda_1", tokens, attended), x);
        Value inner = layers.linear(name + ".intermediate.dense",
                layers.layerNorm(name + ".layernorm_after", y, epsilon), hidden);
        return g.add(branch(name + ".lambda_2", tokens, layers.linear(name + ".output.dense", g.gelu(inner), width)),
                y);
    }

    private Value branch(String scale, Tokens tokens, Value x) {
        return branchScale ? tokens.scaled(scale, x) : x;
    }

    /** Returns the relative position bias of the block {@code name}, [1, heads, T, T]. */
    private Value relativePositions(String name, Tokens tokens, Grid grid, Value index) {
        GraphBuilder g = layers.g();
        int side = 2 * trained - 1;
        int cells = side * side;
        Value table = layers.weight(name + ".attention.attention.relative_position_bias.relative_position_bias_table",
                cells + 3, heads);
        g.scope(name + ".attention");
        if (!grid.equals(new Grid(trained, trained))) {
            Value trainedCells = g.transpose(g.reshape(g.slice(table, 0, 0, cells), 1, side, side, heads), 0, 3, 1, 2);
            Value resized = g.resize(trainedCells, 2 * grid.height() - 1, 2 * grid.width() - 1, ResizeMode.LINEAR);
            Value rows = g.reshape(g.transpose(resized, 0, 2, 3, 1), (2 * grid.height() - 1) * (2 * grid.width() - 1),
                    heads);
            table = g.concat(0, rows, g.slice(table, 0, cells, cells + 3));
        }
        int count = tokens.count();
        Value pairs = g.reshape(g.rows(table, index), 1, count, count, heads);
        return g.transpose(pairs, 0, 3, 1, 2);
    }

    /** Returns the table row of each pair of tokens, as float32, which represents these integers exactly. */
    private static float[] relativeIndex(Grid grid) {
        int height = grid.height();
        int width = grid.width();
        int count = grid.cells() + 1;
        int rows = (2 * height - 1) * (2 * width - 1) + 3;
        float[] index = new float[Math.multiplyExact(count, count)];
        for (int i = 0; i < grid.cells(); i++) {
            for (int j = 0; j < grid.cells(); j++) {
                int down = i / width - j / width + height - 1;
                int right = i % width - j % width + width - 1;
                index[(i + 1) * count + j + 1] = down * (2 * width - 1) + right;
            }
        }
        for (int k = 0; k < count; k++) {
            index[k] = rows - 3;
            index[k * count] = rows - 2;
        }
        index[0] = rows - 1;
        return index;
    }
}
