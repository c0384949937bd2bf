package fathom.formats.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import fathom.formats.Format;
import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.Input;
import fathom.formats.IntegerImage;
import fathom.formats.UnreadableFileException;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.jpeg.JpegDecoder;
import fathom.formats.jpeg.JpegHeader;
import fathom.formats.png.Png;
import fathom.formats.pnm.ByteOrderCheck;
import fathom.formats.pnm.Pnm;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * Reads images of any supported format: JPEG, PNG and PNM. The format is identified by content; the file name is
 * ignored.
 *
 * <p>Colour images are read as 8-bit RGB, upright, without alpha channel; colour profiles are not applied. Gray images are
 * the integers of the file. Empty, truncated and damaged files cause a {@link FormatException}; other formats and
 * images beyond {@link ImageOptions#maxPixels} cause an {@link UnsupportedFormatException}. {@link Png} and
 * {@link Jpeg} describe how unusual images are read.
 */
public final class Images {
    /** Long enough for the header of nearly every image. */
    private static final int HEAD_LENGTH = 1 << 16;

    private Images() {}

    /**
     * Reads a colour image. Gray images get three equal channels.
     *
     * @param path the file
     * @return the image
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static RgbImage readRgb(Path path) throws IOException {
        return readRgb(path, ImageOptions.DEFAULT);
    }

    /**
     * Reads a colour image within the limits of {@code options}.
     *
     * @param path the file
     * @param options the limits
     * @return the image
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static RgbImage readRgb(Path path, ImageOptions options) throws IOException {
        return readRgb(Input.of(path), options);
    }

    /**
     * Reads a colour image from {@code bytes}.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static RgbImage readRgb(byte[] bytes, String name) throws IOException {
        return readRgb(bytes, name, ImageOptions.DEFAULT);
    }

    /**
     * Reads a colour image from {@code bytes} within the limits of {@code options}.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static RgbImage readRgb(byte[] bytes, String name, ImageOptions options) throws IOException {
        return readRgb(new Input(bytes, name).requireNotEmpty(), options);
    }

    /**
     * Reads a one-channel image: the exact integers of the file.
     *
     * @param path the file
     * @return the image
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static IntegerImage readGray(Path path) throws IOException {
        return readGray(path, ImageOptions.DEFAULT);
    }

    /**
     * Reads a one-channel image within the limits of {@code options}.
     *
     * @param path the file
     * @param options the limits
     * @return the image
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static IntegerImage readGray(Path path, ImageOptions options) throws IOException {
        return readGray(Input.of(path), options);
    }

    /**
     * Reads a one-channel image from {@code bytes}.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static IntegerImage readGray(byte[] bytes, String name) throws IOException {
        return readGray(bytes, name, ImageOptions.DEFAULT);
    }

    /**
     * Reads a one-channel image from {@code bytes} within the limits of {@code options}.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static IntegerImage readGray(byte[] bytes, String name, ImageOptions options) throws IOException {
        return readGray(new Input(bytes, name).requireNotEmpty(), options);
    }

    /**
     * Reads only the header: the format and the upright size. The limit on pixels is not applied.
     *
     * @param path the file
     * @return the content of the header
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static ImageSize probe(Path path) throws IOException {
        Input.requireAddressable(path);
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD_LENGTH);
        }
        if (Formats.identify(head).equals(Optional.of(Formats.PNG))) {
            return Png.probe(path);
        }
        try {
            return probe(head, path.toString());
        } catch (FormatException e) {
            if (head.length < HEAD_LENGTH) {
                throw e;
            }
            return probe(Files.readAllBytes(path), path.toString()); // the header is longer than usual
        }
    }

    /**
     * Reads only the header, from the first bytes of an image or from all of it.
     *
     * @param bytes the content of a file
     * @param name the name for messages
     * @return the content of the header
     * @throws IOException if the data is damaged or not supported
     */
    public static ImageSize probe(byte[] bytes, String name) throws IOException {
        Input in = new Input(bytes, name).requireNotEmpty();
        ImageOptions options = ImageOptions.DEFAULT.withMaxPixels(ImageOptions.PIXEL_CEILING);
        return switch (kind(in)) {
            case JPEG -> JpegHeader.parse(in, options).size();
            case PNG -> Png.probe(in, options);
            case PNM -> Pnm.probe(in, options);
        };
    }

    /**
     * Checks the byte order of a 16-bit PGM.
     *
     * @param path the file
     * @param samples its samples
     * @return a warning if the samples would be far smoother in the other byte order; empty for other formats
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> byteOrderWarning(Path path, Plane samples) throws IOException {
        ImageSize size = probe(path);
        double ratio = size.format().equals(Formats.PNM) && size.bitDepth() == 16
                ? ByteOrderCheck.swappedSmoothness(samples)
                : 0;
        return ratio == 0
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "%s: neighbouring values differ %.0f times less with swapped bytes; the file probably has the other "
                                + "byte order",
                        path, ratio));
    }

    private static RgbImage readRgb(Input in, ImageOptions options) throws IOException {
        return switch (kind(in)) {
            case JPEG -> JpegDecoder.readRgb(in, options);
            case PNG -> Png.readRgb(in, options);
            case PNM -> Pnm.readRgb(in, options);
        };
    }

    private static IntegerImage readGray(Input in, ImageOptions options) throws IOException {
        return switch (kind(in)) {
            case JPEG -> JpegDecoder.readGray(in, options);
            case PNG -> Png.readGray(in, options);
            case PNM -> Pnm.readGray(in, options);
        };
    }

    private enum Kind {
        JPEG, PNG, PNM
    }

    private static Kind kind(Input in) throws UnreadableFileException {
        Format format = Formats.identify(in.bytes()).orElse(null);
        if (Formats.JPEG.equals(format)) {
            return Kind.JPEG;
        }
        if (Formats.PNG.equals(format)) {
            return Kind.PNG;
        }
        if (Formats.PNM.equals(format)) {
            return Kind.PNM;
        }
        if (in.length() < Formats.HEAD_LENGTH) {
            throw in.error(in.length(), "the file is truncated: expected a picture, found only " + in.length()
                    + " bytes; copy or download it again");
        }
        String found = Formats.describe(in.bytes());
        throw new UnsupportedFormatException(in.name(), "expected a JPEG, PNG, PGM or PPM picture, found " + found
                + (found.contains("; ") ? "" : "; convert it to one of these"));
    }
}
