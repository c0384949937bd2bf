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

/**
 * A measurement of the speed of float32 matrix multiplication on this machine, which bounds the speed of every network.
 */
public final class MatrixRate {
    private static final int SIZE = 1024;
    /** The number of products in one run, large enough that copying the inputs and outputs does not count. */
    private static final int PRODUCTS = 16;
    private static final int RUNS = 5;

    private MatrixRate() {}

    /**
     * Measures the best rate of products of 1024 × 1024 matrices.
     *
     * @param threads the number of threads
     * @return the rate in 10⁹ floating-point operations per second
     */
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
        try (Session session = OnnxRuntimeEngine.instance().open(g.build(),
                new SessionSettings(threads, Optional.empty()))) {
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
