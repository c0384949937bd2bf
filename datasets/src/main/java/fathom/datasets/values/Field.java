package fathom.datasets.values;

import java.time.Instant;

import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.raster.DepthKind;

/**
 * The description of one array of a sample: the picture, measured depth or a prediction. {@link Sample} reads the
 * values.
 */
public sealed interface Field {
    /** {@return the name of the field, unique within a dataset} */
    String name();

    /**
     * The picture.
     *
     * @param path the path of the file, relative to the media root, with forward slashes
     */
    record RgbField(String path) implements Field {
        @Override
        public String name() {
            return "rgb";
        }
    }

    /**
     * Measured depth, in a file outside the dataset's folder.
     *
     * @param name the name, such as {@code gt}
     * @param path the path of the file, relative to the media root, with forward slashes
     * @param encoding the encoding of the numbers
     * @param limits the range of valid depths
     */
    record MeasuredDepthField(String name, String path, DepthEncoding encoding, DepthLimits limits) implements Field {}

    /**
     * A predicted depth map, in a file that the dataset owns: NPY, float32, little-endian, [height, width], at the
     * resolution of the model.
     *
     * @param name the name, such as {@code dpt}
     * @param path the path of the file, relative to the dataset's folder, with forward slashes
     * @param height the number of rows of the map
     * @param width the number of columns of the map
     * @param kind the meaning of the numbers
     * @param resampling the label of the kernel that resizes the map to the picture
     * @param provenance the model, settings and program that made it
     * @param created the time at which it was stored
     */
    record PredictionField(String name, String path, int height, int width, DepthKind kind, String resampling,
            Provenance provenance, Instant created) implements Field {}
}
