package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.images.ReadOptions;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.pnm.Pfm;
import fathom.raster.Plane;
import fathom.raster.resampling.Resampling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CompareFilesTest {
    private static final int HEIGHT = 12;
    private static final int WIDTH = 16;

    @TempDir
    Path folder;

    private Path truth;
    private Plane depth;

    @BeforeEach
    void write() throws IOException {
        float[] metres = new float[HEIGHT * WIDTH];
        for (int i = 0; i < metres.length; i++) {
            metres[i] = 1 + (i * i % 37) / 10f;
        }
        depth = Plane.wrap(metres, HEIGHT, WIDTH);
        truth = folder.resolve("truth.npy");
        Npy.write(truth, Plane.wrap(shifted(metres), HEIGHT, WIDTH));
    }

    private static float[] shifted(float[] metres) {
        float[] other = metres.clone();
        for (int i = 0; i < other.length; i += 3) {
            other[i] += 0.25f;
        }
        return other;
    }

    private Path npz(String... names) throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (String name : names) {
            arrays.put(name, NdArray.of(depth));
        }
        Path file = folder.resolve("prediction.npz");
        Npz.write(file, arrays);
        return file;
    }

    private Scores compare(String protocol, Path prediction) throws IOException, UnscorableException {
        return CompareFiles.run(truth, prediction, new CompareFiles.Options(Protocol.named(protocol), Optional.empty(),
                Optional.empty(), Optional.empty(), Resampling.TORCH_BICUBIC, ReadOptions.DEFAULT, ReadOptions.DEFAULT));
    }

    @Test
    void formatIsDeterminedByContentNotByName() throws Exception {
        Path npy = folder.resolve("prediction.npy");
        Npy.write(npy, depth);
        Path misnamed = folder.resolve("prediction.png");
        Npy.write(misnamed, depth);
        Path pfm = folder.resolve("prediction.dat");
        Pfm.write(pfm, depth);
        for (String protocol : new String[]{"arrays", "article-fixed"}) {
            Scores expected = compare(protocol, npy);
            assertThat(expected.value(Metric.RMSE).orElseThrow()).isPositive();
            for (Path file : new Path[]{misnamed, npz("depth"), pfm}) {
                assertThat(compare(protocol, file)).as(protocol + " " + file).isEqualTo(expected);
            }
        }
    }

    @Test
    void anArchiveOfSeveralArraysIsRefusedWithTheirNames() throws IOException {
        Path several = npz("depth", "confidence");
        for (String protocol : new String[]{"arrays", "article-fixed"}) {
            assertThatThrownBy(() -> compare(protocol, several)).isInstanceOf(FormatException.class)
                    .hasMessageContaining("prediction.npz").hasMessageContaining("found 2: depth, confidence");
        }
    }

    @Test
    void defaultProtocolDependsOnTheContent() throws IOException {
        Path misnamed = folder.resolve("numbers.png");
        Npy.write(misnamed, depth);
        assertThat(CompareFiles.defaultProtocol(truth, misnamed)).isEqualTo("article-fixed");
    }
}
