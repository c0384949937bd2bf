package fathom.raster.resampling;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares 8-bit images with Pillow, bit for bit, and with OpenCV, within 1 of 255 (its vector code rounds differently
 * in some cases).
 */
class RgbResamplingGoldenTest {
    static Stream<String> pillowCases() {
        return Goldens.lines("pillow.txt").stream();
    }

    static Stream<String> openCvCases() {
        return Goldens.names().stream().filter(name -> name.startsWith("cv_") && name.contains("_u8_"));
    }

    static List<String> digests() {
        return Goldens.lines("digests.txt");
    }

    @Test
    void everyGoldenIsUsed() {
        assertThat(pillowCases()).hasSize(39);
        assertThat(openCvCases()).hasSize(25);
        assertThat(digests()).hasSize(7 * (6 + 3));
    }

    @ParameterizedTest
    @MethodSource("pillowCases")
    void equalsPillowToTheBit(String line) throws Exception {
        String[] words = line.split("[_ ]");
        String[] size = words[3].split("x");
        RgbImage source = words[2].equals("a")
                ? Goldens.picture("a_131x97")
                : Goldens.array("pil_in_crop_31x37").picture();
        RgbImage resized = RgbResampling.ofLabel("pillow-" + words[1]).resized(source, Integer.parseInt(size[0]),
                Integer.parseInt(size[1]));
        assertThat(sha256(resized)).isEqualTo(words[4]);
    }

    @ParameterizedTest
    @MethodSource("openCvCases")
    void equalsOpenCvWithinOneLevel(String name) {
        RgbImage expected = Goldens.array(name).picture();
        RgbImage resized = RgbResampling.ofLabel("opencv-" + name.split("_")[1])
                .resized(Goldens.array("pil_in_crop_31x37").picture(), expected.height(), expected.width());
        int largest = 0;
        for (int i = 0; i < expected.array().length; i++) {
            largest = Math.max(largest, Math.abs((expected.array()[i] & 0xFF) - (resized.array()[i] & 0xFF)));
        }
        assertThat(largest).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("digests")
    void equalsItsLibraryToTheBitAtLargeSizes(String line) throws Exception {
        String[] words = line.split(" ");
        RgbImage resized = RgbResampling.ofLabel(words[0]).resized(Goldens.picture("b_640x480"),
                Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        assertThat(sha256(resized)).isEqualTo(words[3]);
    }

    private static String sha256(RgbImage picture) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture.toArray()));
    }
}
