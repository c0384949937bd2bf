package fathom.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import fathom.evaluation.metrics.ImageMetrics;
import fathom.evaluation.metrics.ImageScores;
import fathom.raster.GrayImage;
import tools.jackson.databind.JsonNode;

/** The comparison of RMSE, PSNR and SSIM of one pair of 8-bit pictures of 480 x 640 on one thread with scikit-image. */
final class MetricsComparison {
    private static final int HEIGHT = 480;
    private static final int WIDTH = 640;
    private static final int REPETITIONS = 20;

    private MetricsComparison() {}

    static Comparison run(Peers peers, int rounds) throws IOException, InterruptedException {
        GrayImage truth = Pictures.noise(HEIGHT, WIDTH, 1);
        GrayImage prediction = Pictures.noise(HEIGHT, WIDTH, 2);
        ImageScores scores = ImageMetrics.score(truth, prediction);
        repeat(truth, prediction, 40 * REPETITIONS);
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirProcessor = new ArrayList<>();
        List<Double> ourProcessor = new ArrayList<>();
        String peer = "";
        double theirRmse = 0;
        for (int round = 0; round < rounds; round++) {
            JsonNode line = peers.run("bench_metrics.py", 1, List.of("--reps", Integer.toString(REPETITIONS),
                    "--height", Integer.toString(HEIGHT), "--width", Integer.toString(WIDTH)));
            peer = line.path("peer").asString();
            theirRmse = line.path("rmse").asDouble();
            theirs.add(line.path("all3_ms").asDouble() / 1e3);
            theirProcessor.add(line.path("all3_cpu_ms").asDouble() / 1e3);
            long start = processorNanos();
            ours.add(new Timings(repeat(truth, prediction, REPETITIONS)).median());
            ourProcessor.add((processorNanos() - start) / 1e9 / REPETITIONS);
        }
        double rate = Machine.readBytesPerSecond();
        return new Comparison("rmse + psnr + ssim of 8-bit 480 x 640, one thread, each the median of " + REPETITIONS,
                peer, new Timings(theirs), new Timings(ours), new Timings(theirProcessor), new Timings(ourProcessor),
                2.0 * HEIGHT * WIDTH / rate,
                String.format(Locale.ROOT, "%d bytes read once at %.1f GB/s", 2 * HEIGHT * WIDTH, rate / 1e9),
                String.format(Locale.ROOT,
                        "both of random pictures: rmse %.2f theirs, %.2f ours; equality to 1e-9 is a "
                                + "test of the evaluation module",
                        theirRmse, scores.rmse()));
    }

    /** Returns the processor time of this thread. */
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<Double> repeat(GrayImage truth, GrayImage prediction, int times) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            ImageScores scores = ImageMetrics.score(truth, prediction);
            seconds.add((System.nanoTime() - start) / 1e9);
            if (!(scores.rmse() > 0)) {
                throw new IllegalStateException("rmse of random pictures: expected above 0, found " + scores.rmse());
            }
        }
        return seconds;
    }
}
