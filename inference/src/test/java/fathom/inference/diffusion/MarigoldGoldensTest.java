package fathom.inference.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.NdArray;
import fathom.formats.images.Images;
import fathom.inference.GoldenVariants;
import fathom.inference.MarigoldEstimator;
import fathom.inference.diffusion.ensembling.Ensemble;
import fathom.inference.diffusion.ensembling.EnsembleOptions;
import fathom.inference.diffusion.schedulers.DenoisingStep;
import fathom.inference.diffusion.schedulers.Scheduler;
import fathom.models.Estimate;
import fathom.models.marigold.LatentDiffusion;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every stored step of the three folders on a lying and an upright picture, against diffusers 0.30.3. Tolerances are those
 * of the goldens: 5e-5 on latents, 2e-5 on decoded depth.
 */
class MarigoldGoldensTest {
    private static final double LATENT = 5e-5;
    private static final double DEPTH = 2e-5;
    private static final Tiles TILES = new Tiles(96, 24);

    /** Returns the results of one folder for one picture. */
    private record Golden(String model, String image) {
        RgbImage picture() throws IOException {
            return Images.readRgb(Goldens.path("images/" + image + ".png"));
        }

        NdArray array(String name) {
            return Goldens.array(model + "/expected/" + image + "/" + name + ".npy");
        }

        FloatTensor tensor(String name) {
            NdArray array = array(name);
            return FloatTensor.wrap(array.toFloats(), array.shape());
        }

        void assertEqual(String name, float[] found, double tolerance) {
            assertThat(Goldens.largestDifference(found, array(name).toFloats())).as(name).isLessThan(tolerance);
        }

        /** As {@link #assertEqual}, of all values or, if only these are stored, of every fourth row and column. */
        void assertEqual(String name, FloatTensor found, double tolerance) {
            String sampled = model + "/expected/" + image + "/" + name + ".s4.npy";
            if (!Files.exists(Goldens.path(sampled))) {
                assertThat(found.size()).as(name).isEqualTo(array(name).toFloats().length);
                assertEqual(name, found.values(), tolerance);
                return;
            }
            float[] values = everyFourth(found);
            assertThat(Goldens.largestDifference(values, Goldens.floats(sampled))).as(name).isLessThan(tolerance);
        }

        private static float[] everyFourth(FloatTensor tensor) {
            int height = tensor.dim(-2);
            int width = tensor.dim(-1);
            int planes = (int) (tensor.size() / ((long) height * width));
            float[] kept = new float[planes * Math.ceilDiv(height, 4) * Math.ceilDiv(width, 4)];
            int at = 0;
            for (int row = 0; row < planes * height; row++) {
                for (int column = 0; column < width && row % height % 4 == 0; column += 4) {
                    kept[at++] = tensor.values()[row * width + column];
                }
            }
            return kept;
        }

        /** {@code estimate}, and resized to the picture, against {@code name}_depth_proc and, if stored, _depth_full. */
        void assertDepth(String prefix, Estimate estimate, boolean full) throws IOException {
            Plane depth = estimate.prediction().values();
            assertEqual(prefix + "depth_proc", depth.toArray(), DEPTH);
            if (full) {
                RgbImage picture = picture();
                Plane resized = Resampling.TORCH_BILINEAR.resized(depth, picture.height(), picture.width());
                assertEqual(prefix + "depth_full",
                        FloatTensor.wrap(resized.toArray(), picture.height(), picture.width()), DEPTH);
            }
        }

        Networks networks(LatentDiffusion diffusion) throws IOException {
            return new Networks(diffusion, OnnxRuntimeEngine.instance(), 1, 1 << 20, TILES);
        }

        FloatTensor prepared(LatentDiffusion diffusion) throws IOException {
            FloatTensor pixels = new LatentPreparation(diffusion.defaultResolution(),
                    Resampling.TORCH_BILINEAR_ANTIALIAS, diffusion.autoencoder().factor()).prepare(picture());
            return FloatTensor.wrap(pixels.values(), 1, 3, pixels.height(), pixels.width());
        }
    }

