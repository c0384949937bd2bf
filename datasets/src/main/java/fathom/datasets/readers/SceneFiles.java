package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.Optional;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.values.SampleDraft;
import fathom.raster.Intrinsics;

/**
 * The files of one scene.
 *
 * @param name unique within its source: the scene's path below it
 * @param rgb the picture
 * @param height rows of the picture and of the depth
 * @param width columns of the picture and of the depth
 * @param depth measured depth
 * @param encoding how its numbers become metres
 * @param limits which depths are trusted
 * @param intrinsics the camera, where known
 */
public record SceneFiles(String name, Path rgb, int height, int width, Path depth, DepthEncoding encoding,
        DepthLimits limits, Optional<Intrinsics> intrinsics) {
    /** The scene as a sample whose depth is in the field {@code truth}. */
    public SampleDraft toDraft(String truth) {
        SampleDraft draft = SampleDraft.of(name, rgb, height, width)
                .withMeasured(new SampleDraft.Measured(truth, depth, encoding, limits));
        return intrinsics.map(draft::withIntrinsics).orElse(draft);
    }
}
