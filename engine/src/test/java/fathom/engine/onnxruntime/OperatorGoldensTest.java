package fathom.engine.onnxruntime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import fathom.engine.EngineException;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.graph.ConvParameters;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.graph.Value;
import fathom.raster.FloatTensor;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the builder's operations compute, against PyTorch. Tolerance: 1e-5 of the largest absolute value, 2e-5 for
 * convolutions and attention, whose sums may be taken in another order, 5e-5 for layer normalisation, where PyTorch's own
 * value of a constant row is 4e-5 off the exact one.
 */
class OperatorGoldensTest {
    private static final Map<String, BiFunction<GraphBuilder, Map<String, Value>, Value>> OPERATIONS = operations();

    private static Map<String, BiFunction<GraphBuilder, Map<String, Value>, Value>> operations() {
        Map<String, BiFunction<GraphBuilder, Map<String, Value>, Value>> operations = new LinkedHashMap<>();
        operations.put("act_gelu", (g, v) -> g.gelu(v.get("x")));
        operations.put("act_relu", (g, v) -> g.relu(v.get("x")));
        operations.put("act_sigmoid", (g, v) -> g.sigmoid(v.get("x")));
        operations.put("act_softplus", (g, v) -> g.softplus(v.get("x")));
        for (double epsilon : new double[]{1e-12, 1e-6, 1e-5}) {
            String name = epsilon == 1e-12 ? "1e-12" : epsilon == 1e-6 ? "1e-06" : "1e-05";
            operations.put("layer_norm_eps" + name, (g, v) -> g.layerNorm(v.get("x"), v.get("w"), v.get("b"), epsilon));
        }
        operations.put("group_norm_8", (g, v) -> g.groupNorm(v.get("x"), 8, v.get("w"), v.get("b"), 1e-5));
        operations.put("batch_norm_eval",
                (g, v) -> g.batchNorm(v.get("x"), v.get("w"), v.get("b"), v.get("mean"), v.get("var"), 1e-5));
        operations.put("softmax_last", (g, v) -> g.softmax(v.get("x"), -1));
        conv(operations, "conv_k3s1p1", ConvParameters.PLAIN.pad(1));
        conv(operations, "conv_k3s2p1", ConvParameters.stride(2).pad(1));
        conv(operations, "conv_k7s4p3", ConvParameters.stride(4).pad(3));
        conv(operations, "conv_k1", ConvParameters.PLAIN);
        conv(operations, "conv_k16s16", ConvParameters.stride(16));
        conv(operations, "conv_dw3", ConvParameters.PLAIN.pad(1).group(6));
        conv(operations, "conv_k3d2p2", ConvParameters.PLAIN.pad(2).dilate(2));
        conv(operations, "conv_k8s8_sr", ConvParameters.stride(8));
        conv(operations, "conv_g2", ConvParameters.PLAIN.pad(1).group(2));
        conv(operations, "conv_k3s2_pad0101_vae", ConvParameters.stride(2).pad(0, 0, 1, 1));
        operations.put("conv_transpose_k2s2",
                (g, v) -> g.convTranspose(v.get("x"), v.get("w"), v.get("b"), ConvParameters.stride(2)));
        operations.put("conv_transpose_k4s4",
                (g, v) -> g.convTranspose(v.get("x"), v.get("w"), v.get("b"), ConvParameters.stride(4)));
        operations.put("linear", (g, v) -> g.linear(v.get("x"), v.get("w"), v.get("b")));
        operations.put("attention", (g, v) -> {
            Value scores = g.mul(g.matMul(v.get("q"), g.transpose(v.get("k"), 0, 1, 3, 2)),
                    g.scalar(0.35355339059327373f));
            return g.matMul(g.softmax(scores, -1), v.get("v"));
        });
        return operations;
    }

    private static void conv(Map<String, BiFunction<GraphBuilder, Map<String, Value>, Value>> operations, String name,
            ConvParameters window) {
        operations.put(name, (g, v) -> g.conv(v.get("x"), v.get("w"), v.get("b"), window));
    }

