package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.models.marigold.ClipTextEncoder;
import fathom.models.marigold.LatentDiffusion;
import fathom.raster.FloatTensor;
import fathom.weights.Checkpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The networks' results, outer and inner, against diffusers 0.30.3 in float32, whose own noise is 2e-6. Tolerance 5e-5 on
 * latents, for inner results relative to their largest magnitude.
 */
class NetworkGoldensTest {
    private static final String EXPECTED = "marigold/expected/a_131x97/";
    private static LatentDiffusion model;

    @BeforeAll
    static void open() throws IOException {
        model = LatentDiffusion.open(Goldens.path("marigold"));
    }

    @Test
    void theTextEncodersEmptyPromptMatches() throws IOException {
        Checkpoint weights = model.textEncoderWeights().orElseThrow();
        ClipTextEncoder encoder = model.textEncoder(weights);
        assertThat(model.emptyPrompt(encoder)).containsExactly(98, 99);
        FloatTensor embedded = FloatTensor.wrap(encoder.embed(98, 99), 2, 24);
        FloatTensor output = run(weights, Map.of("embedded", embedded), List.of(),
                in -> g -> encoder.encode(g, in.get("embedded"))).get("output");
        assertThat(Goldens.largestDifference(output.values(), Goldens.floats("marigold/empty_text_embedding.npy")))
                .isLessThan(1e-5);
    }

    @Test
    void theEncodersMomentsAndInnerResultsMatch() {
        List<String> inner = List.of("quant_conv", "encoder.mid_block");
        Map<String, FloatTensor> outputs = run(model.autoencoderWeights(),
                Map.of("pixels", tensor(EXPECTED + "pixel_values.npy")), inner,
                in -> g -> model.autoencoder().encode(g, in.get("pixels")));
        assertClose(outputs.get("quant_conv"), EXPECTED + "vae_moments.npy");
        assertClose(outputs.get("encoder.mid_block"), EXPECTED + "vae_tap.encoder.mid_block.npy");
        float[] latent = outputs.get("output").values();
        for (int i = 0; i < latent.length; i++) {
            latent[i] *= 0.18215f;
        }
        assertThat(Goldens.largestDifference(latent, Goldens.floats(EXPECTED + "image_latent.npy"))).isLessThan(5e-5);
    }

    @Test
    void theDecodedPictureAndInnerResultsMatch() {
        float[] latent = Goldens.floats(EXPECTED + "step3_t249_latent.npy");
        for (int i = 0; i < latent.length; i++) {
            latent[i] /= 0.18215f;
        }
        Map<String, FloatTensor> outputs = run(model.autoencoderWeights(),
                Map.of("latents", FloatTensor.wrap(latent, 1, 4, 9, 12)), List.of("decoder.mid_block"),
                in -> g -> model.autoencoder().decode(g, in.get("latents")));
        assertClose(outputs.get("decoder.mid_block"), EXPECTED + "vae_tap.decoder.mid_block.npy");
        assertThat(Goldens.largestDifference(outputs.get("output").values(),
                Goldens.floats(EXPECTED + "vae_decoded_rgb.npy"))).isLessThan(2e-5);
    }

    @Test
    void theUnetsPredictionAndInnerResultsMatch() {
        List<String> inner = List.of("time_embedding", "down_blocks.0.resnets.0", "down_blocks.0.attentions.0",
                "down_blocks.0", "mid_block", "up_blocks.1");
        Map<String, FloatTensor> outputs = predict(Goldens.part(Goldens.floats(EXPECTED + "init_latents.npy"), 0, 432),
                999, inner);
        assertThat(Goldens.largestDifference(outputs.get("output").values(),
                Goldens.floats(EXPECTED + "step0_t999_unet_out.npy"))).isLessThan(5e-5);
        for (String name : inner) {
            boolean firstOfTwo = name.equals("down_blocks.0") || name.contains("attentions");
            assertClose(outputs.get(name), EXPECTED + "unet_step0_tap." + name + (firstOfTwo ? ".0.npy" : ".npy"));
        }
    }

    /** Each tile is normalised separately, so the result is only close to that of the whole map; unrelated maps would differ by 1.4. */
    @Test
    void autoencoderInTilesIsCloseToTheWhole() throws IOException {
        Tiles tiles = new Tiles(8, 2);
        try (Networks whole = new Networks(model, OnnxRuntimeEngine.instance(), 1, 1 << 20, tiles);
                Networks tiled = new Networks(model, OnnxRuntimeEngine.instance(), 1, 0, tiles)) {
            FloatTensor pixels = tensor(EXPECTED + "pixel_values.npy");
            FloatTensor latent = whole.encode(pixels);
            assertNear(tiled.encode(pixels), latent);
            assertNear(tiled.decode(latent), whole.decode(latent));
        }
    }

    private static void assertNear(FloatTensor found, FloatTensor expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        double error = 0;
        double size = 0;
        for (int i = 0; i < found.values().length; i++) {
            error += Math.pow(found.values()[i] - expected.values()[i], 2);
            size += Math.pow(expected.values()[i], 2);
        }
        assertThat(Math.sqrt(error / size)).isPositive().isLessThan(0.6);
    }

    private static Map<String, FloatTensor> predict(float[] sample, int timestep, List<String> inner) {
        float[] latent = Goldens.floats(EXPECTED + "image_latent.npy");
        float[] both = Arrays.copyOf(latent, latent.length + sample.length);
        System.arraycopy(sample, 0, both, latent.length, sample.length);
        float[] time = model.unet().timeFeatures(timestep);
        return run(model.unetWeights(),
                Map.of("sample", FloatTensor.wrap(both, 1, 8, 9, 12), "time", FloatTensor.wrap(time, 1, time.length),
                        "text", FloatTensor.wrap(Goldens.floats("marigold/empty_text_embedding.npy"), 2, 24)),
                inner, in -> g -> model.unet().predict(g, in.get("sample"), in.get("time"), in.get("text")));
    }

    private static FloatTensor tensor(String name) {
        return FloatTensor.wrap(Goldens.floats(name), Goldens.array(name).shape());
    }

    private static void assertClose(FloatTensor found, String golden) {
        float[] expected = Goldens.floats(golden);
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(Goldens.largestDifference(found.values(), expected)).as(golden).isLessThan(5e-5 * largest);
    }

    private static Map<String, FloatTensor> run(Checkpoint weights, Map<String, FloatTensor> inputs, List<String> inner,
            Function<Map<String, Value>, Function<GraphBuilder, Value>> draw) {
        GraphBuilder g = new GraphBuilder("test");
        Map<String, Value> values = new HashMap<>();
        inputs.forEach((name, tensor) -> values.put(name, g.input(name, DataType.FLOAT32, Shape.of(tensor.shape()))));
        g.output("output", draw.apply(values).apply(g));
        inner.forEach(name -> g.output(name, g.taps().get(name)));
        Path root = weights.externalRoot();
        try (Session session = OnnxRuntimeEngine.instance().open(g.build(),
                new SessionSettings(1, Optional.of(root)))) {
            return session.run(inputs);
        }
    }
}
