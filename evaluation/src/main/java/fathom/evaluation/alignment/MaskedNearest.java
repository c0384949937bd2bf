package fathom.evaluation.alignment;

import fathom.raster.Mask;

/**
 * Resizing to the nearest counted pixel, as {@code masked_nearest_resize} of EasternJournalist/utils3d (commit 3fab839)
 * does it: sparse depth does not lose its few measurements.
 */
public final class MaskedNearest {
    private MaskedNearest() {}

    /**
     * {@return for each pixel of the resized map, in row-major order, the pixel that it is taken from: row · W + column, or −1 if
     * there is none} A pixel takes the counted pixel nearest to its centre inside a window of the size of the pixel, rounded
     * up to whole pixels; of equally near pixels the first in row-major order.
     *
     * @param counted true for pixels that may be taken, [H, W]
     * @param newHeight rows of the resized map
     * @param newWidth columns of the resized map
     */
    public static int[] sources(Mask counted, int newHeight, int newWidth) {
        int height = counted.height();
        int width = counted.width();
        double cellHeight = Math.max(1, height / (double) newHeight);
        double cellWidth = Math.max(1, width / (double) newWidth);
        int[] sources = new int[newHeight * newWidth];
        for (int row = 0, at = 0; row < newHeight; row++) {
            double centreY = (row + 0.5) / newHeight * height;
            int top = (int) Math.rint(centreY - cellHeight / 2);
            for (int column = 0; column < newWidth; column++) {
                double centreX = (column + 0.5) / newWidth * width;
                int left = (int) Math.rint(centreX - cellWidth / 2);
                sources[at++] = nearest(counted, centreY, centreX, top, top + (int) Math.ceil(cellHeight), left,
                        left + (int) Math.ceil(cellWidth));
            }
        }
        return sources;
    }

    private static int nearest(Mask counted, double centreY, double centreX, int top, int bottom, int left, int right) {
        int nearest = -1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int row = Math.max(top, 0); row < Math.min(bottom, counted.height()); row++) {
            double dy = row + 0.5 - centreY;
            for (int column = Math.max(left, 0); column < Math.min(right, counted.width()); column++) {
                double dx = column + 0.5 - centreX;
                int pixel = row * counted.width() + column;
                if (counted.array()[pixel] && dx * dx + dy * dy < smallest) {
                    smallest = dx * dx + dy * dy;
                    nearest = pixel;
                }
            }
        }
        return nearest;
    }
}
