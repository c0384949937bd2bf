package fathom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import fathom.formats.Npy;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.inference.PreparedInput;
import fathom.models.preparation.Pixels;
import fathom.raster.Plane;
import tools.jackson.databind.JsonNode;

/** A forward of a full-size model of 384 x 384, batch 1, float32, against PyTorch, on the very same random weights. */
final class ForwardComparison {
    private static final int SIZE = 384;
    private static final int REPETITIONS = 2;
    private static final String PREPROCESSING = """
            {"do_normalize": true, "do_resize": true, "keep_aspect_ratio": false, "resample": 3, "size": 384,
             "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
            """;

    private ForwardComparison() {}

    /** A model that both sides know. Multiplications and additions count separately; they were counted in the peer's layers. */
    enum Model {
        /** DPT on a hybrid of ResNet and ViT, 122 million weights. */
        DPT_HYBRID("dpt-hybrid", 255.2),
        /** DPT on ViT-large, 343 million weights. */
        DPT_LARGE("dpt-large", 516.4);

        private final String label;
        private final double gigaflop;

        Model(String label, double gigaflop) {
            this.label = label;
            this.gigaflop = gigaflop;
        }

        String label() {
            return label;
        }
    }

    static Comparison run(Peers peers, Model model, int rounds, Path work) throws IOException, InterruptedException {
        Path folder = work.resolve(model.label);
        List<String> arguments = List.of("--arch", model.label, "--threads", Integer.toString(peers.threads()),
                "--reps",
                Integer.toString(REPETITIONS));
        if (!Files.exists(folder.resolve("output.npy"))) {
            Files.createDirectories(folder);
            List<String> saving = new ArrayList<>(arguments);
            saving.addAll(List.of("--rich", "--save", folder.toAbsolutePath().toString()));
            peers.run("bench_forward.py", peers.threads(), saving);
        }
        Files.writeString(folder.resolve("preprocessor_config.json"), PREPROCESSING);
        PreparedInput input = new PreparedInput.Numbers(SIZE, SIZE,
                new Pixels(Npy.read(folder.resolve("input.npy")).toFloats(), SIZE, SIZE));
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirCpu = new ArrayList<>();
        List<Double> ourCpu = new ArrayList<>();
        String peer = "";
        double difference;
        try (DepthEstimator estimator = Estimators.open(folder.toString(),
                EstimatorOptions.defaults().withThreads(peers.threads()))) {
            Plane first = estimator.run(input).prediction().values();
            difference = relativeDifference(first.toArray(), Npy.read(folder.resolve("output.npy")).toFloats());
            for (int round = 0; round < rounds; round++) {
                JsonNode line = peers.run("bench_forward.py", peers.threads(), arguments);
                peer = line.path("peer").asString();
                line.path("all_s").forEach(seconds -> theirs.add(seconds.asDouble()));
                theirCpu.add(line.path("cpu_s_median").asDouble());
                for (int i = 0; i < REPETITIONS; i++) {
                    double cpu = Machine.cpuSeconds();
                    long start = System.nanoTime();
                    estimator.run(input);
                    ours.add((System.nanoTime() - start) / 1e9);
                    ourCpu.add(Machine.cpuSeconds() - cpu);
                }
            }
        }
        double rate = gemmGigaflops(peers);
        return new Comparison("forward of " + model.label + ", 384 x 384, float32, " + peers.threads() + " threads",
                peer,
                new Timings(theirs), new Timings(ours), new Timings(theirCpu).median(), new Timings(ourCpu).median(),
                model.gigaflop / rate,
                String.format(Locale.ROOT,
                        "%.1f GFLOP at the %.0f GFLOP/s that the peer's best matrix product reached now",
                        model.gigaflop, rate),
                String.format(Locale.ROOT, "relative difference of the maps %.2g (L2)", difference));
    }

    private static double gemmGigaflops(Peers peers) throws IOException, InterruptedException {
        JsonNode line = peers.run("bench_gemm.py", peers.threads(),
                List.of("--threads", Integer.toString(peers.threads())));
        double best = 0;
        for (JsonNode rate : line.path("gflops")) {
            best = Math.max(best, rate.asDouble());
        }
        if (best <= 0) {
            throw new IOException("bench_gemm.py: expected rates above 0, found " + line);
        }
        return best;
    }

    private static double relativeDifference(float[] ours, float[] theirs) {
        if (ours.length != theirs.length) {
            throw new IllegalStateException(
                    "maps: expected " + theirs.length + " values, as the peer gave, found " + ours.length);
        }
        double difference = 0;
        double size = 0;
        for (int i = 0; i < ours.length; i++) {
            double d = (double) ours[i] - theirs[i];
            difference += d * d;
            size += (double) theirs[i] * theirs[i];
        }
        return Math.sqrt(difference / size);
    }
}
