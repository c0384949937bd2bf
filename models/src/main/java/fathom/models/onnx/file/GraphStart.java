package fathom.models.onnx.file;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a graph does with a picture before its first layer.
 *
 * @param normalises whether it subtracts a mean, or scales levels
 * @param subtractsMean whether it subtracts a mean
 * @param takesLevels whether its numbers are those for levels from 0 to 255; false if they are those for values from 0
 * to 1, or if the graph does not normalise
 * @param multiple the number that the sides of an input of any size must be multiples of: the size of a patch, 32 for a
 * network that halves its maps, 1 if the graph resizes its input or never shrinks a map
 * @param trainedSide side of the input that the position embeddings are for, 0 if there are none
 */
public record GraphStart(boolean normalises, boolean subtractsMean, boolean takesLevels, int multiple,
        int trainedSide) {
    private static final int MOST_STEPS = 32;
    /** The multiple that suits networks that halve their maps up to five times. */
    private static final int HALVED = 32;
    /** Smaller patches belong to networks that shrink their maps further. */
    private static final int SMALLEST_PATCH = 12;
    private static final int LARGEST_PATCH = 64;
    /** A mean above, or a divisor above, is one of levels from 0 to 255. */
    private static final double HIGHEST_MEAN_OF_UNIT = 1.5;
    private static final double HIGHEST_DIVISOR_OF_UNIT = 10;

    private static final Set<String> TRANSPARENT = Set.of("Identity", "Cast", "Transpose", "Reshape", "Squeeze",
            "Unsqueeze", "Pad", "Clip", "Dropout", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear",
            "Gather", "Slice", "Concat", "Split", "CastLike", "Flatten");
    private static final Set<String> RESIZING = Set.of("Resize", "Upsample");
    private static final Set<String> SHAPES = Set.of("Shape", "Size");
    private static final Set<String> CONVOLUTIONS = Set.of("Conv", "ConvInteger", "QLinearConv");
    private static final Set<String> POOLING = Set.of("MaxPool", "AveragePool");
    private static final Set<String> STATISTICS = Set.of("InstanceNormalization", "MeanVarianceNormalization",
            "LayerNormalization");

    /** Reads the operators that follow the input {@code input}. */
    static GraphStart of(OnnxGraph graph, String input) {
        Walk walk = new Walk(graph);
        walk.from(input);
        int patch = walk.patch();
        int multiple = walk.resizes ? 1 : patch > 0 ? patch : halves(graph) ? HALVED : 1;
        return new GraphStart(walk.normalises(), walk.subtracts, walk.takesLevels(), multiple,
                patch > 0 && !walk.resizes ? trainedSide(graph, patch) : 0);
    }

    private static boolean halves(OnnxGraph graph) {
        return graph.operators().stream()
                .filter(operator -> CONVOLUTIONS.contains(operator.type()) || POOLING.contains(operator.type()))
                .anyMatch(operator -> operator.list("strides").stream().anyMatch(stride -> stride > 1));
    }

    /** Returns the side of the square grid of position embeddings [1, tokens, C] or [1, 1 + tokens, C], in pixels. */
    private static int trainedSide(OnnxGraph graph, int patch) {
        return graph.constants().values().stream().map(OnnxGraph.Constant::shape)
                .filter(shape -> shape.size() == 3 && shape.getFirst() == 1 && shape.get(1) >= 16 && shape.get(2) >= 16)
                .mapToInt(shape -> side(shape.get(1))).filter(side -> side > 0).map(side -> side * patch).findFirst()
                .orElse(0);
    }

    private static int side(long tokens) {
        for (long grid = tokens - 1; grid <= tokens; grid++) {
            long side = Math.round(Math.sqrt((double) grid));
            if (side * side == grid && side < 1024) {
                return (int) side;
            }
        }
        return 0;
    }

    /** Follows a picture through the operators that treat all its pixels in the same way. */
    private static final class Walk {
        private final OnnxGraph graph;
        private double[] factor = {1, 1, 1};
        private double[] offset = {0, 0, 0};
        private boolean subtracts;
        private boolean usesStatistics;
        private boolean resizes;
        private Optional<OnnxGraph.Operator> layer = Optional.empty();

        Walk(OnnxGraph graph) {
            this.graph = graph;
        }

        void from(String input) {
            String value = input;
            for (int step = 0; step < MOST_STEPS; step++) {
                List<OnnxGraph.Operator> readers = graph.readers(value).stream()
                        .filter(operator -> !SHAPES.contains(operator.type())).toList();
                if (readers.isEmpty() || readers.stream().map(OnnxGraph.Operator::type).distinct().count() > 1
                        || readers.getFirst().outputs().isEmpty()) {
                    return;
                }
                OnnxGraph.Operator next = readers.getFirst();
                if (!follows(next, value)) {
                    layer = Optional.of(next);
                    return;
                }
                value = next.outputs().getFirst();
            }
        }

        /** Applies {@code operator} to the numbers so far; returns false if it is the first layer. */
        private boolean follows(OnnxGraph.Operator operator, String value) {
            String type = operator.type();
            resizes |= RESIZING.contains(type);
            if (TRANSPARENT.contains(type) || RESIZING.contains(type)) {
                return true;
            }
            if (STATISTICS.contains(type)) {
                usesStatistics = true;
                return true;
            }
            return switch (type) {
                case "Sub", "Add", "Mul", "Div" -> applies(operator, value);
                case "BatchNormalization" -> appliesBatch(operator);
                default -> false;
            };
        }

        private boolean applies(OnnxGraph.Operator operator, String value) {
            if (operator.inputs().size() != 2) {
                return false;
            }
            boolean isFirst = operator.inputs().getFirst().equals(value);
            Optional<double[]> constant = values(operator.inputs().get(isFirst ? 1 : 0));
            switch (operator.type()) {
                case "Sub" -> {
                    subtracts = true;
                    constant.ifPresent(other -> add(other, -1));
                    if (!isFirst) {
                        scale(new double[]{-1});
                    }
                }
                case "Add" -> {
                    subtracts |= constant.isPresent();
                    constant.ifPresent(other -> add(other, 1));
                }
                case "Mul" -> constant.ifPresent(this::scale);
                default -> {
                    if (isFirst) {
                        constant.ifPresent(other -> scale(Arrays.stream(other).map(number -> 1 / number).toArray()));
                    }
                }
            }
            return constant.isPresent() || operator.type().equals("Sub");
        }

        private boolean appliesBatch(OnnxGraph.Operator operator) {
            subtracts = true;
            if (operator.inputs().size() != 5) {
                return true;
            }
            List<Optional<double[]>> numbers = operator.inputs().stream().skip(1).map(this::values).toList();
            if (numbers.stream().allMatch(found -> found.isPresent() && found.get().length == 3)) {
                double epsilon = operator.epsilon().orElse(1e-5);
                double[] deviations = Arrays.stream(numbers.get(3).orElseThrow())
                        .map(variance -> Math.sqrt(variance + epsilon)).toArray();
                add(numbers.get(2).orElseThrow(), -1);
                scale(Arrays.stream(deviations).map(deviation -> 1 / deviation).toArray());
                scale(numbers.get(0).orElseThrow());
                add(numbers.get(1).orElseThrow(), 1);
            }
            return true;
        }

        private Optional<double[]> values(String name) {
            OnnxGraph.Constant constant = graph.constants().get(name);
            return constant == null
                    ? Optional.empty()
                    : constant.values().filter(found -> found.length == 1 || found.length == 3);
        }

        private void add(double[] other, int sign) {
            for (int channel = 0; channel < 3; channel++) {
                offset[channel] += sign * other[other.length == 1 ? 0 : channel];
            }
        }

        private void scale(double[] other) {
            for (int channel = 0; channel < 3; channel++) {
                factor[channel] *= other[other.length == 1 ? 0 : channel];
                offset[channel] *= other[other.length == 1 ? 0 : channel];
            }
        }

        boolean normalises() {
            return subtracts || usesStatistics || takesLevels();
        }

        /** Returns whether mean or divisor are those of levels: 123.7 and 58.4, not 0.485 and 0.229. */
        boolean takesLevels() {
            for (int channel = 0; channel < 3; channel++) {
                double divisor = 1 / Math.abs(factor[channel]);
                double mean = -offset[channel] / factor[channel];
                if (divisor > HIGHEST_DIVISOR_OF_UNIT || (subtracts && mean > HIGHEST_MEAN_OF_UNIT)) {
                    return true;
                }
            }
            return false;
        }

        /** Returns the stride of a first layer that cuts the picture into patches, or 0. */
        int patch() {
            return layer.filter(found -> CONVOLUTIONS.contains(found.type())).map(found -> {
                List<Long> strides = found.list("strides");
                boolean isPatch = strides.size() == 2 && strides.getFirst().equals(strides.getLast())
                        && strides.getFirst() >= SMALLEST_PATCH && strides.getFirst() <= LARGEST_PATCH;
                return isPatch ? strides.getFirst().intValue() : 0;
            }).orElse(0);
        }
    }
}
