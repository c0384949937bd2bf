package fathom.engine.quantisation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class Int8LossesTest {
    private static final int WIDTH = 32;
    private static final Path ROOT = Path.of("/");

    @TempDir
    Path folder;

    private static Value weight(GraphBuilder g, String name, Random random, int... extents) {
        Shape shape = Shape.of(extents);
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * 0.2);
        }
        return g.tensor(new Tensor(name, DataType.FLOAT32, shape, Tensor.Inline.of(values)));
    }

    /** Three layers; one channel of the second's input is a thousand times larger, and its weights are small. */
    private static OnnxModel withOutliers() {
        Random random = new Random(5);
        GraphBuilder g = new GraphBuilder("outliers");
        Value x = g.input("x", DataType.FLOAT32, Shape.of(16, WIDTH));
        float[] gain = new float[WIDTH];
        float[] inverse = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            gain[i] = i == 3 ? 1000 : 1;
            inverse[i] = 1 / gain[i];
        }
        Value first = g.linear(g.add(x, x), weight(g, "first", random, WIDTH, WIDTH));
        Value large = g.mul(first,
                g.tensor(new Tensor("gain", DataType.FLOAT32, Shape.of(WIDTH), Tensor.Inline.of(gain))));
        float[] matrix = new float[WIDTH * WIDTH];
        for (int row = 0; row < WIDTH; row++) {
            for (int column = 0; column < WIDTH; column++) {
                matrix[row * WIDTH + column] = (float) random.nextGaussian() * inverse[column];
            }
        }
        Value second = g.linear(large,
                g.tensor(new Tensor("second", DataType.FLOAT32, Shape.of(WIDTH, WIDTH), Tensor.Inline.of(matrix))));
        g.output("y", g.linear(g.relu(second), weight(g, "third", random, WIDTH, WIDTH)));
        return g.build();
    }

    private static Map<String, FloatTensor> run(OnnxModel model, Map<String, FloatTensor> feeds) {
        try (Session session = OnnxRuntimeEngine.instance().open(model,
                new SessionSettings(1, Optional.of(ROOT), SessionSettings.CopiedWeights.ALL))) {
            return session.run(feeds);
        }
    }

    private static Map<String, Float> single(Map<String, FloatTensor> outputs) {
        Map<String, Float> single = new HashMap<>();
        outputs.forEach((name, tensor) -> {
            if (tensor.size() == 1) {
                single.put(name, tensor.number());
            }
        });
        return single;
    }

    private Int8Weights weights(OnnxModel model, Map<String, FloatTensor> feeds, String variant) throws IOException {
        Path source = Files.writeString(folder.resolve("weights"), variant).toRealPath();
        return Int8Weights.of(model, ROOT, List.of(source), variant, () -> {
            Calibration calibration = new Calibration();
            calibration.add(model, measuring -> single(run(measuring, feeds)));
            return calibration;
        }, all -> new Int8Weights.Choice(Set.of(), 0));
    }

    private static Map<String, FloatTensor> normal(String name, int... shape) {
        Random random = new Random(2);
        FloatTensor tensor = FloatTensor.allocate(shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.values()[i] = (float) random.nextGaussian();
        }
        return Map.of(name, tensor);
    }

    @Test
    void layerWithAnOutlierChannelLosesMost() throws IOException {
        OnnxModel model = withOutliers();
        Map<String, FloatTensor> feeds = normal("x", 16, WIDTH);
        Int8Weights weights = weights(model, feeds, "outliers");
        List<String> order = Int8Losses.largestFirst(model, weights, ROOT, measuring -> single(run(measuring, feeds)));
        assertThat(order).hasSize(3).startsWith("second");
        double all = difference(model, weights, Set.of(), feeds);
        double without = difference(model, weights, Set.of("second"), feeds);
        assertThat(all).isGreaterThan(0.2);
        assertThat(without).isLessThan(0.05).isPositive();
        assertThat(difference(model, weights, Set.copyOf(order), feeds)).isZero();
    }

    private static double difference(OnnxModel model, Int8Weights weights, Set<String> inFloat,
            Map<String, FloatTensor> feeds) throws IOException {
        float[] exact = run(model, feeds).get("y").values();
        float[] found = run(Int8Graph.of(model, weights, ROOT, inFloat), feeds).get("y").values();
        double squares = 0;
        double size = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += Math.pow((double) found[i] - exact[i], 2);
            size += Math.pow(exact[i], 2);
        }
        return Math.sqrt(squares / size);
    }

    @Test
    void convolutionsAreMeasuredByThemselvesAndMayStayInFloat() throws IOException {
        Random random = new Random(9);
        GraphBuilder g = new GraphBuilder("chain");
        Value x = g.input("x", DataType.FLOAT32, Shape.of(1, 9, 8, 8));
        Value first = g.relu(g.conv(g.add(x, x), weight(g, "a", random, 12, 9, 3, 3), ConvParameters.PLAIN.pad(1)));
        Value second = g.conv(first, weight(g, "b", random, 12, 12, 3, 3), ConvParameters.PLAIN.pad(1));
        g.output("y", g.conv(second, weight(g, "c", random, 10, 12, 3, 3), ConvParameters.PLAIN.pad(1)));
        OnnxModel model = g.build();
        Map<String, FloatTensor> feeds = normal("x", 1, 9, 8, 8);
        Int8Weights weights = weights(model, feeds, "chain");
        List<String> order = Int8Losses.largestFirst(model, weights, ROOT, measuring -> single(run(measuring, feeds)));
        assertThat(order).containsExactlyInAnyOrder("a", "b", "c");
        for (String kept : order) {
            OnnxModel mixed = Int8Graph.of(model, weights, ROOT, Set.of(kept));
            assertThat(mixed.nodes()).extracting(Node::operator).containsOnlyOnce("Conv").contains("QLinearConv");
            assertThat(difference(model, weights, Set.of(kept), feeds)).as(kept).isBetween(1e-6, 0.05);
        }
    }
}
