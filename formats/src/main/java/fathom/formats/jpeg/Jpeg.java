package fathom.formats.jpeg;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import fathom.formats.AtomicFile;
import fathom.raster.RgbImage;

/**
 * Writes JPEG files with the encoder of the JDK (libjpeg, chroma at half resolution).
 *
 * <p>{@code Images} reads JPEG files: upright according to their EXIF orientation, CMYK and YCCK as inverted ink like
 * Pillow, colour profiles not applied.
 */
public final class Jpeg {
    private Jpeg() {}

    /**
     * Writes a colour image.
     *
     * @param path the file
     * @param image the image
     * @param quality 1 (smallest) to 100 (best), the scale of libjpeg
     * @throws IllegalArgumentException if the quality is outside these limits
     * @throws IOException if writing fails
     */
    public static void write(Path path, RgbImage image, int quality) throws IOException {
        byte[] bytes = encode(image, quality);
        AtomicFile.write(path, out -> out.write(bytes));
    }

    /**
     * {@return the bytes of an encoded colour image, for sending}
     *
     * @param image the image
     * @param quality 1 (smallest) to 100 (best), the scale of libjpeg
     * @throws IOException if encoding fails
     */
    public static byte[] encode(RgbImage image, int quality) throws IOException {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality: expected 1 to 100, found " + quality);
        }
        ImageIO.setUseCache(false);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered(image), null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Returns a copy in the byte order that the encoder accepts without conversion: blue, green, red. */
    private static BufferedImage buffered(RgbImage image) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) buffered.getRaster().getDataBuffer()).getData();
        byte[] from = image.array();
        for (int row = 0, at = 0; row < image.height(); row++) {
            int source = image.rowStart(row);
            for (int column = 0; column < image.width(); column++, source += 3, at += 3) {
                to[at] = from[source + 2];
                to[at + 1] = from[source + 1];
                to[at + 2] = from[source];
            }
        }
        return buffered;
    }
}
