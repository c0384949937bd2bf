package fathom.models.dpt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.weights.Checkpoint;
import fathom.weights.StoredTensor;

/**
 * Maps the names of MiDaS's DPT networks to the Hub's, as {@code convert_dpt_to_pytorch.py},
 * {@code convert_dpt_hybrid_to_pytorch.py}, {@code convert_dpt_beit_to_hf.py} and {@code convert_dpt_swinv2_to_hf.py}
 * of transformers 4.43.4 do. Tensors that depth does not need are omitted: the classifier, and tables that follow from
 * sizes.
 *
 * @param trunk the trunk of the network
 */
record MidasNames(MidasTrunk trunk) {
    private static final String MODEL = "pretrained.model.";
    private static final String SCRATCH = "scratch.";
    private static final String TRUNK = "patch_embed.backbone.";
    private static final String FUSED = "attn.qkv.";
    private static final List<String> PARTS = List.of("query", "key", "value");
    private static final Pattern BLOCK = Pattern.compile("(?:blocks|layers\\.(\\d)\\.blocks)\\.(\\d{1,4})\\.(.+)");
    private static final Pattern POSTPROCESS = Pattern
            .compile("pretrained\\.act_postprocess([1-4])\\.(0\\.project\\.0|3|4)\\.(\\w+)");
    private static final Pattern BOTTLENECK = Pattern.compile("stages\\.(\\d)\\.blocks\\.(.+)");
    private static final Pattern UNUSED = Pattern
            .compile("(head|fc_norm)\\..+|.+\\.(attn_mask|relative_position_index|relative_coords_table|k_bias)");

    /**
     * Returns the tensors of {@code weights} that depth needs, by the Hub's names; an unknown name is returned
     * unchanged.
     */
    Map<String, StoredTensor> renamed(Checkpoint weights) {
        Map<String, StoredTensor> renamed = new LinkedHashMap<>();
        weights.tensors().forEach(tensor -> rename(tensor, renamed));
        return renamed;
    }

    private void rename(StoredTensor tensor, Map<String, StoredTensor> into) {
        String name = tensor.name();
        if (!name.startsWith(MODEL)) {
            put(tensor.renamed(outside(name).orElse(name)), into);
            return;
        }
        String inner = name.substring(MODEL.length());
        if (UNUSED.matcher(inner).matches() || (!trunk.hasFinalNorm() && inner.startsWith("norm."))) {
            return;
        }
        Matcher block = BLOCK.matcher(inner);
        if (!block.matches()) {
            put(tensor.renamed(embedding(inner).orElse(name)), into);
            return;
        }
        String layer = trunk.blocks() + (block.group(1) == null ? "" : block.group(1) + ".blocks.") + block.group(2)
                + ".";
        String rest = block.group(3);
        if (rest.startsWith(FUSED) && tensor.shape().rank() > 0 && tensor.shape().dim(0) % PARTS.size() == 0) {
            int rows = tensor.shape().dim(0) / PARTS.size();
            for (int part = 0; part < PARTS.size(); part++) {
                put(tensor.rows(layer + trunk.attention() + PARTS.get(part) + "." + rest.substring(FUSED.length()),
                        part * rows, rows), into);
            }
            return;
        }
        put(tensor.renamed(layer + inBlock(rest)), into);
    }

    private static void put(StoredTensor tensor, Map<String, StoredTensor> into) {
        into.put(tensor.name(), tensor);
    }

    /** Returns the Hub's name of a tensor inside a block. */
    private String inBlock(String name) {
        return name.replace("norm1.", "layernorm_before.").replace("norm2.", "layernorm_after.")
                .replace("mlp.fc1.", "intermediate.dense.").replace("mlp.fc2.", "output.dense.")
                .replace("attn.proj.", "attention.output.dense.").replace("gamma_", "lambda_")
                .replace("attn.q_bias", trunk.attention() + "query.bias")
                .replace("attn.v_bias", trunk.attention() + "value.bias")
                .replace("attn.logit_scale", trunk.attention() + "logit_scale")
                .replace("attn.cpb_mlp.", trunk.attention() + "continuous_position_bias_mlp.")
                .replace("attn.relative_position_bias_table",
                        trunk.attention() + "relative_position_bias.relative_position_bias_table");
    }

    /** Returns the Hub's name of the tensor {@code name} in the trunk, before and after its blocks. */
    private Optional<String> embedding(String name) {
        return switch (trunk) {
            case VIT -> embedding(name, "dpt.embeddings.", "patch_embeddings.projection.");
            case HYBRID -> name.startsWith(TRUNK)
                    ? bottleneck(name.substring(TRUNK.length()))
                    : embedding(name, "dpt.embeddings.", "projection.");
            case BEIT,
                    SWIN2 ->
                name.contains("downsample.")
                        ? Optional.of("backbone.encoder." + name)
                        : embedding(name, "backbone.embeddings.", "patch_embeddings.projection.");
        };
    }

    private static Optional<String> embedding(String name, String embeddings, String patches) {
        return switch (name) {
            case "cls_token" -> Optional.of(embeddings + "cls_token");
            case "pos_embed" -> Optional.of(embeddings + "position_embeddings");
            case "norm.weight", "norm.bias" -> Optional.of("dpt.layer" + name);
            default -> name.startsWith("patch_embed.")
                    ? Optional.of(embeddings + name.substring("patch_embed.".length()).replace("proj.", patches))
                    : Optional.empty();
        };
    }

    private static Optional<String> bottleneck(String name) {
        String bit = "dpt.embeddings.backbone.bit.";
        Matcher block = BOTTLENECK.matcher(name);
        return block.matches()
                ? Optional.of(bit + "encoder.stages." + block.group(1) + ".layers." + block.group(2))
                : Optional.of(bit
                        + name.replace("stem.conv.", "embedder.convolution.").replace("stem.norm.", "embedder.norm."));
    }

    /** Returns the Hub's name of a tensor between trunk and depth. */
    private static Optional<String> outside(String name) {
        Matcher postprocess = POSTPROCESS.matcher(name);
        if (postprocess.matches()) {
            int stage = Integer.parseInt(postprocess.group(1)) - 1;
            return Optional.of("neck.reassemble_stage." + switch (postprocess.group(2)) {
                case "3" -> "layers." + stage + ".projection.";
                case "4" -> "layers." + stage + ".resize.";
                default -> "readout_projects." + stage + ".0.";
            } + postprocess.group(3));
        }
        return name.startsWith(SCRATCH + "output_conv.")
                ? Optional.of(name.replace(SCRATCH + "output_conv.", "head.head."))
                : name.startsWith(SCRATCH) ? ScratchNames.fusion(name.substring(SCRATCH.length())) : Optional.empty();
    }
}
