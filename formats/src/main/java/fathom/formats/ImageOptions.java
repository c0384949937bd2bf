package fathom.formats;

import java.nio.ByteOrder;

/**
 * What a picture may be and how its undeclared parts are read.
 *
 * @param maxPixels pictures with more pixels than this are refused from their header, before anything is decoded
 * @param pnmOrder byte order of 16-bit PGM and PPM; the format says big-endian, NYU Depth v2's raw dumps are little-endian
 */
public record ImageOptions(long maxPixels, ByteOrder pnmOrder) {
    /** The most pixels that any option can allow: three bytes of each must fit one Java array. */
    public static final long PIXEL_CEILING = (Integer.MAX_VALUE - 8) / 3;

    /** Pillow's limit, 178 956 970 pixels, and PNM as its rule says. */
    public static final ImageOptions DEFAULT = new ImageOptions(178_956_970L, ByteOrder.BIG_ENDIAN);

    public ImageOptions {
        if (maxPixels < 1 || maxPixels > PIXEL_CEILING) {
            throw new IllegalArgumentException(
                    "maxPixels: expected 1 to " + PIXEL_CEILING + ", found " + maxPixels);
        }
    }

    /** These options with another limit. */
    public ImageOptions withMaxPixels(long maxPixels) {
        return new ImageOptions(maxPixels, pnmOrder);
    }

    /** These options with another byte order for 16-bit PGM and PPM. */
    public ImageOptions withPnmOrder(ByteOrder pnmOrder) {
        return new ImageOptions(maxPixels, pnmOrder);
    }
}
