package fathom.benchmarks;

import java.util.concurrent.TimeUnit;

import fathom.evaluation.metrics.ImageMetrics;
import fathom.evaluation.metrics.ImageScores;
import fathom.evaluation.metrics.SsimOptions;
import fathom.raster.GrayImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmarks of the article's three metrics on two 8-bit pictures of 480 x 640. The lower bound is the time to read
 * 614,400 bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MetricsBenchmark {
    private final GrayImage truth = Pictures.noise(480, 640, 1);
    private final GrayImage prediction = Pictures.noise(480, 640, 2);

    /** Creates the pictures. */
    public MetricsBenchmark() {}

    /**
     * Computes RMSE, PSNR, and SSIM with scikit-image's defaults.
     *
     * @return the scores
     */
    @Benchmark
    public ImageScores rmsePsnrSsim() {
        return ImageMetrics.score(truth, prediction);
    }

    /**
     * Computes SSIM with Gaussian windows, as published by its authors (2004).
     *
     * @return the mean SSIM
     */
    @Benchmark
    public double gaussianSsim() {
        return ImageMetrics.ssim(truth, prediction, SsimOptions.WANG_2004);
    }
}
