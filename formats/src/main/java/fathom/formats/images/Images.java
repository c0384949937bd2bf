package fathom.formats.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

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
import fathom.formats.png.PngHeader;
import fathom.formats.pnm.Pnm;
import fathom.raster.RgbImage;

/**
 * Reading pictures of any supported format, told apart by content whatever the file is called: JPEG, PNG and PNM.
 *
 * <p>Colour is 8-bit RGB, upright, without its alpha channel and without its colour profile applied. Grey is the file's own
 * integers. Empty, truncated and damaged files are a {@link FormatException}, other kinds of file and pictures beyond
 * {@link ImageOptions#maxPixels} an {@link UnsupportedFormatException}. See {@link Png} and {@link Jpeg} for what becomes
 * of unusual pictures.
 */
public final class Images {
    /** Enough for the header of nearly every picture. */
    private static final int HEAD_LENGTH = 1 << 16;

    private Images() {}

    /** Reads a colour picture; grey ones come with equal channels. */
    public static RgbImage readRgb(Path path) throws IOException {
        return readRgb(path, ImageOptions.DEFAULT);
    }

    /** Reads a colour picture within {@code options}. */
    public static RgbImage readRgb(Path path, ImageOptions options) throws IOException {
        return readRgb(Input.of(path), options);
    }

    /** Reads a colour picture from {@code bytes}; {@code name} stands in messages. */
    public static RgbImage readRgb(byte[] bytes, String name) throws IOException {
        return readRgb(bytes, name, ImageOptions.DEFAULT);
    }

    /** Reads a colour picture from {@code bytes} within {@code options}. */
    public static RgbImage readRgb(byte[] bytes, String name, ImageOptions options) throws IOException {
        return readRgb(new Input(bytes, name).requireNotEmpty(), options);
    }

    /** Reads a one-channel picture: the file's own integers, never through 8 bits. */
    public static IntegerImage readGray(Path path) throws IOException {
        return readGray(path, ImageOptions.DEFAULT);
    }

    /** Reads a one-channel picture within {@code options}. */
    public static IntegerImage readGray(Path path, ImageOptions options) throws IOException {
        return readGray(Input.of(path), options);
    }

    /** Reads a one-channel picture from {@code bytes}; {@code name} stands in messages. */
    public static IntegerImage readGray(byte[] bytes, String name) throws IOException {
        return readGray(bytes, name, ImageOptions.DEFAULT);
    }

    /** Reads a one-channel picture from {@code bytes} within {@code options}. */
    public static IntegerImage readGray(byte[] bytes, String name, ImageOptions options) throws IOException {
        return readGray(new Input(bytes, name).requireNotEmpty(), options);
    }

    /** Reads only the header: what the picture is and how large once upright. The limit on pixels is not applied. */
    public static ImageSize probe(Path path) throws IOException {
        Input.requireAddressable(path);
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD_LENGTH);
        }
        try {
            return probe(head, path.toString());
        } catch (FormatException e) {
            if (head.length < HEAD_LENGTH) {
                throw e;
            }
            return probe(Files.readAllBytes(path), path.toString()); // a header longer than its usual length
        }
    }

    /** As {@link #probe(Path)}, of the first bytes of a picture or all of it. */
    public static ImageSize probe(byte[] bytes, String name) throws IOException {
        Input in = new Input(bytes, name).requireNotEmpty();
        ImageOptions options = ImageOptions.DEFAULT.withMaxPixels(ImageOptions.PIXEL_CEILING);
        return switch (kind(in)) {
            case JPEG -> JpegHeader.parse(in, options).size();
            case PNG -> PngHeader.parse(in, options).size();
            case PNM -> Pnm.probe(in, options);
        };
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
        throw new UnsupportedFormatException(in.name(), "expected a JPEG, PNG, PGM or PPM picture, found "
                + Formats.describe(in.bytes()) + "; convert it to one of these");
    }
}
