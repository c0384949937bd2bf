package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.values.SampleAttributes;
import fathom.datasets.values.SampleDraft;
import fathom.raster.Intrinsics;

/**
 * The files of one scene.
 *
 * @param name the name, unique within the source: the path of the scene below it
 * @param rgb the picture
 * @param size the size of the picture
 * @param depth the measured depth
 * @param depthSize the size of the depth map; if it is not that of the picture, it has the same shape
 * @param encoding the encoding of the depth
 * @param limits the range of valid depths
 * @param intrinsics the camera, in pixels of the picture; empty if unknown
 * @param rule the rule that assigned the depth to the picture
 * @param seconds the difference of their timestamps, seconds; empty if they have none
 */
public record SceneFiles(String name, Path rgb, Size size, Path depth, Size depthSize, DepthEncoding encoding,
        DepthLimits limits, Optional<Intrinsics> intrinsics, PairRule rule, OptionalDouble seconds) {
    /**
     * The size of a picture or a depth map, pixels.
     *
     * @param width the number of columns
     * @param height the number of rows
     */
    public record Size(int width, int height) {
        @Override
        public String toString() {
            return SampleAttributes.size(height, width);
        }
    }

    /**
     * Converts the scene to a sample.
     *
     * @param truth the name of the field for the measured depth
     * @return the sample
     */
    public SampleDraft toDraft(String truth) {
        SampleDraft draft = SampleDraft.of(name, rgb, size.height, size.width)
                .withMeasured(new SampleDraft.Measured(truth, depth, encoding, limits))
                .withAttribute(SampleAttributes.PAIR_RULE, rule.label());
        if (seconds.isPresent()) {
            draft = draft.withAttribute(SampleAttributes.PAIR_SECONDS, String.valueOf(seconds.getAsDouble()));
        }
        if (!depthSize.equals(size)) {
            draft = draft.withAttribute(SampleAttributes.sizeKey(truth), depthSize.toString());
        }
        SampleDraft complete = draft;
        return intrinsics.map(complete::withIntrinsics).orElse(complete);
    }
}
