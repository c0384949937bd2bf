package fathom.models.depthanything;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.graph.Shape;
import fathom.models.ModelOptions;
import fathom.models.UpstreamCheckpoint;
import fathom.models.dpt.ScratchNames;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import fathom.weights.StoredTensor;

/**
 * Depth Anything, versions 1 and 2, as published in {@code DepthAnything/Depth-Anything-V2} and its predecessor. Names
 * follow {@code convert_depth_anything_to_hf.py} of transformers. The tensors of versions 1 and 2 have the same names and
 * shapes, and the largest depth is not stored either: options state them, or they are assumed from the file name, such
 * as {@code depth_anything_v2_metric_hypersim_vits.pth}. Pictures are prepared as {@code infer_image} does: the short
 * side becomes 518, with OpenCV's cubic kernel on floats.
 */
public final class DepthAnythingUpstream {
    private static final String POSITIONS = "pretrained.pos_embed";
    private static final String PATCHES = "pretrained.patch_embed.proj.weight";
    private static final Pattern BLOCK = Pattern.compile("pretrained\\.blocks\\.(\\d{1,4})\\.(.+)");
    private static final Pattern FUSED = Pattern.compile("attn\\.qkv\\.(weight|bias)");
    private static final Pattern REASSEMBLE = Pattern.compile("depth_head\\.(projects|resize_layers)\\.(\\d)\\.(\\w+)");
    private static final String SCRATCH = "depth_head.scratch.";
    private static final int STAGES = 4;
    private static final int HEAD_WIDTH = 64;

    private DepthAnythingUpstream() {}

    /**
     * Returns whether these are weights of this family under its authors' names.
     *
     * @param weights the tensors
     * @return whether they are
     */
    public static boolean matches(Checkpoint weights) {
        return weights.has(POSITIONS) && weights.has(PATCHES) && weights.has("pretrained.blocks.0.attn.qkv.weight")
                && weights.has("depth_head.projects.0.weight");
    }

