package fathom.inference;

import java.util.Map;
import java.util.Optional;

import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.raster.FloatTensor;

/** How fast this machine multiplies matrices of float32: the floor under every network. */
public final class MatrixRate {
    private static final int SIZE = 1024;
    /** Products of one run: so many that bringing the numbers in and out does not count. */
    private static final int PRODUCTS = 16;
    private static final int RUNS = 5;

    private MatrixRate() {}

    /** Best rate of products of 1024 × 1024 matrices with {@code threads} threads, 10⁹ operations per second. */
    public static double gigaflops(int threads) {
        GraphBuilder g = new GraphBuilder("matrix rate");
        Shape shape = Shape.of(SIZE, SIZE);
        Value a = g.input("a", DataType.FLOAT32, shape);
        Value b = g.input("b", DataType.FLOAT32, shape);
        Value product = a;
        for (int i = 0; i < PRODUCTS; i++) {
            product = g.matMul(product, b);
        }
        g.output("product", product);
        float[] numbers = new float[SIZE * SIZE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i % 251 - 125) / 4000f;
        }
        FloatTensor matrix = FloatTensor.wrap(numbers, shape.toArray());
        try (Session session = OnnxRuntimeEngine.instance().open(g.build(), new SessionSettings(threads,
                Optional.empty()))) {
            double best = Double.POSITIVE_INFINITY;
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                session.run(Map.of("a", matrix, "b", matrix));
                best = Math.min(best, (System.nanoTime() - start) / 1e9);
            }
            return g.operations() / best / 1e9;
        }
    }
}
