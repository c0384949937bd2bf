package fathom.models.preprocessing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import fathom.formats.images.Images;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.weights.Settings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares preprocessed pictures with the image processors of transformers: bit-exact, and 1e-5 if floats are resized.
 */
class PreparationGoldensTest {
    @TempDir
    Path folder;

    private static Path golden(String name) {
        return Path.of(System.getProperty("fathom.goldens"), name);
    }

    private static JsonNode resource(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(golden("preprocess/" + name)));
    }

    static Stream<JsonNode> pictures() throws IOException {
        return StreamSupport.stream(resource("preprocess.json").get("rows").spliterator(), false);
    }

    static Stream<JsonNode> sizes() throws IOException {
        return StreamSupport.stream(resource("sizes.json").spliterator(), false);
    }

    private static RgbImage image(String name) throws IOException {
        return Images.readRgb(golden("images/" + name + ".png"));
    }

    private Preparation preparation(JsonNode config) throws IOException {
        Settings settings = Settings
                .read(Files.writeString(folder.resolve("preprocessor_config.json"), config.toString()));
        return switch (settings.text("image_processor_type")) {
            case "DPTImageProcessor" -> ResizeAndNormalise.of(settings);
            case "GLPNImageProcessor" -> ResizeAndNormalise.ofGlpn(settings);
            case "ZoeDepthImageProcessor" -> ZoePreparation.of(settings);
            default -> throw new IllegalArgumentException(settings.text("image_processor_type"));
        };
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void pictureIsPreparedAsTheReferenceDoes(JsonNode row) throws Exception {
        Preparation preparation = preparation(row.get("config"));
        FloatTensor pixels = preparation.prepare(image(row.get("image").stringValue()));
        assertThat(pixels.height()).isEqualTo(row.get("out_hw").get(0).intValue());
        assertThat(pixels.width()).isEqualTo(row.get("out_hw").get(1).intValue());
        for (int i = 0; i < row.get("sample_flat_index").size(); i++) {
            double expected = row.get("sample_value").get(i).doubleValue();
            assertThat((double) pixels.values()[row.get("sample_flat_index").get(i).intValue()])
                    .isBetween(expected - 1e-5, expected + 1e-5);
        }
        double sum = 0;
        for (float value : pixels.values()) {
            sum += value;
        }
        assertThat(sum).isBetween(row.get("sum").doubleValue() - 1e-6 * pixels.values().length,
                row.get("sum").doubleValue() + 1e-6 * pixels.values().length);
        if (!(preparation instanceof ZoePreparation)) {
            assertThat(sha256(pixels.values())).isEqualTo(row.get("sha256_float32_chw").stringValue());
        }
    }

    private static String sha256(float[] values) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void sizeEqualsTheReferenceAndIsNeverZero(JsonNode row) {
        int height = row.get("h").intValue();
        int width = row.get("w").intValue();
        assertSize(row, "dpt_384_m1_force", new ResizePolicy.Towards(384, 384, false, 1), height, width);
        assertSize(row, "dpt_384_m32_keep", new ResizePolicy.Towards(384, 384, true, 32), height, width);
        assertSize(row, "dpt_518_m14_keep", new ResizePolicy.Towards(518, 518, true, 14), height, width);
        assertSize(row, "dpt_384_m1_keep", new ResizePolicy.Towards(384, 384, true, 1), height, width);
        assertSize(row, "dpt_392_m14_keep", new ResizePolicy.Towards(392, 392, true, 14), height, width);
        assertSize(row, "dpt_98_m14_keep", new ResizePolicy.Towards(98, 98, true, 14), height, width);
        assertSize(row, "zoe_384x512_m32_keep", new ResizePolicy.Towards(384, 512, true, 32), height, width);
    }

    private static void assertSize(JsonNode row, String name, ResizePolicy.Towards policy, int height, int width) {
        ResizePolicy.Size size = policy.of(height, width);
        int expectedHeight = row.get(name).get(0).intValue();
        int expectedWidth = row.get(name).get(1).intValue();
        assertThat(size.height()).as(name).isEqualTo(expectedHeight == 0 ? policy.multiple() : expectedHeight);
        assertThat(size.width()).as(name).isEqualTo(expectedWidth == 0 ? policy.multiple() : expectedWidth);
    }
}
