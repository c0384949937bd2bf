package fathom.formats.jpeg;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStreamImpl;

import fathom.formats.FormatException;
import fathom.formats.HeapSpace;
import fathom.formats.ImageOptions;
import fathom.formats.Input;
import fathom.formats.IntegerImage;
import fathom.formats.UnsupportedFormatException;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * Decodes JPEG components with the reader of the JDK (libjpeg) and converts them to RGB with the formulas of libjpeg,
 * so that colour guesses and colour profiles of the JDK have no influence. Thread-safe: every call has a separate
 * reader.
 */
public final class JpegDecoder {
    private static final int SCALE_BITS = 16;
    private static final int HALF = 1 << (SCALE_BITS - 1);
    private static final int[] CR_TO_RED = new int[256];
    private static final int[] CB_TO_BLUE = new int[256];
    private static final int[] CR_TO_GREEN = new int[256];
    private static final int[] CB_TO_GREEN = new int[256];

    static {
        ImageIO.setUseCache(false);
        // jdcolor.c: R = Y + 1.40200 Cr, G = Y - 0.34414 Cb - 0.71414 Cr, B = Y + 1.77200 Cb, in 16-bit fixed point
        for (int i = 0; i < 256; i++) {
            int x = i - 128;
            CR_TO_RED[i] = (fixed(1.40200) * x + HALF) >> SCALE_BITS;
            CB_TO_BLUE[i] = (fixed(1.77200) * x + HALF) >> SCALE_BITS;
            CR_TO_GREEN[i] = -fixed(0.71414) * x;
            CB_TO_GREEN[i] = -fixed(0.34414) * x + HALF;
        }
    }

    private static int fixed(double x) {
        return (int) (x * (1 << SCALE_BITS) + 0.5);
    }

    private JpegDecoder() {}

    /**
     * Reads a one-channel image.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the image
     * @throws UnsupportedFormatException if the image has colour
     */
    public static IntegerImage readGray(Input in, ImageOptions options) throws IOException {
        JpegHeader header = JpegHeader.parse(in, options);
        if (header.colour() != JpegHeader.Colour.GRAY) {
            throw new UnsupportedFormatException(in.name(),
                    "expected a one-channel picture, found a colour JPEG; read it as RGB or convert it to gray");
        }
        byte[] samples = samples(in, header);
        HeapSpace.require(in.name(), header.height(), header.width(), Float.BYTES);
        Plane values = Plane.allocate(header.height(), header.width());
        float[] to = values.array();
        for (int i = 0; i < to.length; i++) {
            to[i] = samples[i] & 0xFF;
        }
        return new IntegerImage(header.orientation().applied(values), 8);
    }

    /**
     * Reads a colour image, upright.
     *
     * @param in the content of the file
     * @param options the limits
     * @return the image
     * @throws IOException if the data is damaged or not supported
     */
    public static RgbImage readRgb(Input in, ImageOptions options) throws IOException {
        JpegHeader header = JpegHeader.parse(in, options);
        byte[] samples = samples(in, header);
        RgbImage stored = switch (header.colour()) {
            case RGB -> RgbImage.wrap(samples, header.height(), header.width());
            case YCC -> {
                yccToRgb(samples, samples, 3);
                yield RgbImage.wrap(samples, header.height(), header.width());
            }
            case GRAY -> {
                RgbImage image = RgbImage.allocate(header.height(), header.width());
                byte[] to = image.array();
                for (int i = 0, at = 0; i < samples.length; i++, at += 3) {
                    to[at] = samples[i];
                    to[at + 1] = samples[i];
                    to[at + 2] = samples[i];
                }
                yield image;
            }
            case CMYK, YCCK -> {
                RgbImage image = RgbImage.allocate(header.height(), header.width());
                inkToRgb(samples, header.colour() == JpegHeader.Colour.YCCK, image.array());
                yield image;
            }
        };
        return header.orientation().applied(stored);
    }

    /** Returns the interleaved components without gaps. */
    private static byte[] samples(Input in, JpegHeader header) throws IOException {
        JpegHeader.Scans scans = header.scans(in);
        header.requirePlausible(in);
        HeapSpace.require(in.name(), header.height(), header.width(), header.colour().channels());
        byte[] data = header.withoutMetadata(in);
        if (scans.ended()) {
            return samples(in, header, data);
        }
        if (!scans.complete()) {
            throw in.error(in.length(), "the file is truncated: expected more scans and the end marker FF D9, found the"
                    + " end of the file; copy or download the file again");
        }
        return samples(in, header, withEnd(data));
    }

