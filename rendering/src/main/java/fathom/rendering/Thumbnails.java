package fathom.rendering;

import fathom.raster.RgbImage;
import fathom.raster.resampling.AreaReduction;

/** Creates small versions of images by exact area averaging. */
public final class Thumbnails {
    private Thumbnails() {}

    /**
     * {@return {@code image} reduced to fit into [maxHeight, maxWidth] with its aspect ratio; the image itself if it
     * already fits}
     *
     * @param image the image to reduce
     * @param maxHeight largest height, pixels
     * @param maxWidth largest width, pixels
     * @throws IllegalArgumentException if a limit is below 1
     */
    public static RgbImage fit(RgbImage image, int maxHeight, int maxWidth) {
        if (maxHeight < 1 || maxWidth < 1) {
            throw new IllegalArgumentException(
                    "thumbnail: expected at least 1×1 pixels, found " + maxWidth + "×" + maxHeight);
        }
        if (image.height() <= maxHeight && image.width() <= maxWidth) {
            return image;
        }
        double scale = Math.min((double) maxHeight / image.height(), (double) maxWidth / image.width());
        int height = Math.clamp(Math.round(image.height() * scale), 1, maxHeight);
        int width = Math.clamp(Math.round(image.width() * scale), 1, maxWidth);
        return AreaReduction.of(image, height, width);
    }
}
