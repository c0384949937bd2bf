package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.NdArray;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.models.marigold.Unet;
import fathom.raster.FloatTensor;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * U-Nets with settings that Stable Diffusion's do not have, against diffusers 0.30.3 in float32. Tolerance 2e-5 on outputs
 * of about 3; any of the settings overlooked changes them by more than 0.01.
 */
class UnetVariantsTest {
    private static final Path FOLDER = Goldens.path("unet_variants");
    private static final double TOLERANCE = 2e-5;

    private static Unet unet(String member) throws IOException {
        Path file = FOLDER.resolve("config.json");
        String text = Files.readString(file);
        String config = member.isEmpty() ? text : text.replaceFirst("\\{", "{" + member + ",");
        return Unet.of(Settings.parse(file, config), Checkpoint.open(FOLDER));
    }

    private static FloatTensor tensor(String name) {
        NdArray array = Goldens.array("unet_variants/" + name + ".npy");
        return FloatTensor.wrap(array.toFloats(), array.shape());
    }

    private static float[] predicted(Unet unet) throws IOException {
        FloatTensor sample = tensor("sample");
        float[] features = unet.timeFeatures(321);
        FloatTensor time = FloatTensor.wrap(features, 1, features.length);
        FloatTensor text = FloatTensor.wrap(tensor("text").values(), 2, 6);
        GraphBuilder g = new GraphBuilder("test");
        g.output("output",
                unet.predict(g, g.input("sample", DataType.FLOAT32, Shape.of(sample.shape())),
                        g.input("time", DataType.FLOAT32, Shape.of(time.shape())),
                        g.input("text", DataType.FLOAT32, Shape.of(text.shape()))));
        try (Session session = OnnxRuntimeEngine.instance().open(g.build(),
                new SessionSettings(1, Optional.of(Checkpoint.open(FOLDER).externalRoot())))) {
            return session.run(Map.of("sample", sample, "time", time, "text", text)).get("output").values();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"plain|''", "downsample_padding|'\"downsample_padding\": 0'",
            "mid_block_scale_factor|'\"mid_block_scale_factor\": 1.5'",
            "mid_block_residual|'\"mid_block_type\": \"UNetMidBlock2D\"'", "mid_block_none|'\"mid_block_type\": null'",
            "sine_first|'\"flip_sin_to_cos\": false'", "freq_shift|'\"freq_shift\": 1'",
            "plain|'\"only_cross_attention\": [false, false]'"})
    void predictionsMatch(String golden, String member) throws IOException {
        float[] found = predicted(unet(member));
        assertThat(Goldens.largestDifference(found, tensor(golden).values())).isLessThan(TOLERANCE);
        if (!golden.equals("plain")) {
            assertThat(Goldens.largestDifference(found, tensor("plain").values())).isGreaterThan(0.01);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"mid_block_scale_factor\": 0|mid_block_scale_factor: expected a number above 0",
            "\"mid_block_type\": \"UNetMidBlock2DSimpleCrossAttn\"|mid_block_type: expected UNetMidBlock2DCrossAttn",
            "\"downsample_padding\": 2|downsample_padding: expected 0 or 1, found 2",
            "\"only_cross_attention\": true|only_cross_attention: expected false, found true",
            "\"only_cross_attention\": [false, true]|only_cross_attention: expected false, found true",
            "\"timestep_post_act\": \"silu\"|timestep_post_act: expected null",
            "\"time_embedding_act_fn\": \"silu\"|time_embedding_act_fn: expected null",
            "\"num_class_embeds\": 3|num_class_embeds: expected null",
            "\"encoder_hid_dim\": 6|encoder_hid_dim: expected",
            "\"freq_shift\": 2|freq_shift: expected less than half of the first size",
            "\"norm_eps\": 0|norm_eps: expected a number above 0"})
    void inconsistentSettingsAreRejected(String member, String message) {
        assertThatThrownBy(() -> unet(member)).isInstanceOf(CheckpointException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\"norm_num_groups\": 2|\"norm_num_groups\": 3|norm_num_groups: expected a divisor of all block_out_channels",
            "\"conv_in_kernel\": 1|\"conv_in_kernel\": 2|conv_in_kernel: expected an odd number",
            "\"time_embedding_dim\": 10|\"time_embedding_dim\": \"x\"|time_embedding_dim: expected an integer",
            "\"act_fn\": \"swish\"|\"act_fn\": \"gelu\"|act_fn: expected silu, found gelu"})
    void settingsThatContradictEachOtherAreRefused(String from, String to, String message) throws IOException {
        Path file = FOLDER.resolve("config.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Checkpoint weights = Checkpoint.open(FOLDER);
        assertThatThrownBy(() -> Unet.of(Settings.parse(file, text.replace(from, to)), weights))
                .isInstanceOf(CheckpointException.class).hasMessageContaining(message);
    }
}
