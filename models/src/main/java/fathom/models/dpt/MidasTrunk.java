package fathom.models.dpt;

import java.util.Optional;

import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;

/**
 * The part of a DPT network of MiDaS that converts pixels to tokens or maps, recognised by a tensor that only this
 * trunk has.
 */
enum MidasTrunk {
    /** A ViT on patches of pixels: {@code dpt_large}. */
    VIT("pretrained.model.pos_embed", "dpt.encoder.layer.", "attention.attention."),
    /** A ViT on the maps of a convolutional trunk: {@code dpt_hybrid}. */
    HYBRID("pretrained.model.patch_embed.backbone.stem.conv.weight", "dpt.encoder.layer.", "attention.attention."),
    /** BEiT. */
    BEIT("pretrained.model.blocks.0.attn.relative_position_bias_table", "backbone.encoder.layer.",
            "attention.attention."),
    /** Swin Transformer V2. */
    SWIN2("pretrained.model.layers.0.blocks.0.attn.logit_scale", "backbone.encoder.layers.", "attention.self.");

    private final String witness;
    private final String blocks;
    private final String attention;

    MidasTrunk(String witness, String blocks, String attention) {
        this.witness = witness;
        this.blocks = blocks;
        this.attention = attention;
    }

    /** Returns the prefix of the Hub's names of its blocks. */
    String blocks() {
        return blocks;
    }

    /** Returns the Hub's name of the attention inside a block. */
    String attention() {
        return attention;
    }

    /**
     * Returns whether the Hub's checkpoints contain the normalisation after the last block, which depth does not use.
     */
    boolean hasFinalNorm() {
        return this == VIT || this == HYBRID;
    }

    /**
     * Returns the trunk of {@code weights}.
     *
     * @throws CheckpointException if it is an unsupported trunk; the message names it
     */
    static MidasTrunk of(Checkpoint weights) {
        for (MidasTrunk trunk : new MidasTrunk[]{HYBRID, BEIT, SWIN2, VIT}) {
            if (weights.has(trunk.witness)) {
                return trunk;
            }
        }
        throw new CheckpointException(weights.folder(),
                "expected MiDaS's DPT on a ViT, on a hybrid of convolutions and "
                        + "a ViT, on BEiT or on Swin 2, found " + other(weights).orElse("one on an unknown trunk")
                        + ". Choose another of MiDaS's models, such as dpt_large_384.pt or dpt_beit_large_512.pt");
    }

    private static Optional<String> other(Checkpoint weights) {
        if (weights.has("pretrained.model.layers.0.blocks.0.attn.relative_position_bias_table")) {
            return Optional.of("one on the first version of Swin (dpt_swin_large_384.pt)");
        }
        if (weights.has("scratch.stem_transpose.0.c.weight")) {
            return Optional.of("one on LeViT (dpt_levit_224.pt)");
        }
        if (weights.tensors().stream().anyMatch(tensor -> tensor.name().startsWith("pretrained.model.features."))) {
            return Optional.of("one on Next-ViT (dpt_next_vit_large_384.pt)");
        }
        return weights.tensors().stream().anyMatch(tensor -> tensor.name().startsWith("pretrained.layer1."))
                ? Optional.of("a convolutional network of MiDaS 2 (midas_v21_384.pt, midas_v21_small_256.pt)")
                : Optional.empty();
    }
}
