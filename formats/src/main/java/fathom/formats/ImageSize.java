package fathom.formats;

/**
 * What a picture's header says.
 *
 * @param height rows, after the orientation of its EXIF record is applied
 * @param width columns, after the orientation of its EXIF record is applied
 * @param format its format by content
 * @param channels samples per pixel as stored: 1 grey or palette, 2 grey with alpha, 3 colour, 4 colour with alpha or CMYK
 * @param bitDepth bits per sample as stored
 */
public record ImageSize(int height, int width, Format format, int channels, int bitDepth) {}
