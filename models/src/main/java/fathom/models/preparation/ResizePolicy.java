package fathom.models.preparation;

/**
 * The size that a picture is brought to.
 *
 * @param height aimed at, pixels
 * @param width aimed at, pixels
 * @param keepAspect whether both sides are scaled alike, by the factor that changes the picture less
 * @param multiple both sides become multiples of this
 */
public record ResizePolicy(int height, int width, boolean keepAspect, int multiple) {
    public ResizePolicy {
        if (height < 1 || width < 1 || multiple < 1) {
            throw new IllegalArgumentException("size and multiple: expected at least 1 each, found " + height + "×"
                    + width + " and " + multiple);
        }
    }

    /** Rows and columns. */
    public record Size(int height, int width) {}

    /**
     * The size for a picture of [imageHeight, imageWidth], as {@code get_resize_output_image_size} of transformers' DPT
     * image processor: halves round to the even multiple. A side that would vanish becomes one multiple.
     */
    public Size of(int imageHeight, int imageWidth) {
        double rows = (double) height / imageHeight;
        double columns = (double) width / imageWidth;
        if (keepAspect) {
            if (Math.abs(1 - columns) < Math.abs(1 - rows)) {
                rows = columns;
            } else {
                columns = rows;
            }
        }
        return new Size(toMultiple(rows * imageHeight), toMultiple(columns * imageWidth));
    }

    private int toMultiple(double extent) {
        return Math.max(multiple, (int) Math.rint(extent / multiple) * multiple);
    }
}
