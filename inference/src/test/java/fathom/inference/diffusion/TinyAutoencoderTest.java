package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.images.Images;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.inference.MarigoldEstimator;
import fathom.models.Estimate;
import fathom.models.marigold.Autoencoder;
import fathom.models.marigold.AutoencoderTiny;
import fathom.models.marigold.LatentDiffusion;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A tiny autoencoder with random weights, its layers named and ordered as diffusers' {@code AutoencoderTiny} has them,
 * against its arithmetic written out in double precision.
 */
class TinyAutoencoderTest {
    private static final int WIDTH = 6;
    private static final int LATENT = 4;
    private static final double TOLERANCE = 2e-5;
    private static final String CONFIG = """
            {"_class_name": "AutoencoderTiny", "act_fn": "relu", "upsample_fn": "nearest", "latent_channels": 4,
             "encoder_block_out_channels": [6, 6, 6, 6], "num_encoder_blocks": [1, 2, 0, 1],
             "decoder_block_out_channels": [6, 6, 6, 6], "num_decoder_blocks": [2, 1, 0, 1],
             "upsampling_scaling_factor": 2, "latent_magnitude": 3, "latent_shift": 0.5, "scaling_factor": 1.0}""";

    @TempDir
    private Path folder;

    private final Map<String, float[]> tensors = new LinkedHashMap<>();
    private Autoencoder autoencoder;
    private Checkpoint weights;

    /** A map of doubles, [C, H, W]. */
    private record Map3(int channels, int height, int width, double[] values) {
        double at(int c, int row, int column) {
            return row < 0 || column < 0 || row >= height || column >= width
                    ? 0
                    : values[(c * height + row) * width + column];
        }
    }

    @BeforeEach
    void write() throws IOException {
        conv("encoder.layers.0", 3, WIDTH, true);
        block("encoder.layers.1");
        conv("encoder.layers.2", WIDTH, WIDTH, false);
        block("encoder.layers.3");
        block("encoder.layers.4");
        conv("encoder.layers.5", WIDTH, WIDTH, false);
        conv("encoder.layers.6", WIDTH, WIDTH, false);
        block("encoder.layers.7");
        conv("encoder.layers.8", WIDTH, LATENT, true);
        conv("decoder.layers.0", LATENT, WIDTH, true); // layer 1 is the ReLU
        block("decoder.layers.2");
        block("decoder.layers.3");
        conv("decoder.layers.5", WIDTH, WIDTH, false); // 4 doubles
        block("decoder.layers.6");
        conv("decoder.layers.8", WIDTH, WIDTH, false);
        conv("decoder.layers.10", WIDTH, WIDTH, false);
        block("decoder.layers.11");
        conv("decoder.layers.12", WIDTH, 3, true);
        Files.writeString(folder.resolve("config.json"), CONFIG);
        save();
        weights = Checkpoint.open(folder);
        autoencoder = Autoencoder.of(Settings.read(folder.resolve("config.json")), weights);
    }

    private void block(String name) {
        for (int i = 0; i <= 4; i += 2) {
            conv(name + ".conv." + i, WIDTH, WIDTH, true);
        }
    }

