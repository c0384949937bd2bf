package fathom.formats;

import java.nio.ByteOrder;

/**
 * Limits for reading an image, and how to read properties that a format leaves open.
 *
 * @param maxPixels images with more pixels than this are rejected after the header is read and before anything is
 *            decoded
 * @param pnmOrder byte order of 16-bit PGM and PPM; the format specifies big-endian, the raw files of NYU Depth v2 are
 *            little-endian
 */
public record ImageOptions(long maxPixels, ByteOrder pnmOrder) {
    /** The largest possible limit: the three bytes of each pixel must fit into one Java array. */
    public static final long PIXEL_CEILING = (Integer.MAX_VALUE - 8) / 3;

    /** The limit of Pillow, 178 956 970 pixels, and PNM as specified. */
    public static final ImageOptions DEFAULT = new ImageOptions(178_956_970L, ByteOrder.BIG_ENDIAN);

    /**
     * Validates the limit.
     *
     * @throws IllegalArgumentException if the limit is not from 1 to {@link #PIXEL_CEILING}
     */
    public ImageOptions {
        if (maxPixels < 1 || maxPixels > PIXEL_CEILING) {
            throw new IllegalArgumentException("maxPixels: expected 1 to " + PIXEL_CEILING + ", found " + maxPixels);
        }
    }

    /**
     * {@return a copy with another limit}
     *
     * @param maxPixels largest number of pixels
     */
    public ImageOptions withMaxPixels(long maxPixels) {
        return new ImageOptions(maxPixels, pnmOrder);
    }

    /**
     * {@return a copy with another byte order for 16-bit PGM and PPM}
     *
     * @param pnmOrder byte order
     */
    public ImageOptions withPnmOrder(ByteOrder pnmOrder) {
        return new ImageOptions(maxPixels, pnmOrder);
    }
}
