package fathom.formats;

/**
 * The content of an image header.
 *
 * @param height rows, after the EXIF orientation has been applied
 * @param width columns, after the EXIF orientation has been applied
 * @param format the format, identified by content
 * @param channels samples per pixel as stored: 1 gray or palette, 2 gray with alpha, 3 colour, 4 colour with alpha or
 *            CMYK
 * @param bitDepth bits per sample as stored
 * @param orientation how the stored picture is turned when it is read
 */
public record ImageSize(int height, int width, Format format, int channels, int bitDepth, Orientation orientation) {}
