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
 * @param name the name, unique within the source: the path of the scene below it
 * @param rgb the picture
 * @param height the number of rows of the picture and of the depth
 * @param width the number of columns of the picture and of the depth
 * @param depth the measured depth
 * @param encoding the encoding of the depth
 * @param limits the range of valid depths
 * @param intrinsics the camera; empty if unknown
 */
public record SceneFiles(String name, Path rgb, int height, int width, Path depth, DepthEncoding encoding,
        DepthLimits limits, Optional<Intrinsics> intrinsics) {
    /**
     * Converts the scene to a sample.
     *
     * @param truth the name of the field for the measured depth
     * @return the sample
     */
    public SampleDraft toDraft(String truth) {
        SampleDraft draft = SampleDraft.of(name, rgb, height, width)
                .withMeasured(new SampleDraft.Measured(truth, depth, encoding, limits));
        return intrinsics.map(draft::withIntrinsics).orElse(draft);
    }
}
