package fathom.formats.png;

import java.io.IOException;

import fathom.formats.Formats;
import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.Input;
import fathom.formats.Orientation;
import fathom.formats.UnsupportedFormatException;

/**
 * The IHDR chunk of a PNG: size, colour type and storage of rows.
 *
 * @param width columns
 * @param height rows
 * @param bitDepth bits per sample: 1, 2, 4, 8 or 16
 * @param colourType 0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha
 * @param interlaced whether rows are in Adam7 order
 */
public record PngHeader(int width, int height, int bitDepth, int colourType, boolean interlaced) {
    static final int GRAY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GRAY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** Number of bytes up to the end of the header chunk. */
    static final int LENGTH = 8 + 12 + 13;

    int channels() {
        return switch (colourType) {
            case RGB -> 3;
            case GRAY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    int bitsPerPixel() {
        return channels() * bitDepth;
    }

    /** Returns the number of bytes of {@code pixels} neighbouring pixels, without the filter byte. */
    int rowBytes(int pixels) {
        return (int) (((long) pixels * bitsPerPixel() + 7) / 8);
    }

    /**
     * {@return the size of the upright image}
     *
     * @param orientation the orientation that the file states
     */
    ImageSize size(Orientation orientation) {
        boolean swapped = orientation.swapsAxes();
        return new ImageSize(swapped ? width : height, swapped ? height : width, Formats.PNG, channels(), bitDepth,
                orientation);
    }

    /**
     * Reads the signature and the header chunk from the start of {@code in}.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the header
     * @throws IOException if the data is damaged or not supported
     */
    public static PngHeader parse(Input in, ImageOptions options) throws IOException {
        in.seek(0);
        in.require(SIGNATURE.length, "the PNG signature");
        if (!Formats.identify(in.bytes()).filter(Formats.PNG::equals).isPresent()) {
            throw in.error(0, "expected PNG data, found " + Formats.describe(in.bytes()));
        }
        in.seek(SIGNATURE.length);
        int length = in.s32("the header chunk");
        int type = in.s32("the header chunk");
        if (type != PngChunks.IHDR || length != 13) {
            throw in.error(SIGNATURE.length, "expected the header chunk IHDR of 13 bytes, found " + PngChunks.name(type)
                    + " of " + Integer.toUnsignedLong(length) + "; copy or download the file again");
        }
        in.require(13 + 4, "the header chunk");
        PngChunks.requireChecksum(in, in.position() - 4, 13 + 4);
        int width = in.s32("the width");
        int height = in.s32("the height");
        int bitDepth = in.u8("the bit depth");
        int colourType = in.u8("the colour type");
        int compression = in.u8("the compression method");
        int filter = in.u8("the filter method");
        int interlace = in.u8("the interlace method");
        if (!isAllowed(colourType, bitDepth) || compression != 0 || filter != 0 || interlace > 1) {
            throw in.error(SIGNATURE.length + 16L,
                    "expected a bit depth, colour type and methods of the PNG standard, found " + bitDepth + ", "
                            + colourType + ", " + compression + ", " + filter + ", " + interlace
                            + "; save the picture again");
        }
        in.requireSize(width, height, options);
        PngHeader header = new PngHeader(width, height, bitDepth, colourType, interlace == 1);
        if ((long) width * header.bitsPerPixel() / 8 > Integer.MAX_VALUE - 16) {
            throw new UnsupportedFormatException(in.name(), "rows of " + width + " pixels are too long to be read");
        }
        in.skip(4, "the header chunk");
        return header;
    }

    private static boolean isAllowed(int colourType, int bitDepth) {
        return switch (colourType) {
            case GRAY -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case RGB, GRAY_ALPHA, RGB_ALPHA -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
    }
}
