package fathom.raster.resampling;

import fathom.raster.Plane;
import fathom.raster.resampling.AxisWeights.Axis;

/**
 * Methods to resize float32 planes, each named after the library function that it reproduces.
 *
 * <dl>
 * <dt>Which to use</dt><dd>Postprocessing uses the method of the reference implementation of the model, because another method
 * changes the result. To reduce a map for display, use {@link AreaReduction}.</dd>
 * <dt>Pixel centres</dt><dd>Output pixel i is at position (i + 0.5)·scale − 0.5 of the input, where scale is input size / output
 * size. Methods with aligned corners use i·(input size − 1)/(output size − 1), so the centres of the corner pixels
 * coincide.</dd>
 * <dt>Edges</dt><dd>PyTorch and OpenCV repeat the edge; Pillow and antialiased PyTorch cut the filter at the edge and normalise
 * it.</dd>
 * <dt>Antialiasing</dt><dd>When they reduce, Pillow's filters and the {@code ANTIALIAS} methods stretch the filter, and the
 * {@code AREA} methods average. The other methods are not antialiased: reducing by more than 2 skips pixels.</dd>
 * <dt>Missing values</dt><dd>NaN and infinity spread to every output that uses them with a weight other than 0.</dd>
 * <dt>Exactness</dt><dd>Nearest methods copy values. The others agree with their library to float32 rounding: within 1e-5 for
 * values of about 1.</dd>
 * </dl>
 *
 * <p>All methods are separable. The tests compare them with PyTorch 1.13, OpenCV 4.6 and Pillow 9.4.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="resampling"}
 *
 * @see RgbResampling
 */
public enum Resampling {
    /** {@code interpolate(mode="nearest")}. */
    TORCH_NEAREST("torch-nearest"),
    /** {@code interpolate(mode="nearest-exact")}. */
    TORCH_NEAREST_EXACT("torch-nearest-exact"),
    /** {@code interpolate(mode="bilinear", align_corners=False)}. */
    TORCH_BILINEAR("torch-bilinear"),
    /** {@code interpolate(mode="bilinear", align_corners=True)}. */
    TORCH_BILINEAR_ALIGN_CORNERS("torch-bilinear-align-corners"),
    /** {@code interpolate(mode="bilinear", align_corners=False, antialias=True)}. */
    TORCH_BILINEAR_ANTIALIAS("torch-bilinear-antialias"),
    /** {@code interpolate(mode="bicubic", align_corners=False)}, a = −0.75. */
    TORCH_BICUBIC("torch-bicubic"),
    /** {@code interpolate(mode="bicubic", align_corners=True)}, a = −0.75. */
    TORCH_BICUBIC_ALIGN_CORNERS("torch-bicubic-align-corners"),
    /** {@code interpolate(mode="bicubic", align_corners=False, antialias=True)}, a = −0.5. */
    TORCH_BICUBIC_ANTIALIAS("torch-bicubic-antialias"),
    /** {@code interpolate(mode="area")}, which is adaptive average pooling. */
    TORCH_AREA("torch-area"),
    /** {@code cv2.resize(interpolation=INTER_NEAREST)}. */
    OPENCV_NEAREST("opencv-nearest"),
    /** {@code cv2.resize(interpolation=INTER_LINEAR)}, not antialiased. */
    OPENCV_LINEAR("opencv-linear"),
    /** {@code cv2.resize(interpolation=INTER_CUBIC)}, a = −0.75, not antialiased. */
    OPENCV_CUBIC("opencv-cubic"),
    /** {@code cv2.resize(interpolation=INTER_AREA)}. */
    OPENCV_AREA("opencv-area"),
    /** {@code cv2.resize(interpolation=INTER_LANCZOS4)}, not antialiased. */
    OPENCV_LANCZOS4("opencv-lanczos4"),
    /** {@code Image.resize} of an "F" image with {@code NEAREST}. */
    PILLOW_NEAREST("pillow-nearest"),
    /** {@code Image.resize} of an "F" image with {@code BOX}. */
    PILLOW_BOX("pillow-box"),
    /** {@code Image.resize} of an "F" image with {@code BILINEAR}, antialiased. */
    PILLOW_BILINEAR("pillow-bilinear"),
    /** {@code Image.resize} of an "F" image with {@code HAMMING}, antialiased. */
    PILLOW_HAMMING("pillow-hamming"),
    /** {@code Image.resize} of an "F" image with {@code BICUBIC}, a = −0.5, antialiased. */
    PILLOW_BICUBIC("pillow-bicubic"),
    /** {@code Image.resize} of an "F" image with {@code LANCZOS}, antialiased. */
    PILLOW_LANCZOS("pillow-lanczos");

