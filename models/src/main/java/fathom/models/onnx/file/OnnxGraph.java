package fathom.models.onnx.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The operators of the main graph of a model, with the values of its small constants. Field numbers are those of
 * {@code onnx.proto}.
 *
 * @param operators the operators in the order of the file
 * @param constants the shapes of initializers and constants, with their values if they are few, by name
 */
record OnnxGraph(List<Operator> operators, Map<String, Constant> constants) {
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_FLOAT = 2;
    private static final int ATTRIBUTE_INTEGER = 3;
    private static final int ATTRIBUTE_INTEGERS = 8;
    private static final int TENSOR_DIMENSIONS = 1;
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_FLOATS = 4;
    private static final int TENSOR_INTEGERS = 5;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int TENSOR_DOUBLES = 10;
    private static final int FLOAT = 1;
    private static final int FLOAT16 = 10;
    private static final int DOUBLE = 11;
    /** More values than any mean, deviation or scale of a picture has. */
    private static final int FEW = 16;
    private static final int MOST_STEPS = 32;

    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLES = ValueLayout.JAVA_DOUBLE_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALVES = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final Set<String> LAYERS = Set.of("Conv", "ConvTranspose", "Gemm", "MatMul", "ConvInteger",
            "QLinearConv", "MatMulInteger");

    /**
     * One operator.
     *
     * @param type its type, such as {@code Conv}
     * @param inputs names of its inputs
     * @param outputs names of its outputs
     * @param integers its integer attributes by name, such as {@code strides}
     * @param epsilon its attribute {@code epsilon}, if it has one
     */
    record Operator(String type, List<String> inputs, List<String> outputs, Map<String, List<Long>> integers,
            OptionalDouble epsilon) {
        /** Returns an attribute that is a list of integers, empty if it is missing. */
        List<Long> list(String name) {
            return integers.getOrDefault(name, List.of());
        }
    }

    /**
     * A tensor of the file.
     *
     * @param shape its shape
     * @param values its values, if they are few and of a type that a picture is normalised with
     */
    record Constant(List<Long> shape, Optional<double[]> values) {}

    /** Reads the main graph of a model. */
    static OnnxGraph read(MemorySegment model) throws ProtobufCursor.MalformedException {
        OnnxGraph graph = new OnnxGraph(new ArrayList<>(), new HashMap<>());
        ProtobufCursor cursor = new ProtobufCursor(model);
        while (cursor.next()) {
            if (cursor.field() == OnnxMessage.MODEL_GRAPH && cursor.isContent()) {
                graph.add(cursor.content());
            }
        }
        return graph;
    }

    private void add(MemorySegment bytes) throws ProtobufCursor.MalformedException {
        ProtobufCursor cursor = new ProtobufCursor(bytes);
        while (cursor.next()) {
            if (cursor.field() == OnnxMessage.GRAPH_NODE && cursor.isContent()) {
                addNode(cursor.content());
            } else if (cursor.field() == OnnxMessage.GRAPH_INITIALIZER && cursor.isContent()) {
                addConstant("", cursor.content());
            }
        }
    }

    private void addNode(MemorySegment bytes) throws ProtobufCursor.MalformedException {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<MemorySegment> attributes = new ArrayList<>();
        String type = "";
        ProtobufCursor cursor = new ProtobufCursor(bytes);
        while (cursor.next()) {
            if (!cursor.isContent()) {
                continue;
            }
            switch (cursor.field()) {
                case OnnxMessage.NODE_INPUT -> inputs.add(cursor.text());
                case OnnxMessage.NODE_OUTPUT -> outputs.add(cursor.text());
                case OnnxMessage.NODE_OPERATOR -> type = cursor.text();
                case OnnxMessage.NODE_ATTRIBUTE -> attributes.add(cursor.content());
                default -> {
                }
            }
        }
        Map<String, List<Long>> integers = new LinkedHashMap<>();
        OptionalDouble epsilon = OptionalDouble.empty();
        for (MemorySegment attribute : attributes) {
            OptionalDouble found = addAttribute(attribute, integers, outputs);
            epsilon = found.isPresent() ? found : epsilon;
        }
        operators.add(new Operator(type, inputs, outputs, integers, epsilon));
    }

