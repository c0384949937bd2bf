package fathom.models.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import fathom.weights.Checkpoint;

/** Families whose weight files are recognised although Fathom does not run them, so that messages can name them. */
final class UnsupportedFamilies {
    private record Family(Predicate<Checkpoint> matches, String title) {}

    private static final List<Family> ALL = List.of(
            new Family(weights -> begins(weights, "backbone.") && begins(weights, "head.projects."),
                    "MoGe-1 (Ruicheng/moge-vitl), which is not run; use MoGe-2, such as Ruicheng/moge-2-vitl"),
            new Family(weights -> begins(weights, "core.core.pretrained."),
                    "ZoeDepth in its authors' layout, which is not run; use the Hub's copy, such as Intel/zoedepth-nyu"),
            new Family(
                    weights -> begins(weights, "encoder.patch_encoder.") || begins(weights, "encoder.image_encoder."),
                    "Depth Pro in its authors' layout, which is not run; use the Hub's copy, apple/DepthPro-hf"),
            new Family(weights -> begins(weights, "depth_model.encoder."),
                    "Metric3D in its authors' layout, which is not run; use an ONNX export of it"),
            new Family(weights -> begins(weights, "pixel_encoder.") && begins(weights, "pixel_decoder."),
                    "UniDepth, which is not run"),
            new Family(
                    weights -> weights.has("head.temporal_layers.0.proj_in.weight")
                            || begins(weights, "head.motion_modules."),
                    "Video Depth Anything, which is not run; use Depth Anything 2"),
            new Family(weights -> begins(weights, "model.backbone.pretrained.") && begins(weights, "model.head."),
                    "Depth Anything 3 without its settings; give the folder that also contains config.json"));

    private UnsupportedFamilies() {}

    private static boolean begins(Checkpoint weights, String prefix) {
        return weights.tensors().stream().anyMatch(tensor -> tensor.name().startsWith(prefix));
    }

    /** Returns the family of the weights and what to use instead, as the end of a sentence. */
    static Optional<String> of(Checkpoint weights) {
        return ALL.stream().filter(family -> weights.readings().stream().anyMatch(family.matches())).map(Family::title)
                .findFirst();
    }
}
