package fathom.formats;

import fathom.raster.Plane;

/**
 * A one-channel image as its file stores it.
 *
 * @param values [H, W], the integers of the file, exact and never scaled: 0 to 2^bitDepth − 1
 * @param bitDepth bits per value: 1, 2, 4, 8 or 16
 */
public record IntegerImage(Plane values, int bitDepth) {}
