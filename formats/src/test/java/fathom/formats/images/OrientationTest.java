package fathom.formats.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import fathom.formats.ImageSize;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Images are turned as Pillow 12 (ImageOps.exif_transpose) or OpenCV 4.6 (imread) turn them: checked with these files. */
class OrientationTest {
    private static final String XMP = "<x:xmpmeta><rdf:Description tiff:Orientation=\"6\"/></x:xmpmeta>";

    @TempDir
    Path folder;

    /** Returns a TIFF structure whose only tag is the orientation, with one number in four bytes. */
    private static byte[] exif(boolean little, int type, int bits) {
        return ByteBuffer.allocate(26).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .put((little ? "II" : "MM").getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8)
                .putShort((short) 1).putShort((short) 274).putShort((short) type).putInt(1).putInt(bits).putInt(0)
                .array();
    }

    private static byte[] shortExif(boolean little, int orientation) {
        return exif(little, 3, little ? orientation : orientation << 16);
    }

    private static byte[] jpeg(byte[]... segments) throws IOException {
        byte[] plain = Jpeg.encode(RgbImage.allocate(16, 40), 90);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        for (byte[] segment : segments) {
            out.write(ByteBuffer.allocate(4).putShort((short) 0xFFE1).putShort((short) (segment.length + 2)).array());
            out.write(segment);
        }
        out.write(plain, 2, plain.length - 2);
        return out.toByteArray();
    }

    private static byte[] joined(String start, byte[] end) {
        byte[] first = start.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(first.length + end.length).put(first).put(end).array();
    }

    private static boolean isTurned(byte[] bytes) throws IOException {
        ImageSize size = Images.probe(bytes, "x");
        RgbImage image = Images.readRgb(bytes, "x");
        assertThat(image.height()).isEqualTo(size.height());
        assertThat(image.width()).isEqualTo(size.width());
        return size.height() == 40 && size.width() == 16;
    }

    @ParameterizedTest
    @CsvSource({"true, 3, 6, true", "true, 4, 6, true", "true, 9, 6, true", "true, 8, 6, true", "true, 1, 6, true",
            "true, 13, 6, true", "true, 11, 0x40C00000, true", "false, 3, 0x60000, true", "false, 4, 6, true",
            "false, 9, 6, true", "false, 6, 0x06000000, true", "false, 11, 0x40C00000, true",
            "false, 1, 0x06000000, false", "false, 7, 0x06000000, false", "true, 4, 9, false", "true, 3, 0, false"})
    void numbersOfEveryTypeTurn(boolean little, int type, String bits, boolean turned) throws IOException {
        byte[] record = joined("Exif\0\0", exif(little, type, Integer.decode(bits)));
        assertThat(isTurned(jpeg(record))).isEqualTo(turned);
    }

    @Test
    void theFirstExifRecordWins() throws IOException {
        byte[] upright = joined("Exif\0\0", shortExif(true, 1));
        byte[] turned = joined("Exif\0\0", shortExif(false, 8));
        assertThat(isTurned(jpeg(turned, upright))).isTrue();
        assertThat(isTurned(jpeg(upright, turned))).isFalse();
    }

    @Test
    void xmpCountsWithoutAnExifOrientation() throws IOException {
        byte[] xmp = joined("http://ns.adobe.com/xap/1.0/\0", XMP.getBytes(StandardCharsets.UTF_8));
        assertThat(isTurned(jpeg(xmp))).isTrue();
        assertThat(isTurned(jpeg(xmp, joined("Exif\0\0", shortExif(true, 1))))).isFalse();
        byte[] element = joined("http://ns.adobe.com/xap/1.0/\0",
                "<tiff:Orientation>8</tiff:Orientation>".getBytes(StandardCharsets.UTF_8));
        assertThat(isTurned(jpeg(element))).isTrue();
    }

    private byte[] png(boolean gray, boolean afterRows, String type, byte[] data) throws IOException {
        Path file = folder.resolve("plain.png");
        if (gray) {
            Png.writeGray16(file, Plane.allocate(16, 40));
        } else {
            Png.writeRgb(file, RgbImage.allocate(16, 40));
        }
        byte[] plain = Files.readAllBytes(file);
        int at = afterRows ? plain.length - 12 : 33;
        byte[] named = joined(type, data);
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(plain.length + 8 + named.length).put(plain, 0, at).putInt(data.length).put(named)
                .putInt((int) crc.getValue()).put(plain, at, plain.length - at).array();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pngIsTurnedByItsExifChunk(boolean afterRows) throws IOException {
        byte[] bytes = png(false, afterRows, "eXIf", shortExif(false, 6));
        assertThat(isTurned(bytes)).isTrue();
        Path file = Files.write(folder.resolve("turned.png"), bytes);
        assertThat(Images.probe(file).height()).as("without the rows").isEqualTo(40);
        assertThat(isTurned(png(false, afterRows, "eXIf", joined("Exif\0\0", shortExif(true, 8))))).isTrue();
    }

    @Test
    void depthIsTurnedLikeThePicture() throws IOException {
        byte[] bytes = png(true, false, "eXIf", shortExif(true, 6));
        assertThat(Images.readGray(bytes, "depth").values().height()).isEqualTo(40);
        assertThat(Images.probe(bytes, "depth").height()).isEqualTo(40);
    }

    private static byte[] deflated(byte[] data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(data);
        }
        return out.toByteArray();
    }

    @Test
    void rawProfilesAndXmpTextsOfPngTurn() throws IOException {
        byte[] record = joined("Exif\0\0", shortExif(true, 6));
        byte[] profile = ("\nexif\n      " + record.length + "\n" + HexFormat.of().formatHex(record, 0, 20) + "\n"
                + HexFormat.of().formatHex(record, 20, record.length) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] xmp = XMP.getBytes(StandardCharsets.UTF_8);
        String xmpKey = "XML:com.adobe.xmp\0";
        assertThat(isTurned(png(false, false, "tEXt", joined("Raw profile type exif\0", profile)))).isTrue();
        assertThat(isTurned(png(false, true, "zTXt", joined("Raw profile type exif\0\0", deflated(profile))))).isTrue();
        assertThat(isTurned(png(false, false, "iTXt", joined(xmpKey + "\0\0\0\0", xmp)))).isTrue();
        assertThat(isTurned(png(false, false, "iTXt", joined(xmpKey + "\1\0en\0\0", deflated(xmp))))).isTrue();
        assertThat(isTurned(png(false, false, "zTXt", joined(xmpKey + "\0", deflated(xmp))))).isTrue();
    }

    @Test
    void damagedRecordsAreIgnored() throws IOException {
        assertThat(isTurned(png(false, false, "eXIf", new byte[]{'I', 'I', 42}))).isFalse();
        assertThat(isTurned(png(false, false, "tEXt", joined("Raw profile type exif\0", new byte[]{'x'})))).isFalse();
        assertThat(isTurned(png(false, false, "zTXt", joined("Raw profile type exif\0\0", new byte[]{1, 2}))))
                .isFalse();
        assertThat(isTurned(png(false, false, "iTXt", joined("XML:com.adobe.xmp\0", new byte[0])))).isFalse();
    }
}