    private static FloatTensor both(FloatTensor picture, float[] sample) {
        float[] values = Arrays.copyOf(picture.values(), picture.values().length + sample.length);
        System.arraycopy(sample, 0, values, picture.values().length, sample.length);
        return FloatTensor.wrap(values, 1, 2 * picture.dim(1), picture.dim(2), picture.dim(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_131x97", "c_120x200"})
    void everyStepFromThePictureToTheDecodedOneMatches(String image) throws IOException {
        Golden golden = new Golden("marigold", image);
        LatentDiffusion diffusion = LatentDiffusion.open(Goldens.path("marigold"));
        try (Networks networks = golden.networks(diffusion)) {
            FloatTensor pixels = golden.prepared(diffusion);
            golden.assertEqual("pixel_values", pixels, 1e-5);
            FloatTensor picture = networks.encode(pixels);
            golden.assertEqual("image_latent", picture.values(), LATENT);
            float[] sample = Goldens.part(golden.array("init_latents").toFloats(), 0, picture.values().length);
            List<DenoisingStep> steps = Scheduler.of(diffusion.scheduler()).steps(diffusion.defaultSteps());
            assertThat(steps).hasSize(4);
            for (int i = 0; i < steps.size(); i++) {
                String name = "step" + i + "_t" + steps.get(i).timestep();
                float[] output = networks.predict(both(picture, sample), steps.get(i).timestep()).values();
                golden.assertEqual(name + "_unet_out", output, LATENT);
                sample = steps.get(i).next(sample, output, null);
                golden.assertEqual(name + "_latent", sample, LATENT);
            }
            golden.assertEqual("ens1_latent", sample, LATENT);
            golden.assertEqual("vae_decoded_rgb", networks.decode(FloatTensor.wrap(sample, picture.shape())), DEPTH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_131x97", "c_120x200"})
    void membersAndTheirCombinationMatch(String image) throws IOException {
        Golden golden = new Golden("marigold", image);
        DiffusionOptions options = DiffusionOptions.defaults()
                .withNoise(InitialNoise.Given.of(golden.array("init_latents"), "stored"));
        try (MarigoldEstimator estimator = MarigoldEstimator.open(Goldens.path("marigold"), 1, options)) {
            golden.assertDepth("ens1_", estimator.estimate(golden.picture()), true);
        }
        float[] members = golden.array("ens3_members").toFloats();
        try (Marigold estimator = Marigold.open(Goldens.path("marigold"), OnnxRuntimeEngine.instance(), 1,
                options.withEnsemble(3))) {
            int[] size = golden.array("ens1_depth_proc").shape();
            List<Plane> found = estimator.members(estimator.prepare(golden.picture()), size[0], size[1],
                    DenoisingListener.silent());
            for (int m = 0; m < 3; m++) {
                assertThat(
                        Goldens.largestDifference(found.get(m).toArray(), Goldens.part(members, m, size[0] * size[1])))
                        .isLessThan(DEPTH);
            }
            Ensemble ranges = Ensemble.of(found,
                    EnsembleOptions.defaults().withAlignment(EnsembleOptions.Alignment.RANGE));
            golden.assertEqual("ens3_minmax_median_only", ranges.depth().toArray(), 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"a_131x97,1", "a_131x97,2", "a_131x97,4", "c_120x200,1", "c_120x200,2", "c_120x200,4"})
    void consistencyModelsMatch(String image, int count) throws IOException {
        Golden golden = new Golden("marigold_lcm", image);
        LatentDiffusion diffusion = LatentDiffusion.open(GoldenVariants.complete("marigold_lcm"));
        float[] initial = golden.array("init_latents").toFloats();
        NdArray later = golden.array("step_noises");
        try (Networks networks = golden.networks(diffusion)) {
            FloatTensor picture = networks.encode(golden.prepared(diffusion));
            float[] sample = initial;
            List<DenoisingStep> steps = Scheduler.of(diffusion.scheduler()).steps(count);
            for (int i = 0; i < count; i++) {
                float[] output = networks.predict(both(picture, sample), steps.get(i).timestep()).values();
                float[] noise = steps.get(i).addsNoise() ? Goldens.part(later.toFloats(), i, sample.length) : null;
                sample = steps.get(i).next(sample, output, noise);
            }
            golden.assertEqual("steps" + count + "_latent", sample, LATENT);
        }
        float[] draws = Arrays.copyOf(initial, initial.length + later.toFloats().length);
        System.arraycopy(later.toFloats(), 0, draws, initial.length, later.toFloats().length);
        int[] shape = later.shape();
        InitialNoise noise = InitialNoise.Given.of(NdArray.ofFloats(draws, 1, 4, shape[1], shape[2], shape[3]),
                "stored");
        try (MarigoldEstimator estimator = MarigoldEstimator.open(GoldenVariants.complete("marigold_lcm"), 1,
                DiffusionOptions.defaults().withSteps(count).withNoise(noise))) {
            golden.assertDepth("steps" + count + "_", estimator.estimate(golden.picture()), count == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_131x97", "c_120x200"})
    void modelFineTunedEndToEndMatchesWithDefaultOptions(String image) throws IOException {
        Golden golden = new Golden("marigold_e2e", image);
        LatentDiffusion diffusion = LatentDiffusion.open(GoldenVariants.complete("marigold_e2e"));
        try (Networks networks = golden.networks(diffusion)) {
            FloatTensor picture = networks.encode(golden.prepared(diffusion));
            float[] zeros = new float[picture.values().length];
            DenoisingStep step = Scheduler.of(diffusion.scheduler()).steps(diffusion.defaultSteps()).getFirst();
            float[] output = networks.predict(both(picture, zeros), step.timestep()).values();
            golden.assertEqual("unet_out", output, LATENT);
            golden.assertEqual("pred_original_sample", step.clean(zeros, output), LATENT);
            golden.assertEqual("latent", step.next(zeros, output, null), LATENT);
        }
        try (MarigoldEstimator estimator = MarigoldEstimator.open(GoldenVariants.complete("marigold_e2e"), 1,
                DiffusionOptions.defaults())) {
            golden.assertDepth("", estimator.estimate(golden.picture()), true);
        }
    }
}
