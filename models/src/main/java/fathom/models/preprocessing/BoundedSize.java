package fathom.models.preprocessing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.raster.resampling.RgbResampling;

/**
 * The preprocessing of Depth Anything 3 ({@code InputProcessor} of ByteDance-Seed/Depth-Anything-3): one side is
 * resized to a number of pixels, then both are adjusted to multiples of {@value #MULTIPLE}, by a second resize or by a
 * centre crop. Each resize rounds to bytes, with OpenCV's cubic kernel if a side grows and its area kernel otherwise.
 * Normalisation with ImageNet's mean and deviation.
 *
 * @param side size of the side that {@code method} selects, pixels
 * @param method the side, and how multiples are reached
 */
public record BoundedSize(int side, Method method) implements Preparation {
    /** Sides of the input are multiples of this. */
    public static final int MULTIPLE = 14;
    private static final int LONGEST = 4096;
    private static final Normalisation IMAGE_NET = new Normalisation(1 / 255.0, List.of(0.485f, 0.456f, 0.406f),
            List.of(0.229f, 0.224f, 0.225f));

    /** Validates the components. */
    public BoundedSize {
        if (side < MULTIPLE || side > LONGEST) {
            throw new IllegalArgumentException(
                    "process_res: expected at least " + MULTIPLE + " and at most " + LONGEST + ", found " + side);
        }
    }

    /** The side that is resized to the requested number of pixels, and how multiples are reached. */
    public enum Method {
        /** The longest side; then a resize to the nearest multiples. */
        UPPER_BOUND_RESIZE(true, false),
        /** The shortest side; then a resize to the nearest multiples. */
        LOWER_BOUND_RESIZE(false, false),
        /** The longest side; then a crop to the multiples below. */
        UPPER_BOUND_CROP(true, true),
        /** The shortest side; then a crop to the multiples below. */
        LOWER_BOUND_CROP(false, true);

        private final boolean longest;
        private final boolean cut;

        Method(boolean longest, boolean cut) {
            this.longest = longest;
            this.cut = cut;
        }

        /** {@return the name that the user types} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the method with a label.
         *
         * @param label its label
         * @return the method
         * @throws IllegalArgumentException if there is none
         */
        public static Method ofLabel(String label) {
            return Arrays.stream(values()).filter(method -> method.label().equals(label)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("process_res_method: expected one of "
                            + Arrays.stream(values()).map(Method::label).toList() + ", found " + label));
        }
    }

    /**
     * A size in pixels.
     *
     * @param height rows
     * @param width columns
     */
    public record Size(int height, int width) {}

    /**
     * Returns the size after the resize, before a crop.
     *
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return the size
     */
    public Size resized(int imageHeight, int imageWidth) {
        Size bounded = bounded(imageHeight, imageWidth);
        return method.cut ? bounded : new Size(nearest(bounded.height), nearest(bounded.width));
    }

    private Size bounded(int height, int width) {
        double scale = scale(height, width);
        InputBound.require(height * scale, width * scale, "choose a smaller process_res, or a process_res_method that "
                + "bounds the longest side (upper_bound_resize)");
        return new Size(Math.max(1, (int) Math.rint(height * scale)), Math.max(1, (int) Math.rint(width * scale)));
    }

    private double scale(int height, int width) {
        return (double) side / (method.longest ? Math.max(height, width) : Math.min(height, width));
    }

    /** Returns the nearest multiple, at least one; the larger of two that are equally near. */
    private static int nearest(int extent) {
        int below = extent / MULTIPLE * MULTIPLE;
        return Math.max(MULTIPLE, extent - below < below + MULTIPLE - extent ? below : below + MULTIPLE);
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        Size bounded = bounded(image.height(), image.width());
        RgbImage first = resize(image, bounded, scale(image.height(), image.width()) > 1);
        if (method.cut) {
            return IMAGE_NET.apply(cut(first));
        }
        Size size = new Size(nearest(first.height()), nearest(first.width()));
        return IMAGE_NET.apply(resize(first, size, size.height > first.height() || size.width > first.width()));
    }

    private static RgbImage resize(RgbImage image, Size size, boolean grows) {
        if (size.height == image.height() && size.width == image.width()) {
            return image;
        }
        return (grows ? RgbResampling.OPENCV_CUBIC : RgbResampling.OPENCV_AREA).resized(image, size.height, size.width);
    }

    private static RgbImage cut(RgbImage image) {
        int height = image.height() / MULTIPLE * MULTIPLE;
        int width = image.width() / MULTIPLE * MULTIPLE;
        if (height == 0 || width == 0) {
            throw new UnfitPictureException(
                    "process_res_method: a cut to multiples of " + MULTIPLE + " leaves nothing of " + image.height()
                            + "×" + image.width() + " pixels; choose a larger process_res or a method that resizes");
        }
        return image.crop((image.height() - height) / 2, (image.width() - width) / 2, height, width);
    }

    @Override
    public String policy() {
        return method.label() + " " + side + " (OpenCV cubic or area), multiples of " + MULTIPLE;
    }

    @Override
    public Members definition() {
        return Members.NONE.with("method", method.label()).with("side", side).with("multiple", MULTIPLE)
                .with("kernels",
                        JsonValue.ofTexts(
                                List.of(RgbResampling.OPENCV_CUBIC.label(), RgbResampling.OPENCV_AREA.label())))
                .with("normalisation", IMAGE_NET.definition());
    }
}
