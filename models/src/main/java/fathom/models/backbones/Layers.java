package fathom.models.backbones;

import fathom.graph.ConvParameters;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.graph.Value;
import fathom.weights.Checkpoint;

/**
 * Layers with PyTorch's names. A layer called {@code name} uses the tensors {@code name.weight} and {@code name.bias};
 * their shapes follow from the operand and the sizes of the layer. A weight that is missing or has another shape causes
 * a {@link fathom.weights.CheckpointException}.
 *
 * @param g the builder that operations are added to
 * @param weights the checkpoint that contains the weights
 */
public record Layers(GraphBuilder g, Checkpoint weights) {
    /**
     * Returns the tensor {@code name}, which must have this shape.
     *
     * @param name name of the tensor
     * @param shape the expected shape
     * @return a constant of the graph
     */
    public Value weight(String name, int... shape) {
        return g.tensor(weights.graphTensor(weights.require(name, Shape.of(shape))));
    }

    /**
     * Returns the values of the tensor {@code name}, which must have this shape.
     *
     * @param name name of the tensor
     * @param shape the expected shape
     * @return the values, row-major
     */
    public float[] numbers(String name, int... shape) {
        return weights.floats(weights.require(name, Shape.of(shape)));
    }

    /**
     * Adds a constant whose values were computed from weights.
     *
     * @param name name of the constant
     * @param shape its shape
     * @param values its values, row-major
     * @return the constant
     */
    public Value derived(String name, Shape shape, float[] values) {
        return g.tensor(new Tensor(name, DataType.FLOAT32, shape, Tensor.Inline.of(values)));
    }

    /**
     * Adds a linear layer with bias: x [M, in] → [M, out].
     *
     * @param name name of the layer
     * @param x the operand
     * @param out number of outputs
     * @return the result
     */
    public Value linear(String name, Value x, int out) {
        g.scope(name);
        return g.linear(x, weight(name + ".weight", out, x.dim(1)), weight(name + ".bias", out));
    }

    /**
     * Adds a linear layer without bias: x [M, in] → [M, out].
     *
     * @param name name of the layer
     * @param x the operand
     * @param out number of outputs
     * @return the result
     */
    public Value linearWithoutBias(String name, Value x, int out) {
        g.scope(name);
        return g.linear(x, weight(name + ".weight", out, x.dim(1)));
    }

    /**
     * Adds a convolution with a square kernel and bias: x [N, in, H, W] → [N, out, h, w].
     *
     * @param name name of the layer
     * @param x the operand
     * @param out output channels
     * @param kernel side of the kernel
     * @param window stride, padding, dilation and groups
     * @return the result
     */
    public Value conv(String name, Value x, int out, int kernel, ConvParameters window) {
        g.scope(name);
        return g.conv(x, weight(name + ".weight", out, x.dim(1) / window.groups(), kernel, kernel),
                weight(name + ".bias", out), window);
    }

    /**
     * Adds a convolution with a square kernel, without bias: x [N, in, H, W] → [N, out, h, w].
     *
     * @param name name of the layer
     * @param x the operand
     * @param out output channels
     * @param kernel side of the kernel
     * @param window stride, padding, dilation and groups
     * @return the result
     */
    public Value convWithoutBias(String name, Value x, int out, int kernel, ConvParameters window) {
        g.scope(name);
        return g.conv(x, weight(name + ".weight", out, x.dim(1) / window.groups(), kernel, kernel), window);
    }

    /**
     * Adds a transposed convolution with bias whose kernel equals its stride: x [N, in, H, W] → [N, out, H·k, W·k].
     *
     * @param name name of the layer
     * @param x the operand
     * @param out output channels
     * @param factor side of the kernel, and the stride
     * @return the result
     */
    public Value enlarge(String name, Value x, int out, int factor) {
        g.scope(name);
        return g.convTranspose(x, weight(name + ".weight", x.dim(1), out, factor, factor), weight(name + ".bias", out),
                ConvParameters.stride(factor));
    }

    /**
     * Adds a transposed convolution without bias whose kernel equals its stride.
     *
     * @param name name of the layer
     * @param x the operand
     * @param out output channels
     * @param factor side of the kernel, and the stride
     * @return the result
     */
    public Value enlargeWithoutBias(String name, Value x, int out, int factor) {
        g.scope(name);
        return g.convTranspose(x, weight(name + ".weight", x.dim(1), out, factor, factor),
                g.constant(Shape.of(out), new float[out]), ConvParameters.stride(factor));
    }

    /**
     * Adds a layer normalisation over the last axis.
     *
     * @param name name of the layer
     * @param x the operand
     * @param epsilon added to the variance
     * @return the result
     */
    public Value layerNorm(String name, Value x, double epsilon) {
        g.scope(name);
        return g.layerNorm(x, weight(name + ".weight", x.dim(-1)), weight(name + ".bias", x.dim(-1)), epsilon);
    }

    /**
     * Adds a batch normalisation of x [N, C, H, W] with the statistics of training and PyTorch's default epsilon.
     *
     * @param name name of the layer
     * @param x the operand
     * @return the result
     */
    public Value batchNorm(String name, Value x) {
        return batchNorm(name, x, 1e-5);
    }

    /**
     * Adds a batch normalisation of x [N, C, H, W] with the statistics of training.
     *
     * @param name name of the layer
     * @param x the operand
     * @param epsilon added to the variance
     * @return the result
     */
    public Value batchNorm(String name, Value x, double epsilon) {
        int channels = x.dim(1);
        g.scope(name);
        return g.batchNorm(x, weight(name + ".weight", channels), weight(name + ".bias", channels),
                weight(name + ".running_mean", channels), weight(name + ".running_var", channels), epsilon);
    }
}
