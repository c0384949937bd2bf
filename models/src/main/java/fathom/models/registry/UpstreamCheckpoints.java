package fathom.models.registry;

import java.io.IOException;
import java.nio.file.Path;

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
     * @return the checkpoint
     * @throws CheckpointException if it is damaged, or of an unknown family
     * @throws IOException if it cannot be read
     */
    public static UpstreamCheckpoint open(Path file) throws IOException {
        if (KerasFile.hasKerasName(file)) {
            KerasFile keras = KerasFile.read(file);
            return DenseDepthUpstream.of(file, keras, Checkpoint.ofKeras(file, keras));
        }
        Checkpoint weights = Checkpoint.openFile(file);
        if (DepthAnythingUpstream.matches(weights)) {
            return DepthAnythingUpstream.of(file, weights);
        }
        if (MogeUpstream.matches(weights)) {
            return MogeUpstream.of(file, weights);
        }
        if (MidasUpstream.matches(weights)) {
            return MidasUpstream.of(file, weights);
        }
        if (weights.has("decode_head.reassemble_blocks.projects.0.conv.weight")) {
            throw new CheckpointException(file,
                    "expected a whole network, found the head of DINOv2's depth models alone "
                            + "(dinov2_…_dpt_head.pth), whose backbone is another file. Use the Hub's copy, which contains both, such "
                            + "as facebook/dpt-dinov2-small-nyu");
        }
        throw new CheckpointException(file,
                "expected the weights of Depth Anything, MiDaS (DPT) or MoGe as their authors publish them "
                        + "(pretrained.blocks.0…, depth_head…; pretrained.model…, scratch…; encoder.backbone…, "
                        + "points_head…), found other names among " + weights.tensors().size()
                        + " tensors. For a checkpoint of the Hub, give its folder, which contains config.json");
    }
}
