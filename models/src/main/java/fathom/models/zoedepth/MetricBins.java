package fathom.models.zoedepth;

import java.util.List;

import fathom.graph.ConvParameters;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.backbones.Layers;
import fathom.models.backbones.Tokens;
import fathom.weights.Settings;

/**
 * ZoeDepth's metric head (section 3.2 of the paper), including the deviations from the paper with which the published
 * weights were trained: attractor strength 300 and exponent 2 regardless of the settings, and attractors that are not
 * normalised.
 *
 * @param layers graph and weights
 * @param config settings of the whole model
 */
record MetricBins(Layers layers, Settings config) {
    private static final String HEAD = "metric_head";
    private static final float ATTRACTION = 300;
    private static final float PROBABILITY_EPSILON = 1e-4f;
    private static final int TRANSFORMER_LAYERS = 4;

    /**
     * Bins of one head.
     *
     * @param key suffix of its modules' names, {@code ""} or {@code ".nyu"}
     * @param count number of bins
     * @param nearest smallest depth, metres
     * @param farthest largest depth, metres
     */
    private record Bins(String key, int count, float nearest, float farthest) {
        float range() {
            return farthest - nearest;
        }
    }

    /**
     * Adds the head.
     *
     * @param features of the relative head, [N, F, H, W]
     * @param bottleneck deepest map of the neck, [N, C, h, w]
     * @param fused maps of the neck from deep to shallow
     * @param relative depth, [N, 1, H, W]
     * @return metres, [N, 1, H, W]
     */
    Value depth(Value features, Value bottleneck, List<Value> fused, Value relative) {
        GraphBuilder g = layers.g();
        List<Settings> configurations = config.objects("bin_configurations");
        if (configurations.isEmpty() || configurations.size() > 2) {
            throw config.wrong("bin_configurations", "one or two", configurations.size());
        }
        int width = config.integer("bottleneck_features", 1, 256);
        Value x = g.tap(HEAD + ".conv2", layers.conv(HEAD + ".conv2", bottleneck, width, 1, ConvParameters.PLAIN));
        if (configurations.size() == 1) {
            Value conditioned = g.concat(1, features, relative);
            return head(bins(configurations.getFirst(), ""), x, fused, conditioned, 128, 256, 2);
        }
        int hidden = config.integer("bin_embedding_dim", 1, 128) / 2;
        Value logits = route(x); // [N, 2]
        Value[] depths = new Value[2];
        for (int i = 0; i < 2; i++) {
            Settings configuration = configurations.get(i);
            depths[i] = head(bins(configuration, "." + configuration.text("name")), x, fused, features, hidden, hidden,
                    4);
        }
        int batch = x.dim(0);
        return g.whereAtLeast(g.reshape(g.slice(logits, 1, 0, 1), batch, 1, 1, 1),
                g.reshape(g.slice(logits, 1, 1, 2), batch, 1, 1, 1), depths[0], depths[1]);
    }

    private static Bins bins(Settings configuration, String key) {
        double nearest = configuration.positive("min_depth", 1e-3);
        double farthest = configuration.positive("max_depth", 10);
        if (nearest >= farthest) {
            throw configuration.wrong("max_depth", "a depth beyond min_depth " + nearest, farthest);
        }
        return new Bins(key, configuration.integer("n_bins", 2), (float) nearest, (float) farthest);
    }

    private boolean normed() {
        String type = config.text("bin_centers_type", "softplus");
        return switch (type) {
            case "normed" -> true;
            case "softplus" -> false;
            default -> throw config.wrong("bin_centers_type", "normed or softplus", type);
        };
    }

    private Value head(Bins bins, Value x, List<Value> fused, Value features, int projectorHidden, int seedHidden,
            int bottleneckFactor) {
        GraphBuilder g = layers.g();
        int embedding = config.integer("bin_embedding_dim", 1, 128);
        String plural = bins.key().isEmpty() ? "" : "s";
        Value centres = seed(HEAD + ".seed_bin_regressor" + plural + bins.key(), bins, x, seedHidden);
        Value previous = project(HEAD + ".seed_projector", x, projectorHidden, embedding);
        g.tap(HEAD + ".seed_projector", previous);
        Value scaled = centres;
        for (int i = 0; i < fused.size(); i++) {
            Value embedded = project(HEAD + ".projectors." + i, fused.get(i), projectorHidden, embedding);
            String name = HEAD + ".attractors" + bins.key() + "." + i;
            centres = attracted(name, i, bins, embedded, centres, previous);
            g.tap(name + ".0", centres);
            scaled = normed() ? spread(bins, centres) : centres;
            g.tap(name + ".1", scaled);
            previous = embedded;
        }
        int height = features.dim(2);
        int width = features.dim(3);
        Value at = g.resize(previous, height, width, ResizeMode.LINEAR_ALIGNED);
        Value shares = shares(HEAD + ".conditional_log_binomial" + bins.key(), bins, g.concat(1, features, at),
                bottleneckFactor);
        return g.sum(g.mul(shares, g.resize(scaled, height, width, ResizeMode.LINEAR_ALIGNED)), 1);
    }

