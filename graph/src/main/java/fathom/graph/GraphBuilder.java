package fathom.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Builds a graph operation by operation. The shape of each result is known immediately, and operands with wrong shapes
 * are rejected with a {@link ShapeException}. Names of operations follow ONNX. Scopes ({@link #scope}) follow the names
 * in the checkpoint, so that an error or a profile shows the place in the model. Not safe for concurrent use.
 */
public final class GraphBuilder {
    private final String name;
    private final List<Value> inputs = new ArrayList<>();
    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> taps = new LinkedHashMap<>();
    private final Map<String, float[]> runtimeConstants = new LinkedHashMap<>();
    private final Map<String, Long> operations = new HashMap<>();
    private String place = "";

    /**
     * Creates an empty graph.
     *
     * @param name name of the graph
     */
    public GraphBuilder(String name) {
        this.name = name;
    }

    /** {@return the graph that was built so far, without nodes and tensors that no output needs} */
    public OnnxModel build() {
        Map<String, String> outputNames = new HashMap<>();
        List<Value> renamed = new ArrayList<>();
        outputs.forEach((output, value) -> {
            outputNames.put(value.name(), output);
            renamed.add(new Value(output, value.type(), value.shape()));
        });
        Set<String> needed = new HashSet<>(outputNames.keySet());
        List<Node> kept = new ArrayList<>();
        for (Node node : nodes.reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                kept.add(node.renamed(outputNames));
            }
        }
        return new OnnxModel(name, inputs.stream()
                .filter(value -> !runtimeConstants.containsKey(value.name()) || needed.contains(value.name())).toList(),
                renamed, tensors.values().stream().filter(tensor -> needed.contains(tensor.name())).toList(),
                kept.reversed());
    }

    /**
     * {@return the number of floating-point operations of the convolutions, matrix products and attentions that an
     * output needs} A multiplication and an addition count as two. Other operations are negligible.
     */
    public long operations() {
        return build().nodes().stream().mapToLong(node -> operations.getOrDefault(node.name(), 0L)).sum();
    }

    /** Records {@code multiplications} and as many additions as the cost of the node of {@code result}. */
    private Value counted(long multiplications, Value result) {
        operations.put(result.name(), 2 * multiplications);
        return result;
    }

    /**
     * Sets the place in the model of the following operations, such as {@code neck.convs.0}.
     *
     * @param place the place in the model
     * @return this builder
     */
    public GraphBuilder scope(String place) {
        this.place = place;
        return this;
    }

    /**
     * Records {@code value} as the result of the module {@code landmark}.
     *
     * @param landmark name of the module
     * @param value the value
     * @return {@code value}
     */
    public Value tap(String landmark, Value value) {
        taps.put(landmark, value);
        return value;
    }

    /** {@return the values recorded by {@link #tap}, by name, in the order of the graph} */
    public Map<String, Value> taps() {
        return Collections.unmodifiableMap(taps);
    }

    /**
     * Adds an input of the graph.
     *
     * @param name name of the input
     * @param type element type
     * @param shape extents
     * @return the input
     */
    public Value input(String name, DataType type, Shape shape) {
        Value input = new Value(name, type, shape);
        inputs.add(input);
        return input;
    }

    /**
     * Adds a constant that is passed to the graph at each run. The runtime evaluates expressions of constants in
     * advance and keeps the results, which needs much memory if a few values expand to many; a runtime constant
     * prevents this. A second call with the same name returns the same value.
     *
     * @param name unique in the graph
     * @param shape extents
     * @param values the elements, copied
     * @return the constant
     */
    public Value runtimeConstant(String name, Shape shape, float... values) {
        if (shape.elements() != values.length) {
            throw new ShapeException(
                    name + ": expected " + shape.elements() + " values for " + shape + ", found " + values.length);
        }
        return runtimeConstants.putIfAbsent(name, values.clone()) == null
                ? input(name, DataType.FLOAT32, shape)
                : new Value(name, DataType.FLOAT32, shape);
    }

    /**
     * {@return the arrays of the {@link #runtimeConstant runtime constants} by name} The arrays must not be modified.
     */
    public Map<String, float[]> runtimeConstants() {
        return Collections.unmodifiableMap(runtimeConstants);
    }

    /**
     * Adds an output of the graph.
     *
     * @param name name of the output
     * @param value the value to output
     * @throws IllegalArgumentException if there is an output with this name
     */
    public void output(String name, Value value) {
        // A value has one name, so an input, a constant or a second output is copied.
        boolean computed = nodes.stream().anyMatch(node -> node.outputs().contains(value.name()));
        boolean free = computed && outputs.values().stream().noneMatch(value::equals);
        if (outputs.putIfAbsent(name, free ? value : unary("Identity", value)) != null) {
            throw new IllegalArgumentException("output: expected a new name, found " + name + " again");
        }
    }

    /**
     * Adds a weight or constant. A second call with the same name returns the same value and stores the tensor once.
     *
     * @param tensor the tensor
     * @return the value
     */
    public Value tensor(Tensor tensor) {
        tensors.putIfAbsent(tensor.name(), tensor);
        return new Value(tensor.name(), tensor.type(), tensor.shape());
    }

    /**
     * Adds a float32 constant.
     *
     * @param shape extents
     * @param values the elements, row-major
     * @return the constant
     */
    public Value constant(Shape shape, float... values) {
        return tensor(new Tensor("constant" + tensors.size(), DataType.FLOAT32, shape, Tensor.Inline.of(values)));
    }

    /**
     * Adds a float32 constant without axes.
     *
     * @param value the value
     * @return the constant
     */
    public Value scalar(float value) {
        return constant(Shape.of(), value);
    }

    private Value integers(long... values) {
        return tensor(new Tensor("integers" + Arrays.toString(values), DataType.INT64, Shape.of(values.length),
                Tensor.Inline.of(values)));
    }

    // Convolutions and linear layers

    /**
     * {@return the convolution of x [N, C, H, W] with weight [M, C/groups, kh, kw], without bias}
     *
     * @param x the input
     * @param weight the weight
     * @param window stride, padding, dilation and groups
     */
    public Value conv(Value x, Value weight, ConvParameters window) {
        Shape shape = ShapeRules.convolution(where("Conv"), x.shape(), weight.shape(), window);
        return counted(shape.elements() * weight.shape().elements() / weight.dim(0),
                node("Conv", shape, List.of(x, weight), convAttributes(window, true)));
    }

    /**
     * {@return the convolution of x [N, C, H, W] with weight [M, C/groups, kh, kw], plus bias [M]}
     *
     * @param x the input
     * @param weight the weight
     * @param bias the bias
     * @param window stride, padding, dilation and groups
     */
    public Value conv(Value x, Value weight, Value bias, ConvParameters window) {
        Shape shape = ShapeRules.convolution(where("Conv"), x.shape(), weight.shape(), window);
        ShapeRules.require(where("Conv"), "bias", Shape.of(weight.dim(0)), bias.shape());
        return counted(shape.elements() * weight.shape().elements() / weight.dim(0),
                node("Conv", shape, List.of(x, weight, bias), convAttributes(window, true)));
    }

    /**
     * {@return the transposed convolution of x [N, C, H, W] with weight [C, M/groups, kh, kw], plus bias [M]}
     *
     * @param x the input
     * @param weight the weight
     * @param bias the bias
     * @param window stride, padding, dilation and groups
     */
    public Value convTranspose(Value x, Value weight, Value bias, ConvParameters window) {
        Shape shape = ShapeRules.transposedConvolution(where("ConvTranspose"), x.shape(), weight.shape(), window);
        ShapeRules.require(where("ConvTranspose"), "bias", Shape.of(shape.dim(1)), bias.shape());
        return counted(x.shape().elements() * weight.shape().elements() / weight.dim(0),
                node("ConvTranspose", shape, List.of(x, weight, bias), convAttributes(window, true)));
    }

    /**
     * {@return the largest value in a square window, x [N, C, H, W]}
     *
     * @param x the input
     * @param kernel side of the window, pixels
     * @param window stride, padding, dilation and groups
     */
    public Value maxPool(Value x, int kernel, ConvParameters window) {
        Shape shape = ShapeRules.pooled(where("MaxPool"), x.shape(), kernel, window);
        List<Attribute> attributes = new ArrayList<>(convAttributes(window, false));
        attributes.add(Attribute.of("kernel_shape", kernel, kernel));
        return node("MaxPool", shape, List.of(x), attributes);
    }

    /**
     * {@return the mean in a square window that stays inside x [N, C, H, W]}
     *
     * @param x the input
     * @param kernel side of the window, pixels
     * @param stride step of the window
     */
    public Value averagePool(Value x, int kernel, int stride) {
        ConvParameters window = ConvParameters.stride(stride);
        Shape shape = ShapeRules.pooled(where("AveragePool"), x.shape(), kernel, window);
        return node("AveragePool", shape, List.of(x),
                List.of(Attribute.of("kernel_shape", kernel, kernel), Attribute.of("strides", stride, stride)));
    }

    private static List<Attribute> convAttributes(ConvParameters window, boolean grouped) {
        List<Attribute> attributes = List.of(Attribute.of("strides", window.stride(), window.stride()),
                Attribute.of("pads", window.top(), window.left(), window.bottom(), window.right()),
                Attribute.of("dilations", window.dilation(), window.dilation()));
        return grouped
                ? Stream.concat(attributes.stream(), Stream.of(Attribute.of("group", window.groups()))).toList()
                : attributes;
    }

    /**
     * {@return the linear layer of PyTorch: x · weightᵀ + bias for x [M, K], weight [N, K], bias [N]}
     *
     * @param x the input
     * @param weight the weight
     * @param bias the bias
     */
    public Value linear(Value x, Value weight, Value bias) {
        Shape shape = ShapeRules.linear(where("Gemm"), x.shape(), weight.shape());
        ShapeRules.require(where("Gemm"), "bias", Shape.of(weight.dim(0)), bias.shape());
        return counted(shape.elements() * x.dim(1),
                node("Gemm", shape, List.of(x, weight, bias), List.of(Attribute.of("transB", 1L))));
    }

    /**
     * {@return the linear layer of PyTorch without bias: x · weightᵀ for x [M, K], weight [N, K]}
     *
     * @param x the input
     * @param weight the weight
     */
    public Value linear(Value x, Value weight) {
        Shape shape = ShapeRules.linear(where("Gemm"), x.shape(), weight.shape());
        return counted(shape.elements() * x.dim(1),
                node("Gemm", shape, List.of(x, weight), List.of(Attribute.of("transB", 1L))));
    }

    /**
     * {@return the matrix product over the last two axes; the other axes are broadcast}
     *
     * @param a the first operand
     * @param b the second operand
     */
    public Value matMul(Value a, Value b) {
        Shape shape = ShapeRules.product(where("MatMul"), a.shape(), b.shape());
        return counted(shape.elements() * a.dim(-1), node("MatMul", shape, List.of(a, b), List.of()));
    }

    /**
     * {@return softmax(scale · q kᵀ) v in {@code heads} heads, for q, k, v [B, T, C] as returned by the linear layers;
     * C is divided into heads of equal width} This is the fused operator of ONNX Runtime.
     *
     * @param q queries, [B, T, C]
     * @param k keys, [B, T, C]
     * @param v values, [B, T, C]
     * @param heads number of heads
     * @param scale the factor
     */
    public Value attention(Value q, Value k, Value v, int heads, double scale) {
        return counted(2 * q.shape().elements() * k.dim(1),
                node(OnnxModel.MICROSOFT, "MultiHeadAttention", attentionShape(q, k, v, heads),
                        Stream.of(q, k, v).map(Value::name).toList(), attentionAttributes(heads, scale)));
    }

    /**
     * {@return {@link #attention(Value, Value, Value, int, double)} with bias [1, heads, T, T] added before the
     * softmax}
     *
     * @param q queries, [B, T, C]
     * @param k keys, [B, T, C]
     * @param v values, [B, T, C]
     * @param bias the bias
     * @param heads number of heads
     * @param scale the factor
     */
    public Value attention(Value q, Value k, Value v, Value bias, int heads, double scale) {
        Shape shape = attentionShape(q, k, v, heads);
        ShapeRules.require(where("MultiHeadAttention"), "bias", Shape.of(1, heads, q.dim(1), k.dim(1)), bias.shape());
        return counted(2 * q.shape().elements() * k.dim(1), node(OnnxModel.MICROSOFT, "MultiHeadAttention", shape,
                List.of(q.name(), k.name(), v.name(), "", "", bias.name()), attentionAttributes(heads, scale)));
    }

    private Shape attentionShape(Value q, Value k, Value v, int heads) {
        String where = where("MultiHeadAttention");
        ShapeRules.requireRank(where, "query", q.shape(), 3);
        ShapeRules.require(where, "key", Shape.of(q.dim(0), k.shape().rank() == 3 ? k.dim(1) : 0, q.dim(2)), k.shape());
        ShapeRules.require(where, "value", k.shape(), v.shape());
        if (q.dim(2) % heads != 0) {
            throw new ShapeException(
                    where + ": query: expected a width that falls into " + heads + " heads, found " + q.shape());
        }
        return q.shape();
    }

    private static List<Attribute> attentionAttributes(int heads, double scale) {
        return List.of(Attribute.of("num_heads", heads), Attribute.of("scale", (float) scale));
    }

    // Elementwise

    /**
     * {@return a + b, broadcast}
     *
     * @param a the first operand
     * @param b the second operand
     */
    public Value add(Value a, Value b) {
        return binary("Add", a, b);
    }

    /**
     * {@return a − b, broadcast}
     *
     * @param a the first operand
     * @param b the second operand
     */
    public Value sub(Value a, Value b) {
        return binary("Sub", a, b);
    }

    /**
     * {@return a · b, broadcast}
     *
     * @param a the first operand
     * @param b the second operand
     */
    public Value mul(Value a, Value b) {
        return binary("Mul", a, b);
    }

    /**
     * {@return a / b, broadcast}
     *
     * @param a the first operand
     * @param b the second operand
     */
    public Value div(Value a, Value b) {
        return binary("Div", a, b);
    }

    private Value binary(String operator, Value a, Value b) {
        return node(operator, ShapeRules.broadcast(where(operator), a.shape(), b.shape()), List.of(a, b), List.of());
    }

    /**
     * {@return max(x, 0)}
     *
     * @param x the input
     */
    public Value relu(Value x) {
        return unary("Relu", x);
    }

    /**
     * {@return x if it is at least 0, otherwise {@code slope} · x}
     *
     * @param x the input
     * @param slope factor of negative values
     */
    public Value leakyRelu(Value x, double slope) {
        return unary("LeakyRelu", x, Attribute.of("alpha", (float) slope));
    }

    /**
     * {@return x · Φ(x) with the error function, not its approximation by tanh}
     *
     * @param x the input
     */
    public Value gelu(Value x) {
        return unary("Gelu", x);
    }

    /**
     * {@return x · sigmoid(factor · x); with factor 1 also called SiLU or swish} This is the fused operator of ONNX
     * Runtime.
     *
     * @param x the input
     * @param factor the factor
     */
    public Value gatedSigmoid(Value x, double factor) {
        return node(OnnxModel.MICROSOFT, "QuickGelu", x.shape(), List.of(x.name()),
                List.of(Attribute.of("alpha", (float) factor)));
    }

    /**
     * {@return 1 / (1 + exp(−x))}
     *
     * @param x the input
     */
    public Value sigmoid(Value x) {
        return unary("Sigmoid", x);
    }

    /**
     * {@return tanh(x)}
     *
     * @param x the input
     */
    public Value tanh(Value x) {
        return unary("Tanh", x);
    }

    /**
     * {@return log(1 + exp(x))}
     *
     * @param x the input
     */
    public Value softplus(Value x) {
        return unary("Softplus", x);
    }

    /**
     * {@return exp(x)}
     *
     * @param x the input
     */
    public Value exp(Value x) {
        return unary("Exp", x);
    }

    /**
     * {@return log(x)}
     *
     * @param x the input
     */
    public Value log(Value x) {
        return unary("Log", x);
    }

    private Value unary(String operator, Value x, Attribute... attributes) {
        return node(operator, x.shape(), List.of(x), List.of(attributes));
    }

    /**
     * {@return x limited to the range from {@code low} to {@code high}}
     *
     * @param x the input
     * @param low the lower limit
     * @param high the upper limit
     */
    public Value clip(Value x, double low, double high) {
        return node("Clip", x.shape(), List.of(x, scalar((float) low), scalar((float) high)), List.of());
    }

    /**
     * {@return {@code yes} where a ≥ b, {@code no} elsewhere; all operands are broadcast}
     *
     * @param a the first operand
     * @param b the second operand
     * @param yes result where the condition holds
     * @param no result elsewhere
     */
    public Value whereAtLeast(Value a, Value b, Value yes, Value no) {
        Value condition = binary("GreaterOrEqual", a, b);
        Shape shape = ShapeRules.broadcast(where("Where"), condition.shape(),
                ShapeRules.broadcast(where("Where"), yes.shape(), no.shape()));
        return node("Where", shape, List.of(condition, yes, no), List.of());
    }

    /**
     * {@return the sum along {@code axis}, which keeps extent 1}
     *
     * @param x the input
     * @param axis from 0 for the first; a negative axis counts from the last
     */
    public Value sum(Value x, int axis) {
        return node("ReduceSum", x.shape().with(axis, 1), List.of(x, integers(x.shape().axis(axis))), List.of());
    }

    /**
     * {@return x with its elements in ascending order along {@code axis}}
     *
     * @param x the input
     * @param axis from 0 for the first; a negative axis counts from the last
     */
    public Value sorted(Value x, int axis) {
        String unique = unique("TopK");
        nodes.add(new Node(unique, "", "TopK", List.of(x.name(), integers(x.dim(axis)).name()),
                List.of(unique, unique + " places"), List.of(Attribute.of("axis", x.shape().axis(axis)),
                        Attribute.of("largest", 0L), Attribute.of("sorted", 1L))));
        return new Value(unique, DataType.FLOAT32, x.shape());
    }

    /**
     * {@return softmax along {@code axis}}
     *
     * @param x the input
     * @param axis from 0 for the first; a negative axis counts from the last
     */
    public Value softmax(Value x, int axis) {
        return unary("Softmax", x, Attribute.of("axis", x.shape().axis(axis)));
    }

    // Normalisation

    /**
     * {@return the layer normalisation over the last axis: (x − mean) / sqrt(variance + epsilon) · scale + bias}
     *
     * @param x the input
     * @param scale the factor
     * @param bias the bias
     * @param epsilon added to the variance
     */
    public Value layerNorm(Value x, Value scale, Value bias, double epsilon) {
        ShapeRules.require(where("LayerNormalization"), "scale", Shape.of(x.dim(-1)), scale.shape());
        ShapeRules.require(where("LayerNormalization"), "bias", Shape.of(x.dim(-1)), bias.shape());
        return node("LayerNormalization", x.shape(), List.of(x, scale, bias),
                List.of(Attribute.of("axis", -1L), Attribute.of("epsilon", (float) epsilon)));
    }

    /**
     * {@return the group normalisation over the channels of each group and all pixels of x [N, C, H, W]; scale and bias
     * [C]} It is written as an instance normalisation over x [N, groups, C/groups·H·W], for which the runtime has a
     * kernel.
     *
     * @param x the input
     * @param groups number of groups of channels
     * @param scale the factor
     * @param bias the bias
     * @param epsilon added to the variance
     */
    public Value groupNorm(Value x, int groups, Value scale, Value bias, double epsilon) {
        String where = where("GroupNorm");
        ShapeRules.requireRank(where, "input", x.shape(), 4);
        int channels = x.dim(1);
        if (groups < 1 || channels % groups != 0) {
            throw new ShapeException(
                    where + ": input: expected channels that fall into " + groups + " groups, found " + x.shape());
        }
        ShapeRules.require(where, "scale", Shape.of(channels), scale.shape());
        ShapeRules.require(where, "bias", Shape.of(channels), bias.shape());
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        Value grouped = reshape(x, x.dim(0), groups, channels / groups * x.dim(2) * x.dim(3));
        Value normal = node("InstanceNormalization", grouped.shape(),
                List.of(grouped, constant(Shape.of(groups), ones), constant(Shape.of(groups), new float[groups])),
                List.of(Attribute.of("epsilon", (float) epsilon)));
        Value back = reshape(normal, x.shape().toArray());
        return add(mul(back, reshape(scale, channels, 1, 1)), reshape(bias, channels, 1, 1));
    }

    /**
     * {@return the batch normalisation with fixed statistics, per channel of x [N, C, H, W]: (x − mean) / sqrt(variance
     * + epsilon) · scale + bias}
     *
     * @param x the input
     * @param scale the factor
     * @param bias the bias
     * @param mean mean of each channel, [C]
     * @param variance variance of each channel, [C]
     * @param epsilon added to the variance
     */
    public Value batchNorm(Value x, Value scale, Value bias, Value mean, Value variance, double epsilon) {
        for (Value operand : List.of(scale, bias, mean, variance)) {
            ShapeRules.require(where("BatchNormalization"), operand.name(), Shape.of(x.dim(1)), operand.shape());
        }
        return node("BatchNormalization", x.shape(), List.of(x, scale, bias, mean, variance),
                List.of(Attribute.of("epsilon", (float) epsilon)));
    }

    // Shapes

    /**
     * {@return the same elements in the same order with other extents}
     *
     * @param x the input
     * @param extents the new extents
     */
    public Value reshape(Value x, int... extents) {
        Shape shape = ShapeRules.reshaped(where("Reshape"), x.shape(), Shape.of(extents));
        return shape.equals(x.shape()) ? x : node("Reshape", shape, List.of(x, integers(shape.toLongs())), List.of());
    }

    /**
     * {@return x with permuted axes: axis i of the result is axis {@code axes[i]} of x}
     *
     * @param x the input
     * @param axes a permutation of the axes of x
     */
    public Value transpose(Value x, int... axes) {
        return node("Transpose", ShapeRules.transposed(where("Transpose"), x.shape(), axes), List.of(x),
                List.of(Attribute.of("perm", axes)));
    }

    /**
     * {@return the parts concatenated along {@code axis}}
     *
     * @param axis from 0 for the first; a negative axis counts from the last
     * @param parts equal in all other extents
     */
    public Value concat(int axis, Value... parts) {
        Shape[] shapes = Arrays.stream(parts).map(Value::shape).toArray(Shape[]::new);
        return node("Concat", ShapeRules.concatenated(where("Concat"), axis, shapes), List.of(parts),
                List.of(Attribute.of("axis", (long) axis)));
    }

    /**
     * {@return the elements from {@code from} (inclusive) to {@code to} (exclusive) along {@code axis}}
     *
     * @param x the input
     * @param axis from 0 for the first; a negative axis counts from the last
     * @param from the first element
     * @param to the element after the last
     */
    public Value slice(Value x, int axis, int from, int to) {
        return node("Slice", ShapeRules.sliced(where("Slice"), x.shape(), axis, from, to),
                List.of(x, integers(from), integers(to), integers(x.shape().axis(axis))), List.of());
    }

    /**
     * {@return x repeated along its axes of extent 1}
     *
     * @param x the input
     * @param extents the new extents
     */
    public Value expand(Value x, int... extents) {
        Shape to = Shape.of(extents);
        ShapeRules.require(where("Expand"), "target", ShapeRules.broadcast(where("Expand"), x.shape(), to), to);
        return node("Expand", to, List.of(x, integers(to.toLongs())), List.of());
    }

    /**
     * {@return rows of x [n, ..] by index: indices [m], integers stored as float32, give [m, ..]}
     *
     * @param x the input
     * @param indices [m]
     */
    public Value rows(Value x, Value indices) {
        ShapeRules.requireRank(where("Gather"), "indices", indices.shape(), 1);
        Value integers = node("Cast", indices.shape(), List.of(indices),
                List.of(Attribute.of("to", (long) DataType.INT32.code())));
        return node("Gather", x.shape().with(0, indices.dim(0)), List.of(x, integers),
                List.of(Attribute.of("axis", 0L)));
    }

    /**
     * {@return x / √Σx² along the last axis; 0 remains 0}
     *
     * @param x the input
     */
    public Value unitLength(Value x) {
        return unary("LpNormalization", x, Attribute.of("axis", -1L), Attribute.of("p", 2L));
    }

    /**
     * {@return x with its elements moved by {@code −by} along {@code axis}; elements that leave at the front return at
     * the end}
     *
     * @param x the input
     * @param axis from 0 for the first; a negative axis counts from the last
     * @param by the number of elements
     */
    public Value rolled(Value x, int axis, int by) {
        int extent = x.dim(axis);
        int cut = Math.floorMod(by, extent);
        return cut == 0 ? x : concat(axis, slice(x, axis, cut, extent), slice(x, axis, 0, cut));
    }

    /**
     * {@return x [N, C, H, W] with rows and columns of zeros added at its edges}
     *
     * @param x the input
     * @param top rows to add at the top
     * @param left columns to add at the left
     * @param bottom rows to add at the bottom
     * @param right columns to add at the right
     */
    public Value pad(Value x, int top, int left, int bottom, int right) {
        ShapeRules.requireRank(where("Pad"), "input", x.shape(), 4);
        Shape shape = Shape.of(x.dim(0), x.dim(1), x.dim(2) + top + bottom, x.dim(3) + left + right);
        return shape.equals(x.shape())
                ? x
                : node("Pad", shape, List.of(x, integers(0, 0, top, left, 0, 0, bottom, right)), List.of());
    }

    /**
     * {@return x [N, C, H, W] with its outermost rows and columns repeated {@code by} times on every side}
     *
     * @param x the input
     * @param by the number of elements
     */
    public Value padWithEdges(Value x, int by) {
        ShapeRules.requireRank(where("Pad"), "input", x.shape(), 4);
        Shape shape = Shape.of(x.dim(0), x.dim(1), x.dim(2) + 2 * by, x.dim(3) + 2 * by);
        return node("Pad", shape, List.of(x, integers(0, 0, by, by, 0, 0, by, by)),
                List.of(Attribute.of("mode", "edge")));
    }

    /**
     * {@return x [N, C, H, W] resized to [N, C, height, width]; x itself if the size is the same}
     *
     * @param x the input
     * @param height new number of rows
     * @param width new number of columns
     * @param resizing the interpolation method
     */
    public Value resize(Value x, int height, int width, ResizeMode resizing) {
        ShapeRules.requireRank(where("Resize"), "input", x.shape(), 4);
        if (x.dim(2) == height && x.dim(3) == width) {
            return x;
        }
        Shape shape = Shape.of(x.dim(0), x.dim(1), height, width);
        return resized(shape, resizing, List.of(x.name(), "", "", integers(shape.toLongs()).name()));
    }

    /**
     * {@return x [N, C, H, W] resized to [N, C, floor(H · rowFactor), floor(W · columnFactor)]} The factors themselves
     * place the pixels, not the ratio of the sizes, as in {@code interpolate(scale_factor=…)} of PyTorch.
     *
     * @param x the input
     * @param rowFactor output rows per input row
     * @param columnFactor output columns per input column
     * @param resizing the interpolation method
     */
    public Value scale(Value x, double rowFactor, double columnFactor, ResizeMode resizing) {
        ShapeRules.requireRank(where("Resize"), "input", x.shape(), 4);
        Shape shape = Shape.of(x.dim(0), x.dim(1), (int) Math.floor(x.dim(2) * rowFactor),
                (int) Math.floor(x.dim(3) * columnFactor));
        Value factors = constant(Shape.of(4), 1, 1, (float) rowFactor, (float) columnFactor);
        return resized(shape, resizing, List.of(x.name(), "", factors.name()));
    }

    private Value resized(Shape shape, ResizeMode resizing, List<String> operands) {
        return node("", "Resize", shape, operands,
                List.of(Attribute.of("mode", resizing.mode()),
                        Attribute.of("coordinate_transformation_mode", resizing.coordinates()),
                        Attribute.of("nearest_mode", "floor"), Attribute.of("cubic_coeff_a", -0.75f)));
    }

    private String where(String operator) {
        return place.isEmpty() ? operator : operator + " at " + place;
    }

    private String unique(String operator) {
        return (place.isEmpty() ? "" : place + " ") + operator + " " + nodes.size();
    }

    private Value node(String operator, Shape shape, List<Value> operands, List<Attribute> attributes) {
        return node("", operator, shape, operands.stream().map(Value::name).toList(), attributes);
    }

    private Value node(String domain, String operator, Shape shape, List<String> operands, List<Attribute> attributes) {
        String unique = unique(operator);
        nodes.add(new Node(unique, domain, operator, operands, List.of(unique), attributes));
        return new Value(unique, DataType.FLOAT32, shape);
    }
}