    private final String label;

    Resampling(String label) {
        this.label = label;
    }

    /** {@return the name for configurations and messages} */
    public String label() {
        return label;
    }

    /**
     * {@return the method whose {@link #label()} is {@code label}}
     *
     * @param label the label
     * @throws IllegalArgumentException if there is none
     */
    public static Resampling ofLabel(String label) {
        StringBuilder labels = new StringBuilder();
        for (Resampling resampling : values()) {
            if (resampling.label.equals(label)) {
                return resampling;
            }
            labels.append(labels.isEmpty() ? "" : ", ").append(resampling.label);
        }
        throw new IllegalArgumentException("resampling: expected one of " + labels + ", found \"" + label + "\"");
    }

    /**
     * {@return a new plane, [height, width]}
     *
     * @param source the plane to resize
     * @param height new number of rows
     * @param width new number of columns
     */
    public Plane resized(Plane source, int height, int width) {
        Plane resized = Plane.allocate(height, width);
        resizeInto(source, resized);
        return resized;
    }

    /**
     * Fills {@code target}.
     *
     * @param source the plane to resize
     * @param target the result, whose size is the new size; must not share values with {@code source}
     */
    public void resizeInto(Plane source, Plane target) {
        resize(source, target, (double) source.height() / target.height(), (double) source.width() / target.width());
    }

    /**
     * {@return a new plane, [floor(H · rowFactor), floor(W · columnFactor)], like
     * {@code interpolate(scale_factor=...)}: unless corners are aligned, the factors themselves place the pixels, not the
     * ratio of the sizes}
     *
     * @param source the plane to resize
     * @param rowFactor output rows per input row
     * @param columnFactor output columns per input column
     * @throws IllegalArgumentException if this is not a PyTorch method, or a factor leaves no pixel
     */
    public Plane scaled(Plane source, double rowFactor, double columnFactor) {
        if (!name().startsWith("TORCH")) {
            throw new IllegalArgumentException(
                    "resampling: expected a PyTorch method, found " + label + ", which takes a size; call resized");
        }
        int height = (int) Math.floor(source.height() * rowFactor);
        int width = (int) Math.floor(source.width() * columnFactor);
        Plane scaled = Plane.allocate(height, width);
        resize(source, scaled, 1 / rowFactor, 1 / columnFactor);
        return scaled;
    }

    private void resize(Plane source, Plane target, double rowScale, double columnScale) {
        boolean shrinks = source.height() >= target.height() && source.width() >= target.width();
        AxisWeights rows = weights(new Axis(source.height(), target.height(), rowScale, shrinks, 0));
        AxisWeights columns = weights(new Axis(source.width(), target.width(), columnScale, shrinks, 0));
        SeparableResize.run(source, target, rows, columns);
    }

    private AxisWeights weights(Axis axis) {
        return switch (this) {
            case TORCH_NEAREST -> TorchAxis.nearest(axis);
            case TORCH_NEAREST_EXACT -> TorchAxis.nearestExact(axis);
            case TORCH_BILINEAR -> TorchAxis.linear(axis, false);
            case TORCH_BILINEAR_ALIGN_CORNERS -> TorchAxis.linear(axis, true);
            case TORCH_BILINEAR_ANTIALIAS -> TorchAxis.antialiased(axis, ResamplingKernel.TRIANGLE);
            case TORCH_BICUBIC_ANTIALIAS -> TorchAxis.antialiased(axis, ResamplingKernel.CUBIC);
            case PILLOW_BILINEAR -> ResamplingKernel.TRIANGLE.weights(axis);
            case TORCH_BICUBIC -> TorchAxis.cubic(axis, false);
            case TORCH_BICUBIC_ALIGN_CORNERS -> TorchAxis.cubic(axis, true);
            case PILLOW_BICUBIC -> ResamplingKernel.CUBIC.weights(axis);
            case TORCH_AREA -> TorchAxis.area(axis);
            case OPENCV_NEAREST -> OpenCvAxis.nearest(axis);
            case OPENCV_LINEAR -> OpenCvAxis.linear(axis);
            case OPENCV_CUBIC -> OpenCvAxis.cubic(axis);
            case OPENCV_AREA -> OpenCvAxis.area(axis);
            case OPENCV_LANCZOS4 -> OpenCvAxis.lanczos4(axis);
            case PILLOW_NEAREST -> PillowAxis.nearest(axis);
            case PILLOW_BOX -> ResamplingKernel.BOX.weights(axis);
            case PILLOW_HAMMING -> ResamplingKernel.HAMMING.weights(axis);
            case PILLOW_LANCZOS -> ResamplingKernel.LANCZOS.weights(axis);
        };
    }
}