    private Value project(String name, Value x, int hidden, int out) {
        Value inner = layers.g().relu(layers.conv(name + ".conv1", x, hidden, 1, ConvParameters.PLAIN));
        return layers.conv(name + ".conv2", inner, out, 1, ConvParameters.PLAIN);
    }

    /** Returns the initial centres of the bins: metres, or 0…1 if they are normed. */
    private Value seed(String name, Bins bins, Value x, int hidden) {
        GraphBuilder g = layers.g();
        Value raw = project(name, x, hidden, bins.count());
        if (!normed()) {
            Value centres = g.softplus(raw);
            g.tap(name + ".0", centres);
            return g.tap(name + ".1", centres);
        }
        Value positive = g.add(g.relu(raw), g.scalar(1e-3f));
        Value widths = g.tap(name + ".0", g.div(positive, g.sum(positive, 1)));
        // Each centre is the sum of the widths of the earlier bins and half of the bin's width.
        int count = bins.count();
        float[] before = new float[count * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                before[i * count + j] = j < i ? 1 : 0.5f;
            }
        }
        Value sums = g.conv(widths, layers.derived("halves and befores " + count, Shape.of(count, count, 1, 1), before),
                ConvParameters.PLAIN);
        g.tap(name + ".1", g.add(g.mul(sums, g.scalar(bins.range())), g.scalar(bins.nearest())));
        return sums;
    }

    /** Moves the centres towards the attractors of layer {@code index}: c + mean(dx / (1 + 300 dx²)). */
    private Value attracted(String name, int index, Bins bins, Value embedded, Value centres, Value previous) {
        GraphBuilder g = layers.g();
        int height = embedded.dim(2);
        int width = embedded.dim(3);
        int hidden = config.integer("bin_embedding_dim", 1, 128);
        Value x = g.add(embedded, g.resize(previous, height, width, ResizeMode.LINEAR_ALIGNED));
        int attractors = bins.key().isEmpty() ? attractors(index) : 16;
        int channels = normed() ? 2 * attractors : attractors;
        Value raw = project(name, x, hidden, channels);
        Value points = normed() ? g.add(g.relu(raw), g.scalar(1e-3f)) : g.softplus(raw);
        Value c = g.resize(centres, height, width, ResizeMode.LINEAR_ALIGNED);
        g.scope(name);
        Value moved = null;
        for (int i = 0; i < attractors; i++) {
            int channel = normed() ? 2 * i : i;
            Value dx = g.sub(g.slice(points, 1, channel, channel + 1), c);
            Value pull = g.div(dx, g.add(g.mul(g.mul(dx, dx), g.scalar(ATTRACTION)), g.scalar(1)));
            moved = moved == null ? pull : g.add(moved, pull);
        }
        if (moved == null) {
            throw config.wrong("num_attractors", "at least one per layer", attractors);
        }
        String kind = config.text("attractor_kind", "mean");
        return switch (kind) {
            case "mean" -> g.add(c, g.mul(moved, g.scalar(1f / attractors)));
            case "sum" -> g.add(c, moved);
            default -> throw config.wrong("attractor_kind", "mean or sum", kind);
        };
    }

    private int attractors(int index) {
        List<Integer> perLayer = config.integers("num_attractors", 1);
        if (index >= perLayer.size()) {
            throw config.wrong("num_attractors", "one number per size in neck_hidden_sizes", perLayer);
        }
        return perLayer.get(index);
    }

    /** Converts normed centres to metres, in order and within the limits. */
    private Value spread(Bins bins, Value centres) {
        GraphBuilder g = layers.g();
        Value metres = g.add(g.mul(centres, g.scalar(bins.range())), g.scalar(bins.nearest()));
        return g.clip(g.sorted(metres, 1), bins.nearest(), bins.farthest());
    }

    /**
     * Returns the weight of each bin at each pixel: a binomial distribution over the bins, softened by a temperature.
     */
    private Value shares(String name, Bins bins, Value x, int bottleneckFactor) {
        GraphBuilder g = layers.g();
        Value inner = g.gelu(layers.conv(name + ".mlp.0", x, x.dim(1) / bottleneckFactor, 1, ConvParameters.PLAIN));
        Value four = g.add(g.softplus(layers.conv(name + ".mlp.2", inner, 4, 1, ConvParameters.PLAIN)),
                g.scalar(PROBABILITY_EPSILON));
        g.scope(name);
        Value probability = firstShare(four, 0); // [N, 1, H, W]
        double coldest = config.positive("min_temp", 0.0212);
        double hottest = config.positive("max_temp", 50);
        Value temperature = g.add(g.mul(firstShare(four, 2), g.scalar((float) (hottest - coldest))),
                g.scalar((float) coldest));
        int count = bins.count();
        float[] index = new float[count];
        float[] rest = new float[count];
        float[] binomial = new float[count];
        for (int k = 0; k < count; k++) {
            index[k] = k;
            rest[k] = count - 1 - k;
            binomial[k] = (float) logBinomial(count - 1, k);
        }
        Shape perBin = Shape.of(1, count, 1, 1);
        Value yes = g.log(g.clip(probability, 1e-4, 1));
        Value no = g.log(g.clip(g.sub(g.scalar(1), probability), 1e-4, 1));
        Value y = g.add(g.add(g.constant(perBin, binomial), g.mul(g.constant(perBin, index), yes)),
                g.mul(g.constant(perBin, rest), no));
        return g.tap(name, g.softmax(g.div(y, temperature), 1));
    }

    /** Adds a / (a + b) of two neighbouring channels. */
    private Value firstShare(Value x, int channel) {
        GraphBuilder g = layers.g();
        Value a = g.slice(x, 1, channel, channel + 1);
        return g.div(a, g.add(a, g.slice(x, 1, channel + 1, channel + 2)));
    }

    /** Returns the logarithm of n over k by Stirling's formula, as the reference computes it. */
    private static double logBinomial(double n, double k) {
        double epsilon = 1e-7;
        double few = k + epsilon;
        return n * Math.log(n) - few * Math.log(few) - (n - few) * Math.log(Math.abs(n - few) + epsilon);
    }

    /**
     * Returns the logits of the two heads, [N, 2], from the first token of a small transformer over the bottleneck.
     */
    private Value route(Value x) {
        GraphBuilder g = layers.g();
        String name = HEAD + ".patch_transformer";
        int width = config.integer("patch_transformer_hidden_size", 1, 128);
        int heads = config.integer("patch_transformer_num_attention_heads", 1, 4);
        int batch = x.dim(0);
        int cells = x.dim(2) * x.dim(3);
        Value embedded = layers.conv(name + ".embedding_convPxP", x, width, 1, ConvParameters.PLAIN);
        Value sequence = g.transpose(g.reshape(embedded, batch, width, cells), 0, 2, 1);
        Value first = g.expand(g.constant(Shape.of(1, 1, width), new float[width]), batch, 1, width);
        Value stacked = g.add(g.concat(1, first, sequence), waves(cells + 1, width));
        Tokens tokens = Tokens.like(layers, stacked);
        Value y = tokens.flat(stacked);
        for (int i = 0; i < TRANSFORMER_LAYERS; i++) {
            String layer = name + ".transformer_encoder." + i;
            Value attended = attention(layer + ".self_attn", tokens, y, heads);
            y = layers.layerNorm(layer + ".norm1", g.add(y, attended), 1e-5);
            Value inner = g.relu(layers.linear(layer + ".linear1", y,
                    config.integer("patch_transformer_intermediate_size", 1, 1024)));
            y = layers.layerNorm(layer + ".norm2", g.add(y, layers.linear(layer + ".linear2", inner, width)), 1e-5);
        }
        Value states = g.tap(name, tokens.stacked(y));
        Value chosen = g.reshape(g.slice(states, 1, 0, 1), batch, width);
        Value hidden = g.relu(layers.linear(HEAD + ".mlp_classifier.linear1", chosen, width));
        return g.tap(HEAD + ".mlp_classifier", layers.linear(HEAD + ".mlp_classifier.linear2", hidden, 2));
    }

    private Value attention(String name, Tokens tokens, Value x, int heads) {
        GraphBuilder g = layers.g();
        int width = tokens.width();
        Value q = tokens.stacked(layers.linear(name + ".query", x, width));
        Value k = tokens.stacked(layers.linear(name + ".key", x, width));
        Value v = tokens.stacked(layers.linear(name + ".value", x, width));
        g.scope(name);
        Value mixed = g.attention(q, k, v, heads, 1 / Math.sqrt((double) width / heads));
        return layers.linear(name + ".out_proj", tokens.flat(mixed), width);
    }

    /** Returns sines, then cosines, of the position at decreasing frequencies, [1, T, C]. */
    private Value waves(int count, int width) {
        int half = (width + 1) / 2;
        float[] values = new float[count * width];
        for (int t = 0; t < count; t++) {
            for (int i = 0; i < half; i++) {
                double angle = t * Math.exp(2 * i * (-Math.log(10000.0) / width));
                values[t * width + i] = (float) Math.sin(angle);
                values[t * width + half + i] = (float) Math.cos(angle);
            }
        }
        return layers.derived("positions " + count, Shape.of(1, count, width), values);
    }
}