    /**
     * Returns the data with an end marker, which some cameras and programs do not write. Nearly all of the equal bytes at
     * the end are omitted: a file that was allocated before it was completely written ends in zeros, which would decode to
     * gray blocks.
     */
    private static byte[] withEnd(byte[] data) {
        int end = data.length;
        while (end > 2 && data[end - 1] == data[end - 2]) {
            end--;
        }
        byte[] ended = Arrays.copyOf(data, end + 2);
        ended[end] = (byte) 0xFF;
        ended[end + 1] = (byte) 0xD9;
        return ended;
    }

    private static byte[] samples(Input in, JpegHeader header, byte[] data) throws IOException {
        ImageReader reader = reader();
        String[] damage = {""};
        try {
            reader.setInput(new ByteArrayStream(data), true, true);
            reader.addIIOReadWarningListener((source, warning) -> {
                if (warning.toLowerCase(Locale.ROOT).contains("premature end")) {
                    damage[0] = warning;
                }
            });
            Raster raster = reader.readRaster(0, null);
            if (!damage[0].isEmpty()) {
                throw in.error(FormatException.NO_OFFSET,
                        "the picture is incomplete (" + damage[0] + "); copy or download the file again");
            }
            byte[] samples = raster.getDataBuffer() instanceof DataBufferByte buffer ? buffer.getData() : new byte[0];
            long expected = (long) header.height() * header.width() * header.colour().channels();
            if (samples.length != expected) {
                throw in.error(FormatException.NO_OFFSET, "expected " + expected + " samples, the decoder returned "
                        + samples.length + "; save the picture again");
            }
            return samples;
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new FormatException(in.name(), FormatException.NO_OFFSET,
                    "the JPEG data is damaged (" + e.getMessage() + "); copy or download the file again", e);
        } finally {
            reader.dispose();
        }
    }

    /** Returns the reader of the JDK, even if others are installed. */
    private static ImageReader reader() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getModule().equals(ImageIO.class.getModule())) {
                return reader;
            }
        }
        throw new IllegalStateException(
                "this Java runtime has no JPEG reader; use a runtime with the java.desktop module");
    }

    /**
     * Converts luma and chroma of pixels {@code step} bytes apart to red, green and blue; {@code to} may be
     * {@code from}.
     */
    private static void yccToRgb(byte[] from, byte[] to, int step) {
        for (int at = 0; at < from.length; at += step) {
            int y = from[at] & 0xFF;
            int cb = from[at + 1] & 0xFF;
            int cr = from[at + 2] & 0xFF;
            to[at] = clamp(y + CR_TO_RED[cr]);
            to[at + 1] = clamp(y + ((CB_TO_GREEN[cb] + CR_TO_GREEN[cr]) >> SCALE_BITS));
            to[at + 2] = clamp(y + CB_TO_BLUE[cb]);
        }
    }

    private static byte clamp(int value) {
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }

    /**
     * Converts ink to RGB as Pillow does: samples are interpreted as inverted, as Adobe writes them, so 255 is no ink,
     * and R = (1 − C)(1 − K) in 8-bit arithmetic.
     */
    private static void inkToRgb(byte[] samples, boolean ycck, byte[] to) {
        if (ycck) {
            yccToRgb(samples, samples, 4);
        }
        for (int from = 0, at = 0; from < samples.length; from += 4, at += 3) {
            int white = samples[from + 3] & 0xFF;
            for (int channel = 0; channel < 3; channel++) {
                int sample = samples[from + channel] & 0xFF;
                int ink = ycck ? sample : 255 - sample;
                int product = ink * white + 128;
                to[at + channel] = clamp(white - (((product >> 8) + product) >> 8));
            }
        }
    }

    /** A stream over bytes in memory. */
    private static final class ByteArrayStream extends ImageInputStreamImpl {
        private final byte[] bytes;

        ByteArrayStream(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            bitOffset = 0;
            return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            bitOffset = 0;
            int count = (int) Math.min(length, bytes.length - streamPos);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            System.arraycopy(bytes, (int) streamPos, to, offset, count);
            streamPos += count;
            return count;
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }
}