    static Stream<String> names() {
        return OPERATIONS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void operationEqualsTorch(String name) throws IOException {
        Path folder = Path.of(System.getProperty("fathom.goldens"), "ops");
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String fileName = file.getFileName().toString();
                if (fileName.startsWith(name + ".") && !fileName.endsWith(".out.npy")) {
                    inputs.put(fileName.substring(name.length() + 1, fileName.length() - 4), tensor(file));
                }
            }
        }
        FloatTensor expected = tensor(folder.resolve(name + ".out.npy"));
        double tolerance = name.startsWith("layer_norm")
                ? 5e-5
                : name.contains("conv") || name.equals("attention") ? 2e-5 : 1e-5;
        assertWithin(run(inputs, OPERATIONS.get(name)), expected, tolerance);
    }

    /** The fused operator against the plain one, whose golden is {@code attention}. */
    @ParameterizedTest
    @CsvSource({"1, 9, 4, 6, false", "2, 13, 3, 8, false", "1, 37, 4, 12, true", "1, 600, 2, 64, false",
            "1, 300, 2, 64, true"})
    void fusedAttentionEqualsPlain(int batch, int tokens, int heads, int width, boolean biased) {
        Random random = new Random(tokens);
        Map<String, FloatTensor> inputs = new HashMap<>();
        for (String name : new String[]{"q", "k", "v"}) {
            inputs.put(name, random(random, batch, tokens, heads * width));
        }
        if (biased) {
            inputs.put("bias", random(random, 1, heads, tokens, tokens));
        }
        double scale = 1 / Math.sqrt(width);
        FloatTensor fused = run(inputs,
                (g, v) -> biased
                        ? g.attention(v.get("q"), v.get("k"), v.get("v"), v.get("bias"), heads, scale)
                        : g.attention(v.get("q"), v.get("k"), v.get("v"), heads, scale));
        FloatTensor plain = run(inputs, (g, v) -> {
            Value q = split(g, v.get("q"), heads);
            Value k = split(g, v.get("k"), heads);
            Value scores = g.mul(g.matMul(q, g.transpose(k, 0, 1, 3, 2)), g.scalar((float) scale));
            Value attended = g.matMul(g.softmax(biased ? g.add(scores, v.get("bias")) : scores, -1),
                    split(g, v.get("v"), heads));
            return g.reshape(g.transpose(attended, 0, 2, 1, 3), batch, tokens, heads * width);
        });
        assertWithin(fused, plain, 2e-5);
    }

    private static Value split(GraphBuilder g, Value x, int heads) {
        return g.transpose(g.reshape(x, x.dim(0), x.dim(1), heads, x.dim(2) / heads), 0, 2, 1, 3);
    }

    /** Values of PyTorch's {@code interpolate}, or of TensorFlow 1, for the row 0, 1, 4, 9 brought to 6 columns. */
    @ParameterizedTest
    @CsvSource({"LINEAR, 0 0.5 1.5 3.5 6.5 9", "LINEAR_ALIGNED, 0 0.6 1.6 3.4 6 9",
            "CUBIC, -0.0868056 0.21875 1.430555 3.152778 6.78125 9.434029",
            "CUBIC_ALIGNED, 0 0.288 1.504 3.016 6.264 9", "LINEAR_CORNER, 0 0.6666667 2 4 7.3333333 9"})
    void resizeEqualsTheReference(ResizeMode resizing, String expected) {
        FloatTensor row = FloatTensor.wrap(new float[]{0, 1, 4, 9}, 1, 1, 1, 4);
        float[] found = run(Map.of("x", row), (g, v) -> g.resize(v.get("x"), 1, 6, resizing)).values();
        String[] values = expected.split(" ");
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(Float.parseFloat(values[i]), Offset.offset(1e-5f));
        }
    }

    @Test
    void externalTensorOutsideItsFileIsAnEngineError() {
        GraphBuilder g = new GraphBuilder("external");
        Value w = g.tensor(new Tensor("w", DataType.FLOAT32, Shape.of(4), new Tensor.External("no/such/file", 0, 16)));
        g.output("y", g.relu(w));
        assertThatThrownBy(
                () -> OnnxRuntimeEngine.instance().open(g.build(), new SessionSettings(1, Optional.of(Path.of("/")))))
                .isInstanceOf(EngineException.class).hasMessageContaining("loading the graph external");
    }

    private static FloatTensor run(Map<String, FloatTensor> inputs,
            BiFunction<GraphBuilder, Map<String, Value>, Value> operation) {
        GraphBuilder g = new GraphBuilder("operation");
        Map<String, Value> values = new HashMap<>();
        inputs.forEach((name, tensor) -> values.put(name, g.input(name, DataType.FLOAT32, Shape.of(tensor.shape()))));
        Value result = operation.apply(g, values);
        g.output("result", result);
        try (Session session = OnnxRuntimeEngine.instance().open(g.build(), new SessionSettings(1, Optional.empty()))) {
            FloatTensor found = session.run(inputs).get("result");
            assertThat(Shape.of(found.shape())).as("the shape that the builder foretold").isEqualTo(result.shape());
            return found;
        }
    }

    private static FloatTensor random(Random random, int... extents) {
        Shape shape = Shape.of(extents);
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return FloatTensor.wrap(values, shape.toArray());
    }

    private static FloatTensor tensor(Path file) throws IOException {
        NdArray array = Npy.read(file);
        return FloatTensor.wrap(array.toFloats(), array.shape());
    }

    private static void assertWithin(FloatTensor found, FloatTensor expected, double relative) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.values().length; i++) {
            largest = Math.max(largest, Math.abs(expected.values()[i]));
            worst = Math.max(worst, Math.abs((double) found.values()[i] - expected.values()[i]));
        }
        assertThat(worst).isLessThanOrEqualTo(relative * largest);
    }
}