    /**
     * Converts a weight file to the layout of a checkpoint of the Hub.
     *
     * @param file the file
     * @param weights its tensors
     * @param options the options of the model
     * @return the checkpoint
     * @throws IllegalArgumentException if an option is missing, or its value is invalid
     */
    public static UpstreamCheckpoint of(Path file, Checkpoint weights, ModelOptions options) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        weights.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        List<String> notes = new ArrayList<>();
        int version = AuthorsOptions.version(file, options, notes);
        String config = config(file, tensors, version, AuthorsOptions.range(file, options, notes));
        Map<String, StoredTensor> renamed = new LinkedHashMap<>();
        tensors.values().forEach(tensor -> rename(tensor, renamed));
        return new UpstreamCheckpoint(Settings.parse(file, config),
                Settings.parse(file, AuthorsOptions.preprocessor(options)), weights.withTensors(renamed),
                notes.isEmpty() ? notes : List.of(String.join("; ", notes)));
    }

    /** Returns the Hub's {@code config.json} of the same model, from the tensors' shapes and the file name. */
    private static String config(Path file, Map<String, StoredTensor> tensors, int version, String range) {
        Shape positions = shape(file, tensors, POSITIONS, 3);
        int width = positions.dim(2);
        int patch = shape(file, tensors, PATCHES, 4).dim(2);
        int side = (int) Math.round(Math.sqrt(positions.dim(1) - 1.0));
        int layers = (int) tensors.keySet().stream().filter(name -> name.endsWith(".norm1.weight")).count();
        boolean gated = tensors.containsKey("pretrained.blocks.0.mlp.w12.weight");
        double ratio = gated
                ? 4
                : (double) shape(file, tensors, "pretrained.blocks.0.mlp.fc1.weight", 2).dim(0) / width;
        if (width % HEAD_WIDTH != 0) {
            throw new CheckpointException(file, "tensor " + POSITIONS + ": expected a width in multiples of "
                    + HEAD_WIDTH + ", that of DINOv2's heads, found " + positions);
        }
        StringBuilder necks = new StringBuilder();
        for (int stage = 0; stage < STAGES; stage++) {
            necks.append(stage == 0 ? "" : ", ")
                    .append(shape(file, tensors, "depth_head.projects." + stage + ".weight", 4).dim(0));
        }
        int fusion = shape(file, tensors, "depth_head.scratch.layer1_rn.weight", 4).dim(0);
        int head = shape(file, tensors, "depth_head.scratch.output_conv2.0.weight", 4).dim(0);
        return String.format(Locale.ROOT,
                """
                        {"model_type": "depth_anything", "authors_file": true, "backbone_config": {"model_type": "dinov2", "hidden_size": %d,
                         "num_attention_heads": %d, "num_hidden_layers": %d, "mlp_ratio": %s, "use_swiglu_ffn": %b, "patch_size": %d,
                         "image_size": %d, "out_indices": %s, "apply_layernorm": true, "reshape_hidden_states": false,
                         "layer_norm_eps": 1e-6}, "patch_size": %d, "neck_hidden_sizes": [%s], "reassemble_hidden_size": %d,
                         "reassemble_factors": [4, 2, 1, 0.5], "fusion_hidden_size": %d, "head_hidden_size": %d, "head_in_index": -1,
                         %s}""",
                width, width / HEAD_WIDTH, layers, ratio, gated, patch, side * patch, taps(file, version, layers),
                patch, necks, width, fusion, head, range);
    }

    /** Returns the layers whose states are used, counted from 1. */
    private static List<Integer> taps(Path file, int version, int layers) {
        if (version == 1) {
            return List.of(layers - 3, layers - 2, layers - 1, layers);
        }
        return switch (layers) {
            case 12 -> List.of(3, 6, 9, 12);
            case 24 -> List.of(5, 12, 18, 24);
            case 40 -> List.of(10, 20, 30, 40);
            default -> throw new CheckpointException(file, "expected 12, 24 or 40 blocks, found " + layers);
        };
    }

    private static Shape shape(Path file, Map<String, StoredTensor> tensors, String name, int rank) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null || tensor.shape().rank() != rank || tensor.shape().elements() == 0) {
            throw new CheckpointException(file, "tensor " + name + ": expected one of " + rank + " axes, found "
                    + (tensor == null ? "none" : tensor.shape()));
        }
        return tensor.shape();
    }

    private static void rename(StoredTensor tensor, Map<String, StoredTensor> into) {
        Matcher block = BLOCK.matcher(tensor.name());
        if (!block.matches()) {
            put(tensor.renamed(outside(tensor.name())), into);
            return;
        }
        String layer = "backbone.encoder.layer." + block.group(1) + ".";
        Matcher fused = FUSED.matcher(block.group(2));
        if (fused.matches() && tensor.shape().rank() > 0 && tensor.shape().dim(0) % 3 == 0) {
            int rows = tensor.shape().dim(0) / 3;
            List<String> parts = List.of("query", "key", "value");
            for (int part = 0; part < parts.size(); part++) {
                put(tensor.rows(layer + "attention.attention." + parts.get(part) + "." + fused.group(1), part * rows,
                        rows), into);
            }
            return;
        }
        put(tensor.renamed(layer + block.group(2).replace("ls1.gamma", "layer_scale1.lambda1")
                .replace("ls2.gamma", "layer_scale2.lambda1").replace("attn.proj.", "attention.output.dense.")
                .replace("mlp.w12.", "mlp.weights_in.").replace("mlp.w3.", "mlp.weights_out.")), into);
    }

    private static void put(StoredTensor tensor, Map<String, StoredTensor> into) {
        into.put(tensor.name(), tensor);
    }

    /** Returns the Hub's name of a tensor outside the blocks; an unknown name is returned unchanged. */
    private static String outside(String name) {
        Matcher reassemble = REASSEMBLE.matcher(name);
        if (reassemble.matches()) {
            return "neck.reassemble_stage.layers." + reassemble.group(2)
                    + (reassemble.group(1).equals("projects") ? ".projection." : ".resize.") + reassemble.group(3);
        }
        Optional<String> fusion = name.startsWith(SCRATCH)
                ? ScratchNames.fusion(name.substring(SCRATCH.length()))
                : Optional.empty();
        if (fusion.isPresent()) {
            return fusion.get();
        }
        return name.replace("depth_head.scratch.output_conv1.", "head.conv1.")
                .replace("depth_head.scratch.output_conv2.0.", "head.conv2.")
                .replace("depth_head.scratch.output_conv2.2.", "head.conv3.")
                .replace("pretrained.norm.", "backbone.layernorm.")
                .replace("pretrained.pos_embed", "backbone.embeddings.position_embeddings")
                .replace("pretrained.patch_embed.proj.", "backbone.embeddings.patch_embeddings.projection.")
                .replace("pretrained.cls_token", "backbone.embeddings.cls_token")
                .replace("pretrained.mask_token", "backbone.embeddings.mask_token");
    }
}
