package fathom.benchmarks;

import java.util.concurrent.TimeUnit;

import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmarks of resizing to the input of a model (480 x 640 to 384 x 384, 8-bit RGB) and back (384 x 384 to 480 x 640,
 * float32).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResamplingBenchmark {
    /** Creates the benchmark. */
    public ResamplingBenchmark() {}

    /** A prediction that is resized to the picture. */
    @State(Scope.Benchmark)
    public static class Floats {
        /** The kernel. */
        @Param({"torch-bilinear", "torch-bicubic", "opencv-cubic", "opencv-area", "pillow-bicubic"})
        public String kernel = "torch-bicubic";

        private final Plane source = Pictures.depth(384, 384, 1);
        private final Plane target = Plane.allocate(480, 640);

        /** Creates the planes. */
        public Floats() {}
    }

    /** A picture that is resized to the input of a model. */
    @State(Scope.Benchmark)
    public static class Bytes {
        /** The kernel. */
        @Param({"pillow-bilinear", "pillow-bicubic", "pillow-lanczos", "opencv-cubic"})
        public String kernel = "pillow-bicubic";

        private final RgbImage source = Pictures.rgb(480, 640, 1);
        private final RgbImage target = RgbImage.allocate(384, 384);

        /** Creates the pictures. */
        public Bytes() {}
    }

    /**
     * Resizes one float32 plane.
     *
     * @param state the kernel and the planes
     * @return the result
     */
    @Benchmark
    public Plane floats(Floats state) {
        Resampling.ofLabel(state.kernel).resizeInto(state.source, state.target);
        return state.target;
    }

    /**
     * Resizes one 8-bit RGB picture.
     *
     * @param state the kernel and the pictures
     * @return the result
     */
    @Benchmark
    public RgbImage bytes(Bytes state) {
        RgbResampling.ofLabel(state.kernel).resizeInto(state.source, state.target);
        return state.target;
    }
}