    /** Adds the integers of an attribute to {@code integers}, and a tensor as a constant; returns an epsilon. */
    private OptionalDouble addAttribute(MemorySegment bytes, Map<String, List<Long>> integers, List<String> outputs)
            throws ProtobufCursor.MalformedException {
        String name = "";
        OptionalDouble number = OptionalDouble.empty();
        List<Long> found = new ArrayList<>();
        Optional<MemorySegment> tensor = Optional.empty();
        ProtobufCursor cursor = new ProtobufCursor(bytes);
        while (cursor.next()) {
            switch (cursor.field()) {
                case ATTRIBUTE_NAME -> name = cursor.isContent() ? cursor.text() : "";
                case ATTRIBUTE_FLOAT -> number = cursor.isFourBytes()
                        ? OptionalDouble.of(cursor.content().get(FLOATS, 0))
                        : OptionalDouble.empty();
                case ATTRIBUTE_INTEGER, ATTRIBUTE_INTEGERS -> found.addAll(cursor.numbers());
                case OnnxMessage.ATTRIBUTE_TENSOR ->
                    tensor = cursor.isContent() ? Optional.of(cursor.content()) : Optional.empty();
                default -> {
                }
            }
        }
        integers.put(name, found);
        if (tensor.isPresent() && name.equals("value") && outputs.size() == 1) {
            addConstant(outputs.getFirst(), tensor.get());
        } else if (number.isPresent() && name.equals("value_float") && outputs.size() == 1) {
            constants.put(outputs.getFirst(), new Constant(List.of(), Optional.of(new double[]{number.getAsDouble()})));
        }
        return name.equals("epsilon") ? number : OptionalDouble.empty();
    }

    private void addConstant(String outputName, MemorySegment bytes) throws ProtobufCursor.MalformedException {
        String name = outputName;
        List<Long> shape = new ArrayList<>();
        long type = 0;
        Optional<MemorySegment> content = Optional.empty();
        List<Double> listed = new ArrayList<>();
        ProtobufCursor cursor = new ProtobufCursor(bytes);
        while (cursor.next()) {
            switch (cursor.field()) {
                case TENSOR_DIMENSIONS -> shape.addAll(cursor.numbers());
                case TENSOR_TYPE -> type = cursor.number();
                case TENSOR_NAME -> name = name.isEmpty() && cursor.isContent() ? cursor.text() : name;
                case TENSOR_RAW, TENSOR_DOUBLES -> content = Optional.of(cursor.content());
                case TENSOR_FLOATS -> {
                    if (cursor.isFourBytes()) {
                        listed.add((double) cursor.content().get(FLOATS, 0));
                    } else {
                        content = Optional.of(cursor.content());
                    }
                }
                case TENSOR_INTEGERS -> {
                    if (cursor.contentBytes() <= FEW * Long.BYTES) {
                        cursor.numbers().forEach(bits -> listed.add((double) Float.float16ToFloat(bits.shortValue())));
                    }
                }
                default -> {
                }
            }
        }
        constants.put(name, new Constant(List.copyOf(shape), values(type, content, listed)));
    }

    private static Optional<double[]> values(long type, Optional<MemorySegment> content, List<Double> listed) {
        if (content.isEmpty()) {
            return listed.isEmpty() || listed.size() > FEW || (type != FLOAT && type != FLOAT16)
                    ? Optional.empty()
                    : Optional.of(listed.stream().mapToDouble(Double::doubleValue).toArray());
        }
        MemorySegment raw = content.get();
        int width = type == FLOAT ? Float.BYTES : type == DOUBLE ? Double.BYTES : type == FLOAT16 ? Short.BYTES : 0;
        if (width == 0 || raw.byteSize() == 0 || raw.byteSize() > (long) FEW * width || raw.byteSize() % width != 0) {
            return Optional.empty();
        }
        double[] values = new double[(int) raw.byteSize() / width];
        Arrays.setAll(values,
                i -> width == Float.BYTES
                        ? raw.get(FLOATS, (long) i * width)
                        : width == Double.BYTES
                                ? raw.get(DOUBLES, (long) i * width)
                                : Float.float16ToFloat(raw.get(HALVES, (long) i * width)));
        return Optional.of(values);
    }

    /** Returns the operators that read a value. */
    List<Operator> readers(String value) {
        return operators.stream().filter(operator -> operator.inputs().contains(value)).toList();
    }

    /** Returns the types of the operators before {@code output}, the last one first, up to the last layer. */
    List<String> lastOperators(String output) {
        List<String> types = new ArrayList<>();
        String value = output;
        for (int step = 0; step < MOST_STEPS; step++) {
            String wanted = value;
            Optional<Operator> producer = operators.stream().filter(operator -> operator.outputs().contains(wanted))
                    .findFirst();
            if (producer.isEmpty()) {
                return types;
            }
            types.add(producer.get().type());
            List<String> variable = producer.get().inputs().stream()
                    .filter(name -> !name.isEmpty() && !constants.containsKey(name)).toList();
            if (LAYERS.contains(producer.get().type()) || variable.isEmpty()) {
                return types;
            }
            value = variable.getFirst();
        }
        return types;
    }
}
