package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.NdArray;
import fathom.formats.images.Images;
import fathom.formats.npy.Npy;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.inference.MarigoldEstimator;
import fathom.inference.PreparedInput;
import fathom.inference.diffusion.ensembling.EnsembleOptions.Alignment;
import fathom.inference.diffusion.ensembling.EnsembleOptions.Reduction;
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The whole way from picture to depth against diffusers 0.30.3 on a small model with random weights. Tolerance 2e-5 on
 * decoded depth; the reference's own float32 noise is 6e-7.
 */
class MarigoldEstimatorTest {
    private static final String EXPECTED = "marigold/expected/a_131x97/";
    private static final double TOLERANCE = 2e-5;
    private static RgbImage picture;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        picture = Images.readRgb(Goldens.path("images/a_131x97.png"));
    }

    private static MarigoldEstimator open(DiffusionOptions options) {
        return MarigoldEstimator.open(Goldens.path("marigold"), 2, options);
    }

    private static InitialNoise given(String golden) {
        return InitialNoise.Given.of(Goldens.array(golden), golden);
    }

    /** Returns the same model with one file replaced. */
    private Path with(String file, Path replacement) throws IOException {
        copy(Goldens.path("marigold"), folder);
        Files.copy(replacement, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String part : List.of("unet", "vae", "text_encoder", "scheduler")) {
            Files.walkFileTree(from.resolve(part), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.resolveSibling(""));
                    Files.copy(file, target);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        Files.copy(from.resolve("model_index.json"), to.resolve("model_index.json"));
    }

    private static double difference(Estimate estimate, String golden) {
        return Goldens.largestDifference(estimate.prediction().values().toArray(), Goldens.floats(golden));
    }

    @Test
    void thePreparedPictureMatches() {
        try (MarigoldEstimator estimator = open(DiffusionOptions.defaults())) {
            PreparedInput.Numbers input = estimator.prepare(picture);
            assertThat(input.pixels().height()).isEqualTo(72);
            assertThat(input.pixels().width()).isEqualTo(96);
            assertThat(
                    Goldens.largestDifference(input.pixels().values(), Goldens.floats(EXPECTED + "pixel_values.npy")))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void oneMemberOfFourStepsMatchesAtProcessingAndPictureSize() {
        try (MarigoldEstimator estimator = open(
                DiffusionOptions.defaults().withNoise(given(EXPECTED + "init_latents.npy")))) {
            Estimate estimate = estimator.estimate(picture);
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.AFFINE);
            assertThat(estimate.maps()).isEmpty();
            assertThat(difference(estimate, EXPECTED + "ens1_depth_proc.npy")).isLessThan(TOLERANCE);
            Resampling resampling = Resampling.ofLabel(estimator.description().resampling());
            Plane full = resampling.resized(estimate.prediction().values(), picture.height(), picture.width());
            assertThat(Goldens.largestDifference(full.toArray(), Goldens.floats(EXPECTED + "ens1_depth_full.npy")))
                    .isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyMemberMatchesWhateverTheBatch(int batch) {
        float[] expected = Goldens.floats(EXPECTED + "ens3_members.npy");
        try (Marigold estimator = Marigold.open(Goldens.path("marigold"), OnnxRuntimeEngine.instance(), 2,
                DiffusionOptions.defaults().withEnsemble(3).withBatch(batch)
                        .withNoise(given(EXPECTED + "init_latents.npy")))) {
            List<Plane> members = estimator.members(estimator.prepare(picture), 71, 96, DenoisingListener.silent());
            assertThat(members).hasSize(3);
            for (int m = 0; m < 3; m++) {
                assertThat(Goldens.largestDifference(members.get(m).toArray(), Goldens.part(expected, m, 71 * 96)))
                        .isLessThan(TOLERANCE);
            }
        }
    }

    /** The published alignments differ by as much on these members, which no trained model would give. */
    @Test
    void threeMembersBecomeOneMapWithItsUncertainty() {
        try (MarigoldEstimator estimator = open(
                DiffusionOptions.defaults().withEnsemble(3).withNoise(given(EXPECTED + "init_latents.npy")))) {
            Estimate estimate = estimator.estimate(picture);
            assertThat(difference(estimate, EXPECTED + "ens3_depth_proc.npy")).isLessThan(0.12);
            Plane uncertainty = estimate.map(MarigoldEstimator.UNCERTAINTY).orElseThrow().plane();
            estimate.prediction().values().requireSameShape("uncertainty", uncertainty);
        }
    }

    @ParameterizedTest
    @CsvSource({"v1_0_leading,4,v1_0_leading_steps4", "v1_0_leading,10,v1_0_leading_steps10",
            "v1_1_trailing_zsnr,1,v1_1_trailing_zsnr_steps1", "v1_1_trailing_zsnr,4,v1_1_trailing_zsnr_steps4",
            "lcm,1,lcm1"})
    void otherSchedulersMatch(String scheduler, int steps, String golden) throws IOException {
        Path model = with("scheduler/scheduler_config.json",
                Goldens.path("marigold/schedulers/" + scheduler + ".json"));
        DiffusionOptions options = DiffusionOptions.defaults().withSteps(steps)
                .withNoise(given(EXPECTED + "init_latents.npy"));
        try (MarigoldEstimator estimator = MarigoldEstimator.open(model, 2, options)) {
            assertThat(difference(estimator.estimate(picture), EXPECTED + golden + "_depth_proc.npy"))
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void thePicturesOwnSizeMatches() throws IOException {
        Path model = with("scheduler/scheduler_config.json",
                Goldens.path("marigold/schedulers/v1_1_trailing_zsnr.json"));
        DiffusionOptions options = DiffusionOptions.defaults().withSteps(1).withResolution(0)
                .withNoise(given(EXPECTED + "v1_1_native_res_init_latents.npy"));
        try (MarigoldEstimator estimator = MarigoldEstimator.open(model, 2, options)) {
            assertThat(difference(estimator.estimate(picture), EXPECTED + "v1_1_native_res_steps1_depth_full.npy"))
                    .isLessThan(TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void consistencyModelsWithStoredNoiseMatch(int steps) throws IOException {
        Path model = with("scheduler/scheduler_config.json",
                Goldens.path("marigold_lcm/scheduler/scheduler_config.json"));
        float[] initial = Goldens.floats("marigold_lcm/expected/a_131x97/init_latents.npy");
        float[] later = Goldens.floats("marigold_lcm/expected/a_131x97/step_noises.npy");
        float[] draws = Arrays.copyOf(initial, initial.length + later.length);
        System.arraycopy(later, 0, draws, initial.length, later.length);
        InitialNoise noise = InitialNoise.Given.of(NdArray.ofFloats(draws, 1, 4, 4, 9, 12), "stored");
        try (MarigoldEstimator estimator = MarigoldEstimator.open(model, 2,
                DiffusionOptions.defaults().withSteps(steps).withNoise(noise))) {
            assertThat(difference(estimator.estimate(picture),
                    "marigold_lcm/expected/a_131x97/steps" + steps + "_depth_proc.npy")).isLessThan(TOLERANCE);
        }
    }

    @Test
    void oneStepFromZerosMatchesTheModelFineTunedEndToEnd() {
        try (MarigoldEstimator estimator = open(
                DiffusionOptions.defaults().withSteps(1).withNoise(new InitialNoise.Zeros()))) {
            assertThat(difference(estimator.estimate(picture), "marigold_e2e/expected/a_131x97/depth_proc.npy"))
                    .isLessThan(TOLERANCE);
        }
    }

    /** The authors' program starts the steps at the noisiest level, regardless of the scheduler's file. */
    @Test
    void aModelFineTunedEndToEndTakesOneTrailingStepFromZerosWhateverItsFilesSay() throws IOException {
        Path model = Files.createDirectory(folder.resolve("renamed"));
        copy(Goldens.path("marigold"), model);
        Files.copy(Goldens.path("marigold/schedulers/v1_0_leading.json"),
                model.resolve("scheduler/scheduler_config.json"), StandardCopyOption.REPLACE_EXISTING);
        Path index = model.resolve("model_index.json");
        Files.writeString(index,
                Files.readString(index).replace("\"MarigoldDepthPipeline\"", "[\"pipeline\", \"MarigoldPipeline\"]"));
        try (MarigoldEstimator estimator = MarigoldEstimator.open(model, 2,
                DiffusionOptions.defaults().withEndToEnd(true))) {
            assertThat(estimator.warnings()).isEmpty();
            assertThat(estimator.description().inputPolicy()).startsWith("1 steps").endsWith("noise from zeros");
            assertThat(difference(estimator.estimate(picture), "marigold_e2e/expected/a_131x97/depth_proc.npy"))
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void filesAndNotTheNameOfTheFolderShowThatAModelIsFineTunedEndToEnd() throws IOException {
        Path renamed = Files.createDirectory(folder.resolve("model"));
        copy(Goldens.path("marigold"), renamed);
        Path index = renamed.resolve("model_index.json");
        Files.writeString(index,
                Files.readString(index).replace("\"default_denoising_steps\": 4", "\"default_denoising_steps\": 1"));
        try (MarigoldEstimator estimator = MarigoldEstimator.open(renamed, 2, DiffusionOptions.defaults())) {
            assertThat(estimator.description().inputPolicy()).startsWith("1 steps").endsWith("noise from zeros");
            assertThat(estimator.warnings()).singleElement().asString().contains("end to end",
                    "assumed from its files");
        }
        Path named = Files.createDirectory(folder.resolve("marigold-e2e"));
        copy(Goldens.path("marigold"), named);
        try (MarigoldEstimator estimator = MarigoldEstimator.open(named, 2, DiffusionOptions.defaults())) {
            assertThat(estimator.description().inputPolicy()).startsWith("4 steps").endsWith("noise from seed 0");
            assertThat(estimator.warnings()).singleElement().asString().contains("its name suggests it");
        }
    }

    @Test
    void aFolderWithoutTextEncoderUsesTheStoredEmbedding() throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.delete(model.resolve("text_encoder").resolve(file));
        }
        assertThatThrownBy(() -> MarigoldEstimator.open(model, 1, DiffusionOptions.defaults()))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("empty_text_embedding.npy");
        Files.copy(Goldens.path("marigold/empty_text_embedding.npy"), model.resolve("empty_text_embedding.npy"));
        DiffusionOptions options = DiffusionOptions.defaults().withNoise(given(EXPECTED + "init_latents.npy"));
        try (MarigoldEstimator estimator = MarigoldEstimator.open(model, 2, options)) {
            assertThat(difference(estimator.estimate(picture), EXPECTED + "ens1_depth_proc.npy")).isLessThan(TOLERANCE);
        }
        Npy.write(model.resolve("empty_text_embedding.npy"), NdArray.ofFloats(new float[46], 1, 2, 23));
        assertThatThrownBy(() -> MarigoldEstimator.open(model, 1, DiffusionOptions.defaults()))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("expected an embedding of [1, 2, 24]");
    }

    @Test
    void aSeedGivesTheSameMapsAgainAndAnotherSeedOthers() {
        ModelOptions seeded = ModelOptions.of(Map.of("steps", "2", "ensemble", "2", "seed", "1"));
        float[] first = estimate(seeded).prediction().values().toArray();
        assertThat(estimate(seeded).prediction().values().toArray()).containsExactly(first);
        ModelOptions other = ModelOptions.of(Map.of("steps", "2", "ensemble", "2", "seed", "2"));
        assertThat(estimate(other).prediction().values().toArray()).isNotEqualTo(first);
    }

    private static Estimate estimate(ModelOptions options) {
        String model = Goldens.path("marigold").toString();
        try (DepthEstimator estimator = Estimators.open(model, EstimatorOptions.defaults().withModel(options))) {
            return estimator.estimate(picture);
        }
    }

    @Test
    void listenerIsNotifiedOfEveryStep() {
        List<String> told = new ArrayList<>();
        try (MarigoldEstimator estimator = open(
                DiffusionOptions.defaults().withSteps(2).withEnsemble(3).withBatch(2))) {
            estimator.run(estimator.prepare(picture), (done, total) -> told.add(done + "/" + total));
        }
        assertThat(told).isEqualTo(IntStream.rangeClosed(1, 8).mapToObj(i -> i + "/8").toList());
    }

    @Test
    void interruptEndsThePredictionAfterTheCurrentStep() {
        List<Integer> told = new ArrayList<>();
        try (MarigoldEstimator estimator = open(DiffusionOptions.defaults().withSteps(50))) {
            PreparedInput input = estimator.prepare(picture);
            assertThatThrownBy(() -> estimator.run(input, (done, total) -> {
                told.add(done);
                if (done == 3) {
                    Thread.currentThread().interrupt();
                }
            })).isInstanceOf(CancellationException.class).hasMessageContaining("step 3 of 52");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(told).containsExactly(1, 2, 3);
            assertThat(estimator.estimate(picture).prediction().values().height()).isEqualTo(71);
        }
    }

    @Test
    void descriptionContainsSettingsAndNoise() {
        try (MarigoldEstimator estimator = open(DiffusionOptions.defaults().withEnsemble(3)
                .withNoise(new InitialNoise.Seeded(7)).withEnsembling(Alignment.LEAST_SQUARES, Reduction.MEAN))) {
            assertThat(estimator.description().inputPolicy()).isEqualTo("4 steps, ensemble of 3 (least-squares "
                    + "alignment, mean), longer edge 96 by torch-bilinear-antialias, replicated to a multiple of 8, "
                    + "tiles beyond 1048576 pixels, noise from seed 7");
            assertThat(estimator.description().weightsHash()).hasSize(64);
            assertThat(estimator.description().parameters()).isEqualTo(367_027);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"steps|0|option steps: expected an integer of at least 1",
            "ensemble|x|option ensemble", "resampling|best|resampling: expected one of", "seed|1.5|option seed",
            "noise|''|option noise: expected zeros or a NumPy file, found nothing",
            "noise|src|option noise: expected zeros or a NumPy file, found the folder src",
            "alignment|none|expected one of diffusers, original, range, least-squares",
            "reduction|mode|expected one of median, mean", "guidance|7|option guidance"})
    void optionsThatAreNoneAreRefused(String key, String value, String message) {
        assertThatThrownBy(() -> DiffusionOptions.of(ModelOptions.of(Map.of(key, value))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void noiseThatDoesNotFitIsRefused() {
        try (MarigoldEstimator estimator = open(
                DiffusionOptions.defaults().withEnsemble(4).withNoise(given(EXPECTED + "init_latents.npy")))) {
            assertThatThrownBy(() -> estimator.estimate(picture)).hasMessageContaining("at least 4 members");
            RgbImage tall = RgbImage.allocate(131, 97);
            assertThatThrownBy(() -> estimator.estimate(tall)).hasMessageContaining("expected latents of [4, 12, 9]");
        }
        InitialNoise zeros = new InitialNoise.Zeros();
        assertThat(zeros.draw(1, 0, 1, 2, 2)).containsOnly(0);
        assertThat(zeros.draw(1, 1, 1, 2, 2)).isEqualTo(new InitialNoise.Seeded(0).draw(1, 1, 1, 2, 2));
        NdArray flat = NdArray.ofFloats(new float[4], 2, 2);
        assertThatThrownBy(() -> InitialNoise.Given.of(flat, "flat")).hasMessageContaining("expected [C, h, w]");
        NdArray broken = NdArray.ofFloats(new float[]{0, 1, Float.NaN, 2}, 1, 2, 2);
        assertThatThrownBy(() -> InitialNoise.Given.of(broken, "broken"))
                .hasMessageContaining("expected finite numbers, found NaN at element 2 of [1, 2, 2]");
    }

    @Test
    void oneTileThatContainsThePictureGivesTheSameResult() {
        try (MarigoldEstimator estimator = open(
                DiffusionOptions.defaults().withWholeUpTo(0).withNoise(given(EXPECTED + "init_latents.npy")))) {
            assertThat(difference(estimator.estimate(picture), EXPECTED + "ens1_depth_proc.npy")).isLessThan(TOLERANCE);
        }
    }

    private static void endWithNaN(Path weights) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
        Files.write(weights, bytes);
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        endWithNaN(model.resolve("vae").resolve("diffusion_pytorch_model.safetensors"));
        assertThatThrownBy(() -> MarigoldEstimator.open(model, 1, DiffusionOptions.defaults()))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("expected finite weights, found NaN");
    }

    @Test
    void aFolderThatLacksAPartOrIsOfAnotherKindIsRefused() throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        Path index = model.resolve("model_index.json");
        String text = Files.readString(index);
        Files.writeString(index, text.replace("MarigoldDepthPipeline", "StableDiffusionPipeline"));
        assertRefused(model, "_class_name: expected MarigoldDepthPipeline");
        Files.writeString(index, text.replace("\"prediction_type\": \"depth\"", "\"prediction_type\": \"normals\""));
        assertRefused(model, "prediction_type: expected depth");
        Files.writeString(index, text);
        Path unet = model.resolve("unet").resolve("config.json");
        String config = Files.readString(unet);
        Files.writeString(unet, config.replace("\"in_channels\": 8", "\"in_channels\": 4"));
        assertRefused(model, "expected 8 channels in and 4 out");
        Files.writeString(unet, config.replace("\"layers_per_block\": 1", "\"layers_per_block\": 2"));
        assertRefused(model, "tensor down_blocks.0.resnets.1.norm1.weight: expected [16], found none");
        Files.writeString(unet, config);
        Files.delete(model.resolve("vae").resolve("diffusion_pytorch_model.safetensors"));
        assertRefused(model, "vae: expected weights in model.safetensors");
    }

    /** The key of the cached embedding contains everything that determines it, so a changed setting is not hidden by an earlier embedding. */
    @Test
    void theEmptyPromptFollowsTheSettingsOfTheTextEncoderAndTheTokens() throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        float[] before = depth(model);
        Path settings = model.resolve("text_encoder").resolve("config.json");
        String text = Files.readString(settings);
        Files.writeString(settings, text.replace("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"quick_gelu\""));
        float[] quick = depth(model);
        assertThat(Goldens.largestDifference(before, quick)).isGreaterThan(1e-5);
        Files.writeString(settings, text.replace("\"num_attention_heads\": 4", "\"num_attention_heads\": 5"));
        assertRefused(model, "num_attention_heads: expected a divisor of hidden_size 24");
        Files.writeString(settings, text);
        Files.createDirectories(model.resolve("tokenizer"));
        Path words = model.resolve("tokenizer").resolve("vocab.json");
        Files.writeString(words, "{\"<|startoftext|>\": 3, \"<|endoftext|>\": 4}");
        assertThat(Goldens.largestDifference(before, depth(model))).isGreaterThan(1e-5);
        Files.writeString(words, "{\"<|startoftext|>\": 3, \"<|endoftext|>\": 100}");
        assertRefused(model, "expected a token below the encoder's vocabulary of 100, found 100");
    }

    private static float[] depth(Path model) {
        try (MarigoldEstimator estimator = MarigoldEstimator.open(model, 1,
                DiffusionOptions.defaults().withSteps(1).withNoise(given(EXPECTED + "init_latents.npy")))) {
            return estimator.estimate(picture).prediction().values().toArray();
        }
    }

    @Test
    void textWithoutNumbersIsRefused() throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        endWithNaN(model.resolve("text_encoder").resolve("model.safetensors"));
        assertRefused(model, "expected finite weights, found NaN");
        Files.delete(model.resolve("text_encoder").resolve("config.json"));
        float[] embedding = new float[48];
        embedding[7] = Float.POSITIVE_INFINITY;
        Npy.write(model.resolve("empty_text_embedding.npy"), NdArray.ofFloats(embedding, 1, 2, 24));
        assertRefused(model, "empty_text_embedding.npy: expected finite numbers, found Infinity");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"vae|norm_num_groups|8|5|norm_num_groups: expected a divisor of all",
            "vae|scaling_factor|0.18215|1e300|scaling_factor: expected a number above 0, at most",
            "vae|latent_channels|4|2000000000|expected 4000000000 channels in and 2000000000 out",
            "text_encoder|layer_norm_eps|1e-05|-1|layer_norm_eps: expected a number above 0"})
    void settingsThatCannotBeAreRefusedByName(String part, String field, String from, String to, String message)
            throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        Path file = model.resolve(part).resolve("config.json");
        String member = "\"" + field + "\": " + from;
        assertThat(Files.readString(file)).contains(member);
        Files.writeString(file, Files.readString(file).replace(member, "\"" + field + "\": " + to));
        assertRefused(model, message);
    }

    @Test
    void anAbsurdNumberOfSizesOrAnAbsurdResolutionIsRefused() throws IOException {
        Path model = with("model_index.json", Goldens.path("marigold/model_index.json"));
        Path file = model.resolve("vae").resolve("config.json");
        String text = Files.readString(file);
        String sizes = String.join(", ", Collections.nCopies(40, "8"));
        Files.writeString(file,
                text.replaceFirst("(?s)\"block_out_channels\": \\[.*?]", "\"block_out_channels\": [" + sizes + "]"));
        assertRefused(model, "block_out_channels: expected from 1 to 8 numbers, found 40");
        Files.writeString(file, text);
        DiffusionOptions options = DiffusionOptions.defaults().withResolution(1_000_000_000);
        assertThatThrownBy(() -> MarigoldEstimator.open(model, 1, options))
                .hasMessageContaining("resolution: expected from 1 to 8192 pixels");
    }

    private static void assertRefused(Path model, String message) {
        assertThatThrownBy(() -> MarigoldEstimator.open(model, 1, DiffusionOptions.defaults()))
                .isInstanceOf(CheckpointException.class).hasMessageContaining(message);
    }

    @Test
    void pictureThatWouldBeResizedToZeroPixelsIsRejected() {
        try (MarigoldEstimator estimator = open(DiffusionOptions.defaults())) {
            RgbImage thin = RgbImage.allocate(1, 200);
            assertThatThrownBy(() -> estimator.prepare(thin)).hasMessageContaining("raise the resolution");
        }
    }
}
