package fathom.formats.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import fathom.formats.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** JPEG files without an end marker: complete ones are read, cut ones are refused. */
class UnfinishedJpegTest {
    private static byte[] jpeg(boolean progressive) throws IOException {
        BufferedImage image = new BufferedImage(61, 45, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(5);
        for (int y = 0; y < 45; y++) {
            for (int x = 0; x < 61; x++) {
                image.setRGB(x, y, 0xFFFFFF & (x * 0x040201 + y * 0x010305 + random.nextInt(0x303030)));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (progressive) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCompletePictureNeedsNoEndMarker(boolean progressive) throws IOException {
        byte[] whole = jpeg(progressive);
        byte[] expected = Images.readRgb(whole, "whole").toArray();
        byte[] open = Arrays.copyOf(whole, whole.length - 2);
        assertThat(Images.readRgb(open, "open").toArray()).isEqualTo(expected);
        byte[] zeros = Arrays.copyOf(open, open.length + 5000);
        assertThat(Images.readRgb(zeros, "zeros").toArray()).isEqualTo(expected);
        byte[] text = Arrays.copyOf(open, open.length + 4);
        System.arraycopy("tail".getBytes(StandardCharsets.US_ASCII), 0, text, open.length, 4);
        assertThat(Images.readRgb(text, "text").toArray()).isEqualTo(expected);
        assertThat(Images.readRgb(Arrays.copyOf(whole, whole.length - 1), "half a marker").toArray())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutPictureIsRefused(boolean progressive) throws IOException {
        byte[] whole = jpeg(progressive);
        for (int length = 200; length < whole.length - 3; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Images.readRgb(cut, "cut")).as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(FormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutPictureThatWasFilledWithZerosIsRefused(boolean progressive) throws IOException {
        byte[] whole = jpeg(progressive);
        for (int length = 700; length < whole.length - 20; length += 7) {
            byte[] filled = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length + 20_000);
            assertThatThrownBy(() -> Images.readRgb(filled, "filled")).as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void theNumberOfScansIsLimited() throws IOException {
        byte[] whole = jpeg(true);
        int scan = whole.length - 2;
        while (!(whole[scan] == (byte) 0xFF && whole[scan + 1] == (byte) 0xDA)) {
            scan--;
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(whole, 0, scan);
        for (int i = 0; i < 70; i++) {
            many.write(whole, scan, whole.length - 2 - scan);
        }
        many.write(whole, whole.length - 2, 2);
        assertThatThrownBy(() -> Images.readRgb(many.toByteArray(), "many")).isInstanceOf(FormatException.class)
                .hasMessageContaining("expected at most 64 scans");
    }
}
