package fathom.models.dpt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import fathom.graph.Shape;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;

/**
 * Creates the equivalent of the Hub's {@code config.json} of a DPT network from the shapes of the original tensors. The
 * normalisations use timm's epsilon, 1e-6, with which the networks were trained; the Hub's configurations contain
 * 1e-12.
 *
 * @param file the file, for messages
 * @param weights its tensors under their original names
 */
record MidasConfig(Path file, Checkpoint weights) {
    private static final String MODEL = "pretrained.model.";
    private static final String STAGES = MODEL + "patch_embed.backbone.stages.";
    private static final int HEAD_WIDTH = 64;
    /** Both sides of the input of the hybrid trunk are divided by this. */
    private static final int HYBRID_PATCH = 16;

    /** Returns the settings that are the same for all trunks. */
    String neck() {
        List<Integer> channels = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> weights.shapeOf("scratch.layer" + i + "_rn.weight", 4).dim(1)).toList();
        return String.format(Locale.ROOT, """
                "neck_hidden_sizes": %s, "fusion_hidden_size": %d, "readout_type": "project", "head_in_index": -1""",
                channels, weights.shapeOf("scratch.layer1_rn.weight", 4).dim(0));
    }

    String vit() {
        int patch = weights.shapeOf(MODEL + "patch_embed.proj.weight", 4).dim(2);
        int depth = depth();
        return String.format(Locale.ROOT, """
                "is_hybrid": false, "reassemble_factors": [4, 2, 1, 0.5], "backbone_out_indices": %s, %s""",
                taps(depth, 0), encoder(patch, depth));
    }

    String hybrid() {
        List<Integer> depths = new ArrayList<>();
        List<Integer> channels = new ArrayList<>();
        for (int stage = 0; count(STAGES + stage + ".blocks.", ".conv1.weight") > 0; stage++) {
            depths.add(count(STAGES + stage + ".blocks.", ".conv1.weight"));
            channels.add(weights.shapeOf(STAGES + stage + ".blocks.0.conv3.weight", 4).dim(0));
        }
        int depth = depth();
        List<Integer> taps = taps(depth, 0);
        return String.format(Locale.ROOT,
                """
                        "is_hybrid": true, "reassemble_factors": [1, 1, 1, 0.5], "neck_ignore_stages": [0, 1],
                         "backbone_out_indices": [0, 1, %d, %d], "backbone_config": {"model_type": "bit", "layer_type": "bottleneck",
                         "global_padding": "same", "embedding_dynamic_padding": true, "embedding_size": %d, "hidden_sizes": %s,
                         "depths": %s, "num_groups": 32}, %s""",
                taps.get(2), taps.get(3), weights.shapeOf(MODEL + "patch_embed.backbone.stem.conv.weight", 4).dim(0),
                channels, depths, encoder(HYBRID_PATCH, depth));
    }

    private String encoder(int patch, int depth) {
        Shape positions = weights.shapeOf(MODEL + "pos_embed", 3);
        int side = side(MODEL + "pos_embed", positions, 1, 1);
        int width = positions.dim(2);
        return String.format(Locale.ROOT, """
                "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d, "intermediate_size": %d,
                 "patch_size": %d, "image_size": %d, "layer_norm_eps": 1e-6, "qkv_bias": true""", width, depth,
                heads(width), weights.shapeOf(MODEL + "blocks.0.mlp.fc1.weight", 2).dim(0), patch, side * patch);
    }

    String beit() {
        String table = MODEL + "blocks.0.attn.relative_position_bias_table";
        Shape biases = weights.shapeOf(table, 2);
        int side = (side(table, biases, 0, 3) + 1) / 2;
        Shape patches = weights.shapeOf(MODEL + "patch_embed.proj.weight", 4);
        int depth = depth();
        return String.format(Locale.ROOT, """
                "reassemble_factors": [4, 2, 1, 0.5], "backbone_config": {"model_type": "beit", "hidden_size": %d,
                 "num_hidden_layers": %d, "num_attention_heads": %d, "intermediate_size": %d, "patch_size": %d,
                 "image_size": %d, "out_indices": %s, "layer_scale_init_value": %s, "use_relative_position_bias": true,
                 "use_absolute_position_embeddings": %b, "reshape_hidden_states": false, "layer_norm_eps": 1e-6}""",
                patches.dim(0), depth, biases.dim(1), weights.shapeOf(MODEL + "blocks.0.mlp.fc1.weight", 2).dim(0),
                patches.dim(2), side * patches.dim(2), taps(depth, 1),
                weights.has(MODEL + "blocks.0.gamma_1") ? "0.1" : "0", weights.has(MODEL + "pos_embed"));
    }

    /**
     * The image size and the windows of Swin 2 cannot be inferred from shapes; timm's three networks are distinguished
     * by their width.
     */
    String swin2() {
        Shape patches = weights.shapeOf(MODEL + "patch_embed.proj.weight", 4);
        int embed = patches.dim(0);
        String windows = switch (embed) {
            case 96 -> "\"image_size\": 256, \"window_size\": 16, \"pretrained_window_sizes\": [0, 0, 0, 0]";
            case 128, 192 -> "\"image_size\": 384, \"window_size\": 24, \"pretrained_window_sizes\": [12, 12, 12, 6]";
            default -> throw new CheckpointException(file, "tensor " + MODEL
                    + "patch_embed.proj.weight: expected 96, 128 "
                    + "or 192 rows, as in dpt_swin2_tiny_256, dpt_swin2_base_384 and dpt_swin2_large_384, which determine "
                    + "the windows, found " + patches);
        };
        List<Integer> depths = new ArrayList<>();
        List<Integer> heads = new ArrayList<>();
        for (int stage = 0; stage < 4; stage++) {
            String blocks = MODEL + "layers." + stage + ".blocks.";
            depths.add(count(blocks, ".norm1.weight"));
            heads.add(weights.shapeOf(blocks + "0.attn.logit_scale", 3).dim(0));
        }
        int hidden = weights.shapeOf(MODEL + "layers.0.blocks.0.mlp.fc1.weight", 2).dim(0);
        return String.format(Locale.ROOT,
                """
                        "backbone_config": {"model_type": "swinv2", "embed_dim": %d, "depths": %s, "num_heads": %s, "mlp_ratio": %s,
                         "patch_size": %d, "qkv_bias": true, "out_indices": [1, 2, 3, 4], "layer_norm_eps": 1e-5, %s}""",
                embed, depths, heads, (double) hidden / embed, patches.dim(2), windows);
    }

    private int count(String start, String end) {
        return (int) weights.tensors().stream()
                .filter(tensor -> tensor.name().startsWith(start) && tensor.name().endsWith(end)).count();
    }

    private int depth() {
        return count(MODEL + "blocks.", ".norm1.weight");
    }

    /** Returns the layer at the end of each quarter of {@code depth}, counted from {@code first}. */
    private List<Integer> taps(int depth, int first) {
        if (depth == 0 || depth % 4 != 0) {
            throw new CheckpointException(file, "expected a number of blocks that is a multiple of 4, found " + depth);
        }
        return IntStream.rangeClosed(1, 4).mapToObj(quarter -> quarter * depth / 4 - 1 + first).toList();
    }

    private int heads(int width) {
        if (width % HEAD_WIDTH != 0) {
            throw new CheckpointException(file, "tensor " + MODEL + "pos_embed: expected a width in multiples of "
                    + HEAD_WIDTH + ", that of a ViT's heads, found " + width);
        }
        return width / HEAD_WIDTH;
    }

    /** Returns the side of the square formed by the rows of {@code name} without the last {@code extra} ones. */
    private int side(String name, Shape shape, int axis, int extra) {
        int cells = shape.dim(axis) - extra;
        int side = (int) Math.round(Math.sqrt(cells));
        if (cells < 1 || side * side != cells) {
            throw new CheckpointException(file, "tensor " + name + ": expected on axis " + axis
                    + " a square number and " + extra + ", found " + shape);
        }
        return side;
    }
}
