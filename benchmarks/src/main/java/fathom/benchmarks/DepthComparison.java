package fathom.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.StepProtocol;
import fathom.formats.npy.Npy;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import tools.jackson.databind.JsonNode;

/**
 * The comparison of the pixelwise metrics of one depth map of 480 x 640, after scale and shift by least squares, on one thread
 * with NumPy.
 */
final class DepthComparison {
    private static final int HEIGHT = 480;
    private static final int WIDTH = 640;
    private static final int REPETITIONS = 20;
    private static final List<Metric> METRICS = List.of(Metric.RMSE, Metric.MAE, Metric.ABS_REL, Metric.SQ_REL,
            Metric.RMSE_LOG, Metric.LOG10, Metric.SILOG, Metric.I_MAE, Metric.I_RMSE, Metric.DELTA_1, Metric.DELTA_2,
            Metric.DELTA_3);

    private DepthComparison() {}

    static Comparison run(Peers peers, int rounds, Arithmetic arithmetic) throws IOException, InterruptedException {
        Plane truth = Pictures.depth(HEIGHT, WIDTH, 1);
        Plane prediction = prediction(truth);
        StepProtocol protocol = protocol(arithmetic);
        MeasuredDepth measured = new MeasuredDepth(truth, truth, Mask.ofPositive(truth));
        Prediction predicted = new Prediction(DepthKind.AFFINE, prediction);
        Path folder = Files.createTempDirectory("fathom-benchmark");
        Path truthFile = folder.resolve("gt.npy");
        Path predictionFile = folder.resolve("pred.npy");
        try {
            Npy.write(truthFile, truth);
            Npy.write(predictionFile, prediction);
            Scores scores = repeat(protocol, measured, predicted, 20 * REPETITIONS, new ArrayList<>());
            List<Double> theirs = new ArrayList<>();
            List<Double> ours = new ArrayList<>();
            List<Double> theirProcessor = new ArrayList<>();
            List<Double> ourProcessor = new ArrayList<>();
            String peer = "";
            double theirAbsRel = 0;
            for (int round = 0; round < rounds; round++) {
                JsonNode line = peers.run("bench_depth.py", 1,
                        List.of("--gt", truthFile.toString(), "--pred", predictionFile.toString(), "--reps",
                                Integer.toString(REPETITIONS), "--dtype", arithmetic.label()));
                peer = line.path("peer").asString();
                theirAbsRel = line.path("absrel").asDouble();
                theirs.add(line.path("ms").asDouble() / 1e3);
                theirProcessor.add(line.path("cpu_ms").asDouble() / 1e3);
                List<Double> seconds = new ArrayList<>();
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                repeat(protocol, measured, predicted, REPETITIONS, seconds);
                ourProcessor.add(
                        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9 / REPETITIONS);
                ours.add(new Timings(seconds).median());
            }
            double rate = Machine.readBytesPerSecond();
            long bytes = 2L * Float.BYTES * HEIGHT * WIDTH;
            return new Comparison(
                    METRICS.size() + " pixelwise metrics after least squares, 480 x 640, " + arithmetic.label()
                            + ", one thread, each the median of " + REPETITIONS,
                    peer, new Timings(theirs), new Timings(ours), new Timings(theirProcessor),
                    new Timings(ourProcessor), bytes / rate,
                    String.format(Locale.ROOT, "%d bytes read once at %.1f GB/s", bytes, rate / 1e9),
                    String.format(Locale.ROOT, "absrel %.9f theirs, %.9f ours", theirAbsRel,
                            scores.value(Metric.ABS_REL).orElse(Double.NaN)));
        } finally {
            Files.deleteIfExists(truthFile);
            Files.deleteIfExists(predictionFile);
            Files.delete(folder);
        }
    }

    /** Returns depth of unknown scale and shift with an error of up to 15 %; every twentieth truth pixel loses its value. */
    private static Plane prediction(Plane truth) {
        SplittableRandom random = new SplittableRandom(1);
        Plane prediction = Plane.allocate(HEIGHT, WIDTH);
        for (int i = 0; i < prediction.size(); i++) {
            double depth = truth.array()[i] * (1 + 0.3 * (random.nextDouble() - 0.5));
            prediction.array()[i] = (float) ((depth - 1.5) / 4);
            truth.array()[i] = random.nextInt(20) == 0 ? 0 : truth.array()[i];
        }
        return prediction;
    }

    private static StepProtocol protocol(Arithmetic arithmetic) {
        StepProtocol marigold = (StepProtocol) Protocol.named("marigold");
        StepProtocol wide = marigold.withRange(0.001, 80);
        return new StepProtocol(wide.name(), wide.text(), arithmetic, wide.thresholdIncluded(), wide.pooling(),
                wide.steps(), METRICS);
    }

    private static Scores repeat(StepProtocol protocol, MeasuredDepth truth, Prediction prediction, int times,
            List<Double> seconds) {
        Optional<Scores> scores = Optional.empty();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            try {
                scores = Optional.of(protocol.score(truth, prediction));
            } catch (UnscorableException e) {
                throw new IllegalStateException(e);
            }
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        return scores.orElseThrow();
    }
}
