package fathom.models.registry;

import java.io.IOException;
import java.nio.file.Path;

import fathom.models.ModelOptions;
import fathom.models.UpstreamCheckpoint;
import fathom.models.densedepth.DenseDepthUpstream;
import fathom.models.depthanything.DepthAnythingUpstream;
import fathom.models.dpt.MidasUpstream;
import fathom.models.moge.MogeUpstream;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.KerasFile;

/** Opens weight files as published in their authors' repositories: one line per family. */
public final class UpstreamCheckpoints {
    private UpstreamCheckpoints() {}

    /**
     * Opens a weight file written by {@code torch.save}, in safetensors format or by Keras.
     *
     * @param file the file
     * @param options the options of the model, for what the file does not store
     * @return the checkpoint
     * @throws CheckpointException if it is damaged, or of an unknown family
     * @throws IllegalArgumentException if an option is missing, or its value is invalid
     * @throws IOException if it cannot be read
     */
    public static UpstreamCheckpoint open(Path file, ModelOptions options) throws IOException {
        if (KerasFile.hasKerasName(file)) {
            KerasFile keras = KerasFile.read(file);
            return DenseDepthUpstream.of(file, keras, Checkpoint.ofKeras(file, keras));
        }
        Checkpoint stored = Checkpoint.openFile(file);
        Checkpoint weights = stored.reading(UpstreamCheckpoints::isKnown);
        if (DepthAnythingUpstream.matches(weights)) {
            return DepthAnythingUpstream.of(file, weights, options);
        }
        if (MogeUpstream.matches(weights)) {
            return MogeUpstream.of(file, weights);
        }
        if (MidasUpstream.matches(weights)) {
            return MidasUpstream.of(file, weights, options);
        }
        if (weights.has("decode_head.reassemble_blocks.projects.0.conv.weight")) {
            throw new CheckpointException(file,
                    "expected a whole network, found the head of DINOv2's depth models alone "
                            + "(dinov2_…_dpt_head.pth), whose backbone is another file. Use the Hub's copy, which contains both, such "
                            + "as facebook/dpt-dinov2-small-nyu");
        }
        throw CheckpointException.explained(file, UnsupportedFamilies.of(stored)
                .map(family -> "expected Depth Anything 1 or 2, MiDaS (DPT) or MoGe-2, found " + family).orElseGet(
                        () -> "expected the weights of Depth Anything, MiDaS (DPT) or MoGe-2 as their authors publish "
                                + "them, with tensors such as pretrained.blocks.0.attn.qkv.weight and "
                                + "depth_head.projects.0.weight, scratch.layer1_rn.weight, or encoder.backbone.pos_embed, found "
                                + "none of these among " + stored.someNames()
                                + ". For a checkpoint of the Hub, give its folder, which contains config.json"));
    }

    private static boolean isKnown(Checkpoint weights) {
        return DepthAnythingUpstream.matches(weights) || MogeUpstream.matches(weights)
                || MidasUpstream.matches(weights);
    }
}
