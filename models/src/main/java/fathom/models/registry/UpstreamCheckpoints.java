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

/** Opens weight files as the repositories of their authors publish them: one line per family. */
public final class UpstreamCheckpoints {
    private UpstreamCheckpoints() {}

    /**
     * Opens {@code file}, of {@code torch.save}, in safetensors or of Keras.
     *
     * @throws CheckpointException if it is damaged, or of no family that is known here
     */
    public static UpstreamCheckpoint open(Path file) throws IOException {
        if (KerasFile.hasItsName(file)) {
            KerasFile keras = KerasFile.read(file);
            return DenseDepthUpstream.of(file, keras, Checkpoint.ofKeras(file, keras));
        }
        Checkpoint weights = Checkpoint.openFile(file);
        if (DepthAnythingUpstream.isOne(weights)) {
            return DepthAnythingUpstream.of(file, weights);
        }
        if (MogeUpstream.isOne(weights)) {
            return MogeUpstream.of(file, weights);
        }
        if (MidasUpstream.isOne(weights)) {
            return MidasUpstream.of(file, weights);
        }
        if (weights.has("decode_head.reassemble_blocks.projects.0.conv.weight")) {
            throw new CheckpointException(file,
                    "expected a whole network, found the head of DINOv2's depth models alone "
                            + "(dinov2_…_dpt_head.pth), whose backbone is another file. Give the hub's copy, which holds both, such "
                            + "as facebook/dpt-dinov2-small-nyu");
        }
        throw new CheckpointException(file,
                "expected the weights of Depth Anything, MiDaS (DPT) or MoGe as their authors publish them "
                        + "(pretrained.blocks.0…, depth_head…; pretrained.model…, scratch…; encoder.backbone…, "
                        + "points_head…), found other names among "
                        + weights.tensors().size()
                        + " tensors. A checkpoint of the hub is given by its folder, with config.json");
    }
}
