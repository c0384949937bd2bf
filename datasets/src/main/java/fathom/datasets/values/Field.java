package fathom.datasets.values;

import java.time.Instant;

import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.raster.DepthKind;

/** One named array of a sample, described; {@link Sample} reads its values. */
public sealed interface Field {
    /** The field's name, unique within a dataset. */
    String name();

    /**
     * The picture.
     *
     * @param path where it lies, relative to the dataset's media root, with forward slashes
     */
    record RgbField(String path) implements Field {
        @Override
        public String name() {
            return "rgb";
        }
    }

    /**
     * Measured depth, in a file that the dataset refers to.
     *
     * @param name such as {@code gt}
     * @param path where it lies, relative to the dataset's media root, with forward slashes
     * @param encoding how its numbers become metres
     * @param limits which depths are trusted
     */
    record MeasuredDepthField(String name, String path, DepthEncoding encoding, DepthLimits limits)
            implements
                Field {}

    /**
     * A model's depth map, in a file that the dataset owns: NPY, float32, little-endian, [height, width], at the model's own
     * resolution.
     *
     * @param name such as {@code dpt}
     * @param path where it lies, relative to the dataset's folder, with forward slashes
     * @param height rows of the map
     * @param width columns of the map
     * @param kind what its numbers mean
     * @param resampling how it is resized to the picture, by the kernel's name
     * @param provenance what made it
     * @param created when it was stored
     */
    record PredictionField(String name, String path, int height, int width, DepthKind kind, String resampling,
            Provenance provenance, Instant created) implements Field {}
}
