package fathom.models.marigold;

import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.backbones.Layers;
import fathom.weights.Checkpoint;
import fathom.weights.Settings;
import fathom.weights.StoredTensor;

/**
 * The text encoder of CLIP (Radford et al., ICML 2021, section 2.4), transformers' {@code CLIPTextModel}: a transformer
 * with causal attention. Its names may begin with {@code text_model.}. Immutable.
 */
public final class ClipTextEncoder {
    private final Checkpoint weights;
    private final int width;
    private final int depth;
    private final int heads;
    private final int hidden;
    private final int vocabulary;
    private final int positions;
    private final double epsilon;
    private final boolean quickGelu;
    private final String prefix;

    private ClipTextEncoder(Settings config, Checkpoint weights) {
        this.weights = weights;
        prefix = weights.has("embeddings.token_embedding.weight") ? "" : "text_model.";
        width = config.integer("hidden_size", 1, 512);
        depth = config.integer("num_hidden_layers", 1, 12);
        heads = config.integer("num_attention_heads", 1, 8);
        hidden = config.integer("intermediate_size", 1, 2048);
        vocabulary = config.integer("vocab_size", 2, 49408);
        positions = config.integer("max_position_embeddings", 2, 77);
        epsilon = config.positive("layer_norm_eps", 1e-5);
        if (width % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size " + width, heads);
        }
        quickGelu = switch (config.text("hidden_act", "quick_gelu")) {
            case "quick_gelu" -> true;
            case "gelu" -> false;
            case String other -> throw config.wrong("hidden_act", "gelu or quick_gelu", other);
        };
    }

    /**
     * Creates the encoder that {@code config} and {@code weights} describe.
     *
     * @param config its settings
     * @param weights its weights
     * @return the encoder
     */
    public static ClipTextEncoder of(Settings config, Checkpoint weights) {
        return new ClipTextEncoder(config,
                weights.reading(names -> names.has("text_model.embeddings.token_embedding.weight")
                        || names.has("embeddings.token_embedding.weight")));
    }

    /** {@return the size of the vocabulary; CLIP's begin and end of a text are the last two tokens} */
    public int vocabulary() {
        return vocabulary;
    }

    /** {@return the width of a token's embedding} */
    public int width() {
        return width;
    }

    /**
     * Computes the encoder's input: the sum of token and position embeddings.
     *
     * @param tokens from 0 to below {@link #vocabulary}, at most as many as there are positions
     * @return [tokens, width], row-major
     */
    public float[] embed(int... tokens) {
        if (tokens.length > positions) {
            throw new IllegalArgumentException("tokens: expected at most " + positions + ", found " + tokens.length);
        }
        StoredTensor table = weights.require(prefix + "embeddings.token_embedding.weight", Shape.of(vocabulary, width));
        StoredTensor places = weights.require(prefix + "embeddings.position_embedding.weight",
                Shape.of(positions, width));
        float[] embedded = weights.floats(places, 0, tokens.length * width);
        for (int t = 0; t < tokens.length; t++) {
            float[] row = weights.floats(table, (long) tokens[t] * width, width);
            for (int i = 0; i < width; i++) {
                embedded[t * width + i] += row[i];
            }
        }
        return embedded;
    }

    /**
     * Builds the graph.
     *
     * @param g the builder to add the operations to
     * @param embedded {@link #embed}, [S, width]
     * @return the states of the last layer, normalised, [S, width]
     */
    public Value encode(GraphBuilder g, Value embedded) {
        Layers layers = new Layers(g, weights);
        Value mask = causalMask(g, embedded.dim(0));
        Value x = embedded;
        for (int i = 0; i < depth; i++) {
            String name = prefix + "encoder.layers." + i;
            Value y = g.add(x,
                    attention(layers, name + ".self_attn", layers.layerNorm(name + ".layer_norm1", x, epsilon), mask));
            Value inner = layers.linear(name + ".mlp.fc1", layers.layerNorm(name + ".layer_norm2", y, epsilon), hidden);
            Value active = quickGelu ? g.gatedSigmoid(inner, 1.702) : g.gelu(inner);
            x = g.add(y, layers.linear(name + ".mlp.fc2", active, width));
        }
        return layers.layerNorm(prefix + "final_layer_norm", x, epsilon);
    }

    private Value attention(Layers layers, String name, Value x, Value mask) {
        GraphBuilder g = layers.g();
        int tokens = x.dim(0);
        Value q = g.reshape(layers.linear(name + ".q_proj", x, width), 1, tokens, width);
        Value k = g.reshape(layers.linear(name + ".k_proj", x, width), 1, tokens, width);
        Value v = g.reshape(layers.linear(name + ".v_proj", x, width), 1, tokens, width);
        g.scope(name);
        Value attended = g.attention(q, k, v, mask, heads, 1 / Math.sqrt((double) width / heads));
        return layers.linear(name + ".out_proj", g.reshape(attended, tokens, width), width);
    }

    /**
     * Returns the causal mask, [1, heads, S, S]: 0 for a token and the earlier ones, the lowest finite number for later
     * ones.
     */
    private Value causalMask(GraphBuilder g, int tokens) {
        float[] mask = new float[heads * tokens * tokens];
        for (int i = 0; i < mask.length; i++) {
            int from = i / tokens % tokens;
            int to = i % tokens;
            mask[i] = to > from ? -Float.MAX_VALUE : 0;
        }
        return g.constant(Shape.of(1, heads, tokens, tokens), mask);
    }
}