    private void conv(String name, int in, int out, boolean bias) {
        float[] kernel = new GaussianNoise(tensors.size()).draw(0, 0, out * in * 9);
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] *= (float) (0.8 / Math.sqrt(in * 9));
        }
        tensors.put(name + ".weight", kernel);
        if (bias) {
            tensors.put(name + ".bias", new GaussianNoise(-1 - tensors.size()).draw(0, 0, out));
        }
    }

    private void save() throws IOException {
        StringBuilder header = new StringBuilder("{");
        int at = 0;
        for (Map.Entry<String, float[]> tensor : tensors.entrySet()) {
            int length = tensor.getValue().length;
            boolean bias = tensor.getKey().endsWith("bias");
            int out = bias
                    ? length
                    : tensor.getKey().contains("decoder.layers.12.")
                            ? 3
                            : tensor.getKey().contains("encoder.layers.8.") ? LATENT : WIDTH;
            header.append(at == 0 ? "" : ",").append('"').append(tensor.getKey())
                    .append("\":{\"dtype\":\"F32\",\"shape\":")
                    .append(bias ? "[" + out + "]" : "[" + out + "," + length / 9 / out + ",3,3]")
                    .append(",\"data_offsets\":[").append(at).append(',').append(at += 4 * length).append("]}");
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + at).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length)
                .put(json);
        tensors.values().forEach(values -> {
            for (float value : values) {
                bytes.putFloat(value);
            }
        });
        Files.write(folder.resolve("diffusion_pytorch_model.safetensors"), bytes.array());
    }

    private Map3 convolved(String name, Map3 x, int stride, boolean relu) {
        float[] kernel = tensors.get(name + ".weight");
        float[] bias = tensors.get(name + ".bias");
        int out = kernel.length / 9 / x.channels;
        int height = Math.ceilDiv(x.height, stride);
        int width = Math.ceilDiv(x.width, stride);
        double[] values = new double[out * height * width];
        for (int i = 0; i < values.length; i++) {
            int c = i / (height * width);
            int row = i / width % height * stride;
            int column = i % width * stride;
            double sum = bias == null ? 0 : bias[c];
            for (int k = 0; k < 9 * x.channels; k++) {
                sum += kernel[c * x.channels * 9 + k] * x.at(k / 9, row + k / 3 % 3 - 1, column + k % 3 - 1);
            }
            values[i] = relu ? Math.max(0, sum) : sum;
        }
        return new Map3(out, height, width, values);
    }

    private Map3 blocked(String name, Map3 x) {
        Map3 y = convolved(name + ".conv.2", convolved(name + ".conv.0", x, 1, true), 1, true);
        double[] sum = convolved(name + ".conv.4", y, 1, false).values;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = Math.max(0, sum[i] + x.values[i]);
        }
        return new Map3(x.channels, x.height, x.width, sum);
    }

    private static Map3 doubled(Map3 x) {
        double[] values = new double[4 * x.values.length];
        for (int i = 0; i < values.length; i++) {
            int row = i / (2 * x.width) % (2 * x.height);
            values[i] = x.at(i / (4 * x.width * x.height), row / 2, i % (2 * x.width) / 2);
        }
        return new Map3(x.channels, 2 * x.height, 2 * x.width, values);
    }

    private Map3 encodedByHand(Map3 pixels) {
        double[] unit = pixels.values.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (unit[i] + 1) / 2;
        }
        Map3 x = new Map3(3, pixels.height, pixels.width, unit);
        x = blocked("encoder.layers.1", convolved("encoder.layers.0", x, 1, false));
        x = blocked("encoder.layers.3", convolved("encoder.layers.2", x, 2, false));
        x = blocked("encoder.layers.4", x);
        x = convolved("encoder.layers.6", convolved("encoder.layers.5", x, 2, false), 2, false);
        return convolved("encoder.layers.8", blocked("encoder.layers.7", x), 1, false);
    }

    private Map3 decodedByHand(Map3 latent) {
        double[] bounded = latent.values.clone();
        for (int i = 0; i < bounded.length; i++) {
            bounded[i] = 3 * Math.tanh(bounded[i] / 3);
        }
        Map3 x = convolved("decoder.layers.0", new Map3(LATENT, latent.height, latent.width, bounded), 1, true);
        x = blocked("decoder.layers.3", blocked("decoder.layers.2", x));
        x = blocked("decoder.layers.6", convolved("decoder.layers.5", doubled(x), 1, false));
        x = convolved("decoder.layers.8", doubled(x), 1, false);
        x = blocked("decoder.layers.11", convolved("decoder.layers.10", doubled(x), 1, false));
        double[] picture = convolved("decoder.layers.12", x, 1, false).values;
        for (int i = 0; i < picture.length; i++) {
            picture[i] = 2 * picture[i] - 1;
        }
        return new Map3(3, x.height, x.width, picture);
    }

    private static Map3 noise(int seed, int channels, int height, int width) {
        float[] drawn = new GaussianNoise(seed).draw(0, 0, channels * height * width);
        double[] values = new double[drawn.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = drawn[i];
        }
        return new Map3(channels, height, width, values);
    }

    private static FloatTensor tensor(Map3 map) {
        float[] values = new float[map.values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) map.values[i];
        }
        return FloatTensor.wrap(values, 1, map.channels, map.height, map.width);
    }

    private FloatTensor run(FloatTensor input, boolean encode) {
        GraphBuilder g = new GraphBuilder("test");
        Value in = g.input("in", DataType.FLOAT32, Shape.of(input.shape()));
        g.output("out", encode ? autoencoder.encode(g, in) : autoencoder.decode(g, in));
        try (Session session = OnnxRuntimeEngine.instance().open(g.build(),
                new SessionSettings(1, Optional.of(weights.externalRoot())))) {
            return session.run(Map.of("in", input)).get("out");
        }
    }

    private static void assertEqual(FloatTensor found, Map3 expected) {
        FloatTensor same = tensor(expected);
        assertThat(found.shape()).isEqualTo(same.shape());
        assertThat(Goldens.largestDifference(found.values(), same.values())).isLessThan(TOLERANCE);
    }

    @Test
    void encodingMatchesTheArithmetic() {
        assertThat(autoencoder).isInstanceOf(AutoencoderTiny.class);
        assertThat(autoencoder.factor()).isEqualTo(8);
        assertThat(autoencoder.scalingFactor()).isEqualTo(1);
        Map3 pixels = noise(5, 3, 24, 40);
        assertEqual(run(tensor(pixels), true), encodedByHand(pixels));
    }

    @Test
    void decodingMatchesTheArithmetic() {
        Map3 latent = noise(6, LATENT, 3, 5);
        assertEqual(run(tensor(latent), false), decodedByHand(latent));
    }

    @Test
    void tinyAutoencoderReplacesTheModelsAutoencoder() throws IOException {
        RgbImage picture = Images.readRgb(Goldens.path("images/a_131x97.png"));
        DiffusionOptions options = DiffusionOptions.defaults().withSteps(1);
        float[] own;
        String hash;
        try (MarigoldEstimator estimator = MarigoldEstimator.open(Goldens.path("marigold"), 1, options)) {
            own = estimator.estimate(picture).prediction().values().toArray();
            hash = estimator.description().weightsHash();
        }
        try (MarigoldEstimator estimator = MarigoldEstimator.open(Goldens.path("marigold"), 1,
                options.withAutoencoder(folder))) {
            Estimate estimate = estimator.estimate(picture);
            assertThat(estimate.prediction().values().height()).isEqualTo(71);
            assertThat(estimate.prediction().values().toArray()).isNotEqualTo(own);
            assertThat(estimator.description().weightsHash()).isNotEqualTo(hash);
            assertThat(estimator.description().inputPolicy()).endsWith(", autoencoder " + folder.getFileName());
        }
    }

    /**
     * It neither normalises nor attends, so what a tile gives farther from the tile's edges than a result depends on its
     * surroundings, at most 10 cells here, is what the whole gives. The tiles overlap by 16 of 80 columns.
     */
    @Test
    void tilesGiveTheSameResultOutsideTheirOverlap() throws IOException {
        LatentDiffusion model = LatentDiffusion.open(Goldens.path("marigold"), folder, Optional.empty());
        FloatTensor pixels = tensor(noise(7, 3, 40 * 8, 80 * 8));
        FloatTensor latent = tensor(noise(8, LATENT, 40, 80));
        long size = 40 * 8 * 80 * 8;
        Tiles tiles = new Tiles(48, 12);
        try (Networks whole = new Networks(model, OnnxRuntimeEngine.instance(), 1, size, tiles);
                Networks tiled = new Networks(model, OnnxRuntimeEngine.instance(), 1, size - 1, tiles)) {
            assertTiled(tiled.encode(pixels), whole.encode(pixels), run(pixels, true), 1);
            assertTiled(tiled.decode(latent), whole.decode(latent), run(latent, false), 8);
        }
    }

    private static void assertTiled(FloatTensor tiled, FloatTensor whole, FloatTensor alone, int perCell) {
        assertThat(Goldens.largestDifference(whole.values(), alone.values())).as("at the limit").isLessThan(TOLERANCE);
        double outside = 0;
        double inside = 0;
        int width = whole.dim(3);
        for (int i = 0; i < whole.values().length; i++) {
            double difference = Math.abs(tiled.values()[i] - whole.values()[i]);
            int cell = i % width / perCell;
            if (cell < 32 || cell >= 48) {
                outside = Math.max(outside, difference);
            } else {
                inside = Math.max(inside, difference);
            }
        }
        assertThat(outside).isLessThan(TOLERANCE);
        assertThat(inside).as("the seam, which shows that tiles were used").isPositive();
    }

    @Test
    void settingsThatAreNotOfThisFamilyAreNamed() throws IOException {
        assertRefused("\"act_fn\": \"relu\"", "\"act_fn\": \"mish\"", "act_fn: expected relu, found mish");
        assertRefused("[1, 2, 0, 1]", "[1, 2, 0]", "num_encoder_blocks: expected one per stage, 4");
        assertRefused("\"encoder_block_out_channels\": [6", "\"encoder_block_out_channels\": [6, 6, 6, 6, 6, 6",
                "num_encoder_blocks: expected one per stage, 9 of 1 to 8");
        assertRefused("\"upsampling_scaling_factor\": 2", "\"upsampling_scaling_factor\": 3",
                "upsampling_scaling_factor: expected 2, found 3");
        assertRefused("AutoencoderTiny", "AsymmetricAutoencoderKL", "expected AutoencoderKL or AutoencoderTiny");
        assertRefused("\"latent_channels\": 4", "\"latent_channels\": 16", "expected 32 channels in and 16 out");
    }

    private void assertRefused(String from, String to, String message) throws IOException {
        assertThat(CONFIG).contains(from);
        Files.writeString(folder.resolve("config.json"), CONFIG.replace(from, to));
        DiffusionOptions options = DiffusionOptions.defaults().withAutoencoder(folder);
        assertThatThrownBy(() -> MarigoldEstimator.open(Goldens.path("marigold"), 1, options))
                .isInstanceOf(CheckpointException.class).hasMessageContaining(message);
    }
}
