package fathom.raster.resampling;

import fathom.raster.RgbImage;

/**
 * Methods to resize 8-bit RGB images, each named after the library function that it reproduces.
 *
 * <p>Pillow's methods agree bit for bit. OpenCV's agree within 1 of 255, because OpenCV chooses between code paths with
 * different rounding according to the processor. The libraries round differently at 8 bits, so the methods of {@link
 * Resampling}, which are for float32 planes, cannot replace these. The preprocessing of a model must use the method of
 * its reference implementation.
 *
 * <p>Pixel centres are at +0.5. Pillow's filters are antialiased when they reduce; OpenCV's are not, except
 * {@link #OPENCV_AREA}. Each channel is resized separately, on gamma-encoded values.
 *
 * {@snippet file="snippets/RasterSnippets.java" region="rgbResampling"}
 *
 * @see Resampling
 */
public enum RgbResampling {
    /** {@code Image.resize} with {@code NEAREST}. */
    PILLOW_NEAREST("pillow-nearest"),
    /** {@code Image.resize} with {@code BOX}. */
    PILLOW_BOX("pillow-box"),
    /** {@code Image.resize} with {@code BILINEAR}, antialiased. */
    PILLOW_BILINEAR("pillow-bilinear"),
    /** {@code Image.resize} with {@code HAMMING}, antialiased. */
    PILLOW_HAMMING("pillow-hamming"),
    /** {@code Image.resize} with {@code BICUBIC}, a = −0.5, antialiased. */
    PILLOW_BICUBIC("pillow-bicubic"),
    /** {@code Image.resize} with {@code LANCZOS}, antialiased. */
    PILLOW_LANCZOS("pillow-lanczos"),
    /** {@code cv2.resize(interpolation=INTER_NEAREST)}. */
    OPENCV_NEAREST("opencv-nearest"),
    /** {@code cv2.resize(interpolation=INTER_LINEAR)}, not antialiased. */
    OPENCV_LINEAR("opencv-linear"),
    /** {@code cv2.resize(interpolation=INTER_CUBIC)}, a = −0.75, not antialiased. */
    OPENCV_CUBIC("opencv-cubic"),
    /** {@code cv2.resize(interpolation=INTER_AREA)}. */
    OPENCV_AREA("opencv-area"),
    /** {@code cv2.resize(interpolation=INTER_LANCZOS4)}, not antialiased. */
    OPENCV_LANCZOS4("opencv-lanczos4");

    private final String label;

    RgbResampling(String label) {
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
    public static RgbResampling ofLabel(String label) {
        StringBuilder labels = new StringBuilder();
        for (RgbResampling resampling : values()) {
            if (resampling.label.equals(label)) {
                return resampling;
            }
            labels.append(labels.isEmpty() ? "" : ", ").append(resampling.label);
        }
        throw new IllegalArgumentException("resampling: expected one of " + labels + ", found \"" + label + "\"");
    }

    /**
     * {@return a new image, [height, width, 3]}
     *
     * @param source the image to resize
     * @param height new number of rows
     * @param width new number of columns
     */
    public RgbImage resized(RgbImage source, int height, int width) {
        RgbImage resized = RgbImage.allocate(height, width);
        resizeInto(source, resized);
        return resized;
    }

    /**
     * Fills {@code target}.
     *
     * @param source the image to resize
     * @param target the result, whose size is the new size; must not share bytes with {@code source}
     */
    public void resizeInto(RgbImage source, RgbImage target) {
        switch (this) {
            case PILLOW_NEAREST -> pick(source, target, PillowAxis.nearestSources(source.height(), target.height()),
                    PillowAxis.nearestSources(source.width(), target.width()));
            case PILLOW_BOX -> PillowBytes.resize(source, target, ResamplingKernel.BOX);
            case PILLOW_BILINEAR -> PillowBytes.resize(source, target, ResamplingKernel.TRIANGLE);
            case PILLOW_HAMMING -> PillowBytes.resize(source, target, ResamplingKernel.HAMMING);
            case PILLOW_BICUBIC -> PillowBytes.resize(source, target, ResamplingKernel.CUBIC);
            case PILLOW_LANCZOS -> PillowBytes.resize(source, target, ResamplingKernel.LANCZOS);
            case OPENCV_NEAREST -> pick(source, target, OpenCvAxis.nearestSources(source.height(), target.height()),
                    OpenCvAxis.nearestSources(source.width(), target.width()));
            case OPENCV_LINEAR -> OpenCvBytes.linear(source, target);
            case OPENCV_CUBIC -> OpenCvBytes.cubic(source, target);
            case OPENCV_AREA -> OpenCvBytes.area(source, target);
            case OPENCV_LANCZOS4 -> OpenCvBytes.lanczos4(source, target);
        }
    }

    /** Copies to each output pixel the input pixel at the given row and column. */
    private static void pick(RgbImage source, RgbImage target, int[] rows, int[] columns) {
        byte[] from = source.array();
        byte[] to = target.array();
        for (int row = 0; row < target.height(); row++) {
            int start = source.rowStart(rows[row]);
            int at = target.rowStart(row);
            for (int column : columns) {
                int in = start + column * RgbImage.CHANNELS;
                to[at] = from[in];
                to[at + 1] = from[in + 1];
                to[at + 2] = from[in + 2];
                at += RgbImage.CHANNELS;
            }
        }
    }
}
