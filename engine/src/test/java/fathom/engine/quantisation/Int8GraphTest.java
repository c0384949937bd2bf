package fathom.engine.quantisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.graph.ConvParameters;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Node;
import fathom.graph.OnnxModel;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.graph.Value;
import fathom.raster.FloatTensor;
import fathom.weights.DerivedFiles;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Compares graphs in 8 bits with the same arithmetic in double precision, for arbitrary seeds. */
class Int8GraphTest {
    private static final int LEVELS = 255;

    @TempDir
    Path folder;

    private static float[] normal(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    private static Value tensor(GraphBuilder g, String name, Shape shape, float[] values) {
        return g.tensor(new Tensor(name, DataType.FLOAT32, shape, Tensor.Inline.of(values)));
    }

    private static Map<String, FloatTensor> run(OnnxModel model, Map<String, FloatTensor> inputs) {
        try (Session session = OnnxRuntimeEngine.instance().open(model,
                new SessionSettings(2, Optional.of(Path.of("/")), SessionSettings.CopiedWeights.ALL))) {
            return session.run(inputs);
        }
    }

    private static Map<String, Float> single(Map<String, FloatTensor> outputs) {
        Map<String, Float> single = new HashMap<>();
        outputs.forEach((name, tensor) -> {
            if (tensor.values().length == 1) {
                single.put(name, tensor.values()[0]);
            }
        });
        return single;
    }

    private Path source(long seed) throws IOException {
        return Files.writeString(folder.resolve("weights" + seed), "seed " + seed).toRealPath();
    }

    private Int8Weights weights(OnnxModel model, long seed, Map<String, FloatTensor> inputs) throws IOException {
        return Int8Weights.of(model, Path.of("/"), List.of(source(seed)), "test", () -> {
            Calibration calibration = new Calibration();
            calibration.add(model, measuring -> single(run(measuring, inputs)));
            return calibration;
        }, all -> new Int8Weights.Choice(Set.of(), 0.01));
    }

    /** Returns {@code value} quantised with a scale, as levels from 0. */
    private static int level(double value, double scale, int zero) {
        return (int) Math.clamp(Math.rint(value / scale) + zero, 0, LEVELS);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 44, 507})
    void linearLayersMultiplyLevels(long seed) throws IOException {
        Random random = new Random(seed);
        int rows = 5;
        int in = 37;
        int out = 19;
        float[] x = normal(random, rows * in, 2);
        float[] w = normal(random, out * in, 0.3);
        float[] b = normal(random, out, 1);
        GraphBuilder g = new GraphBuilder("linear");
        Value input = g.input("x", DataType.FLOAT32, Shape.of(rows, in));
        // Inputs of the graph are not quantised, so an operation is needed in between.
        Value doubled = g.add(input, input);
        g.output("y", g.linear(doubled, tensor(g, "w", Shape.of(out, in), w), tensor(g, "b", Shape.of(out), b)));
        Map<String, FloatTensor> feeds = Map.of("x", FloatTensor.wrap(x, rows, in));
        OnnxModel eight = Int8Graph.of(g.build(), weights(g.build(), seed, feeds), Path.of("/"), Set.of());
        assertThat(eight.nodes()).extracting(Node::operator).contains("MatMulIntegerToFloat").doesNotContain("Gemm");
        float[] found = run(eight, feeds).get("y").values();

        double low = 0;
        double high = 0;
        for (float value : x) {
            low = Math.min(low, 2.0 * value);
            high = Math.max(high, 2.0 * value);
        }
        double scale = (high - low) / LEVELS;
        int zero = (int) Math.rint(-low / scale);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < out; column++) {
                double largest = 0;
                for (int k = 0; k < in; k++) {
                    largest = Math.max(largest, Math.abs(w[column * in + k]));
                }
                double step = largest / 63;
                double sum = 0;
                for (int k = 0; k < in; k++) {
                    int level = level(2.0 * x[row * in + k], scale, zero) - zero;
                    sum += level * scale * Math.rint(w[column * in + k] / step) * step;
                }
                // A product between two levels may be rounded to either side in single precision.
                assertThat((double) found[row * out + column]).isCloseTo(sum + b[column],
                        Offset.offset(2 * scale * largest));
            }
        }
    }

    /** conv, relu, conv over a map that stays in 8 bits in between. */
    private static GraphBuilder chain(Random random, int size, boolean readTwice) {
        GraphBuilder g = new GraphBuilder("chain");
        Value input = g.input("x", DataType.FLOAT32, Shape.of(1, 9, size, size));
        Value start = g.add(input, input);
        g.scope("first");
        Value first = g.relu(g.conv(start, tensor(g, "first", Shape.of(12, 9, 3, 3), normal(random, 12 * 81, 0.2)),
                tensor(g, "first bias", Shape.of(12), normal(random, 12, 0.5)), ConvParameters.PLAIN.pad(1)));
        Value second = g.conv(first, tensor(g, "second", Shape.of(10, 12, 3, 3), normal(random, 120 * 9, 0.2)),
                ConvParameters.PLAIN.pad(1));
        g.output("y", second);
        if (readTwice) {
            g.output("features", first);
        }
        return g;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 90, 1234})
    void chainsOfConvolutionsStayNearFloat32(long seed) throws IOException {
        Random random = new Random(seed);
        GraphBuilder g = chain(random, 14, false);
        Map<String, FloatTensor> feeds = Map.of("x", FloatTensor.wrap(normal(random, 9 * 196, 1), 1, 9, 14, 14));
        OnnxModel eight = Int8Graph.of(g.build(), weights(g.build(), seed, feeds), Path.of("/"), Set.of());
        assertThat(eight.nodes()).extracting(Node::operator).containsOnlyOnce("QuantizeLinear", "DequantizeLinear")
                .doesNotContain("Conv", "Relu");
        float[] exact = run(g.build(), feeds).get("y").values();
        float[] found = run(eight, feeds).get("y").values();
        assertThat(relativeDifference(found, exact)).isLessThan(0.03).isGreaterThan(0);
    }

    @Test
    void mapsWithOtherReadersAreDequantized() throws IOException {
        Random random = new Random(8);
        GraphBuilder g = chain(random, 6, true);
        Map<String, FloatTensor> feeds = Map.of("x", FloatTensor.wrap(normal(random, 9 * 36, 1), 1, 9, 6, 6));
        OnnxModel eight = Int8Graph.of(g.build(), weights(g.build(), 8, feeds), Path.of("/"), Set.of());
        float[] exact = run(g.build(), feeds).get("features").values();
        float[] found = run(eight, feeds).get("features").values();
        assertThat(relativeDifference(found, exact)).isLessThan(0.03);
        for (float value : found) {
            assertThat(value).isNotNegative();
        }
    }

    private static double relativeDifference(float[] found, float[] exact) {
        double squares = 0;
        double size = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += Math.pow((double) found[i] - exact[i], 2);
            size += Math.pow(exact[i], 2);
        }
        return Math.sqrt(squares / size);
    }

    @Test
    void weightsAreCreatedOnceAndAgainIfDamaged() throws IOException {
        Random random = new Random(77);
        GraphBuilder g = chain(random, 7, false);
        OnnxModel model = g.build();
        Map<String, FloatTensor> feeds = Map.of("x", FloatTensor.wrap(normal(random, 9 * 49, 1), 1, 9, 7, 7));
        Path source = source(77);
        List<String> asked = new ArrayList<>();
        Runnable open = () -> {
            try {
                Int8Weights.of(model, Path.of("/"), List.of(source), "once", () -> {
                    asked.add("calibration");
                    Calibration calibration = new Calibration();
                    calibration.add(model, measuring -> single(run(measuring, feeds)));
                    return calibration;
                }, all -> new Int8Weights.Choice(Set.of(), 0.01));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        open.run();
        open.run();
        assertThat(asked).hasSize(1);
        Path kept = DerivedFiles.of(folder).stream().map(DerivedFiles.Derived::file).findFirst().orElseThrow();
        Files.write(kept, new byte[20]);
        open.run();
        assertThat(asked).hasSize(2);
    }

    @Test
    void calibrationRejectsNonFiniteValues() {
        GraphBuilder g = chain(new Random(4), 5, false);
        Calibration calibration = new Calibration();
        assertThatThrownBy(() -> calibration.add(g.build(), measuring -> {
            Map<String, Float> extremes = new HashMap<>();
            measuring.outputs().forEach(output -> extremes.put(output.name(), Float.NaN));
            return extremes;
        })).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("expected finite numbers");
    }

    @Test
    void rangesKeepZeroExact() {
        Range range = Range.of(0.3f, 2);
        assertThat(range.zero()).isZero();
        assertThat(range.scale()).isEqualTo(2f / LEVELS);
        assertThat(Range.of(-1, -0.5f).zero()).isEqualTo(LEVELS);
        assertThat(Range.of(0, 0).scale()).isEqualTo(1);
    }
}
