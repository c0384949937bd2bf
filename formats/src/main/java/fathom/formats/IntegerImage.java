package fathom.formats;

import fathom.raster.Plane;

/**
 * A one-channel picture as its file stores it.
 *
 * @param values [H, W], the file's own integers, exact, never scaled: 0 to 2^bitDepth − 1
 * @param bitDepth bits per value: 1, 2, 4, 8 or 16
 */
public record IntegerImage(Plane values, int bitDepth) {}
