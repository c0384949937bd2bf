package fathom.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import fathom.formats.images.Images;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Benchmarks of reading and writing the files of one scene of 480 x 640: a 16-bit depth PNG, a JPEG and a float32 NPY,
 * from and to the page cache.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FormatsBenchmark {
    private final Plane millimetres = Pictures.millimetres(480, 640, 1);
    private final RgbImage picture = Pictures.rgb(480, 640, 1);
    private final Path folder;

    /** Writes the files that the benchmarks read. */
    public FormatsBenchmark() {
        try {
            folder = Files.createTempDirectory("fathom-benchmark");
            Png.writeGray16(folder.resolve("depth.png"), millimetres);
            Jpeg.write(folder.resolve("picture.jpg"), picture, 90);
            Npy.write(folder.resolve("depth.npy"), millimetres);
        } catch (IOException e) {
            throw new UncheckedIOException("writing the files to be read", e);
        }
    }

    /**
     * Deletes the files.
     *
     * @throws IOException if a file cannot be deleted
     */
    @TearDown
    public void clean() throws IOException {
        for (String name : new String[]{"depth.png", "picture.jpg", "depth.npy", "written.png", "written.npy"}) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }

    /**
     * Decodes a 16-bit PNG.
     *
     * @return the values
     * @throws IOException if the file cannot be read
     */
    @Benchmark
    public Plane readPng16() throws IOException {
        return Images.readGray(folder.resolve("depth.png")).values();
    }

    /**
     * Encodes a 16-bit PNG.
     *
     * @throws IOException if the file cannot be written
     */
    @Benchmark
    public void writePng16() throws IOException {
        Png.writeGray16(folder.resolve("written.png"), millimetres);
    }

    /**
     * Decodes a JPEG.
     *
     * @return the picture
     * @throws IOException if the file cannot be read
     */
    @Benchmark
    public RgbImage readJpeg() throws IOException {
        return Images.readRgb(folder.resolve("picture.jpg"));
    }

    /**
     * Encodes a JPEG.
     *
     * @return the bytes
     * @throws IOException never, because the bytes stay in memory
     */
    @Benchmark
    public byte[] encodeJpeg() throws IOException {
        return Jpeg.encode(picture, 90);
    }

    /**
     * Reads a float32 map.
     *
     * @return the values
     * @throws IOException if the file cannot be read
     */
    @Benchmark
    public Plane readNpy() throws IOException {
        return Npy.readPlane(folder.resolve("depth.npy"));
    }

    /**
     * Writes a float32 map.
     *
     * @throws IOException if the file cannot be written
     */
    @Benchmark
    public void writeNpy() throws IOException {
        Npy.write(folder.resolve("written.npy"), millimetres);
    }
}
