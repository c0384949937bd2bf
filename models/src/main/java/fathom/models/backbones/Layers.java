package fathom.models.backbones;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.ConvParameters;
import fathom.graph.Tensor;
import fathom.graph.Value;
import fathom.weights.Checkpoint;

/**
 * Layers as PyTorch names them: a layer called {@code name} takes its weights from the tensors {@code name.weight} and
 * {@code name.bias}, whose shapes follow from the operand and the layer's own sizes. A weight that is missing or has
 * another shape is a {@link fathom.weights.CheckpointException}.
 *
 * @param g the graph that grows
 * @param weights where the weights come from
 */
public record Layers(GraphBuilder g, Checkpoint weights) {
    /** The tensor {@code name}, which must have this shape. */
    public Value weight(String name, int... shape) {
        return g.tensor(weights.graphTensor(weights.require(name, Shape.of(shape))));
    }

    /** The tensor {@code name}, which must have this shape, as numbers. */
    public float[] numbers(String name, int... shape) {
        return weights.floats(weights.require(name, Shape.of(shape)));
    }

    /** Numbers that were computed from weights, as a constant named {@code name}. */
    public Value derived(String name, Shape shape, float[] values) {
        return g.tensor(new Tensor(name, DataType.FLOAT32, shape, Tensor.Inline.of(values)));
    }

    /** x [M, in] → [M, out]. */
    public Value linear(String name, Value x, int out) {
        g.scope(name);
        return g.linear(x, weight(name + ".weight", out, x.dim(1)), weight(name + ".bias", out));
    }

    /** x [M, in] → [M, out] without bias. */
    public Value linearWithoutBias(String name, Value x, int out) {
        g.scope(name);
        return g.linear(x, weight(name + ".weight", out, x.dim(1)));
    }

    /** x [N, in, H, W] → [N, out, h, w] with a square kernel and bias. */
    public Value conv(String name, Value x, int out, int kernel, ConvParameters window) {
        g.scope(name);
        return g.conv(x, weight(name + ".weight", out, x.dim(1) / window.groups(), kernel, kernel),
                weight(name + ".bias", out), window);
    }

    /** x [N, in, H, W] → [N, out, h, w] with a square kernel, without bias. */
    public Value convWithoutBias(String name, Value x, int out, int kernel, ConvParameters window) {
        g.scope(name);
        return g.conv(x, weight(name + ".weight", out, x.dim(1) / window.groups(), kernel, kernel), window);
    }

    /** x [N, in, H, W] → [N, out, H·k, W·k]: transposed convolution whose kernel is its stride. */
    public Value enlarge(String name, Value x, int out, int factor) {
        g.scope(name);
        return g.convTranspose(x, weight(name + ".weight", x.dim(1), out, factor, factor),
                weight(name + ".bias", out), ConvParameters.stride(factor));
    }

    /** As {@link #enlarge}, without bias. */
    public Value enlargeWithoutBias(String name, Value x, int out, int factor) {
        g.scope(name);
        return g.convTranspose(x, weight(name + ".weight", x.dim(1), out, factor, factor),
                g.constant(Shape.of(out), new float[out]), ConvParameters.stride(factor));
    }

    /** Normalises the last axis. */
    public Value layerNorm(String name, Value x, double epsilon) {
        g.scope(name);
        return g.layerNorm(x, weight(name + ".weight", x.dim(-1)), weight(name + ".bias", x.dim(-1)), epsilon);
    }

    /** Normalises each channel of x [N, C, H, W] with the statistics of training, PyTorch's default epsilon. */
    public Value batchNorm(String name, Value x) {
        return batchNorm(name, x, 1e-5);
    }

    /** Normalises each channel of x [N, C, H, W] with the statistics of training. */
    public Value batchNorm(String name, Value x, double epsilon) {
        int channels = x.dim(1);
        g.scope(name);
        return g.batchNorm(x, weight(name + ".weight", channels), weight(name + ".bias", channels),
                weight(name + ".running_mean", channels), weight(name + ".running_var", channels), epsilon);
    }
}
