package fathom.inference.diffusion;

import fathom.formats.json.JsonValue.Members;
import fathom.models.preprocessing.Preparation;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;

/**
 * The preprocessing of Marigold, as in diffusers' {@code MarigoldImageProcessor}: resizes the longer edge to the
 * processing resolution, repeats the last row and column until both sides are multiples of the autoencoder's factor, and
 * maps 0 to 255 to −1 to 1.
 *
 * @param resolution the longer edge; 0 keeps the size of the picture
 * @param resampling the kernel
 * @param factor the sides become multiples of it
 */
record LatentPreparation(int resolution, Resampling resampling, int factor) implements Preparation {
    private static final float MAX_VALUE = 255;
    /** The largest longer edge in pixels. */
    private static final int MAX_EDGE = 8192;

    LatentPreparation {
        if (resolution < 0 || resolution > MAX_EDGE) {
            throw new IllegalArgumentException("resolution: expected from 1 to " + MAX_EDGE
                    + " pixels, or 0 for the picture's own size, found " + resolution);
        }
    }

    /** Returns the height of the picture before padding. */
    int height(int imageHeight, int imageWidth) {
        return scaled(imageHeight, imageHeight, imageWidth);
    }

    /** Returns the width of the picture before padding. */
    int width(int imageHeight, int imageWidth) {
        return scaled(imageWidth, imageHeight, imageWidth);
    }

    private int scaled(int side, int imageHeight, int imageWidth) {
        if (resolution == 0) {
            return side;
        }
        int scaled = (int) ((long) side * resolution / Math.max(imageHeight, imageWidth));
        if (scaled == 0) {
            throw new UnfitPictureException("picture of " + imageWidth + "x" + imageHeight
                    + ": expected both sides to keep at least one pixel at a longer edge of " + resolution
                    + ", found one that does not; raise the resolution");
        }
        return scaled;
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        int height = height(image.height(), image.width());
        int width = width(image.height(), image.width());
        int paddedHeight = Math.ceilDiv(height, factor) * factor;
        int paddedWidth = Math.ceilDiv(width, factor) * factor;
        FloatTensor prepared = FloatTensor.allocate(RgbImage.CHANNELS, paddedHeight, paddedWidth);
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
            Plane plane = channel(image, channel);
            Plane sized = resolution == 0 ? plane : resampling.resized(plane, height, width);
            extend(sized, prepared.plane(channel));
        }
        return prepared;
    }

    /** Returns one channel, 0 to 1. */
    private static Plane channel(RgbImage image, int channel) {
        Plane plane = Plane.allocate(image.height(), image.width());
        byte[] rgb = image.array();
        for (int row = 0; row < image.height(); row++) {
            int from = image.rowStart(row) + channel;
            int to = plane.rowStart(row);
            for (int column = 0; column < image.width(); column++) {
                plane.array()[to + column] = (rgb[from + column * RgbImage.CHANNELS] & 0xFF) / MAX_VALUE;
            }
        }
        return plane;
    }

    private static void extend(Plane plane, Plane extended) {
        for (int row = 0; row < extended.height(); row++) {
            int from = plane.rowStart(Math.min(row, plane.height() - 1));
            int to = extended.rowStart(row);
            for (int column = 0; column < extended.width(); column++) {
                extended.array()[to + column] = plane.array()[from + Math.min(column, plane.width() - 1)] * 2 - 1;
            }
        }
    }

    @Override
    public String policy() {
        return (resolution == 0 ? "own size" : "longer edge " + resolution + " by " + resampling.label())
                + ", sides replicated to multiples of " + factor;
    }

    @Override
    public Members definition() {
        return Members.NONE.with("method", "longer-edge").with("resolution", resolution)
                .with("kernel", resampling.label()).with("multiple", factor);
    }
}
