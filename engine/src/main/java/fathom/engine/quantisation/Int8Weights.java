package fathom.engine.quantisation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import fathom.graph.OnnxModel;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.DerivedFiles;
import fathom.weights.DerivedTensor;
import fathom.weights.StoredTensor;
import fathom.weights.StoredType;

/**
 * A network's 8-bit weights and the ranges of its maps, in a mapped file of the cache that is created once for a
 * checkpoint and a set of calibration pictures.
 */
public final class Int8Weights {
    private static final String LEVELS = "int8:";
    private static final String SCALES = "scale:";
    private static final String RANGES = "range:";
    private static final String IN_FLOAT = "float32:";
    private static final String DIFFERENCE = "difference";

    private final Checkpoint stored;

    private Int8Weights(Checkpoint stored) {
        this.stored = stored;
    }

    /**
     * The choice of the operations that stay in float32.
     *
     * @param inFloat names of their weights
     * @param difference relative L2 of the network's outputs from those in float32, on the calibration pictures
     */
    public record Choice(Set<String> inFloat, double difference) {
        /** Copies the set. */
        public Choice {
            inFloat = Set.copyOf(inFloat);
        }
    }

    /** Chooses the operations that stay in float32. */
    @FunctionalInterface
    public interface Chooser {
        /**
         * Chooses the operations.
         *
         * @param all the weights of all operations
         * @return the choice
         * @throws IOException if a file cannot be read
         */
        Choice choose(Int8Weights all) throws IOException;
    }

    /**
     * Opens the weights of a network, and creates them if the cache does not contain them.
     *
     * @param model the network in float32, at any size of input
     * @param root the folder that locations of external weights are relative to
     * @param sources the weight files of the network
     * @param variant distinguishes calibrations and settings of one checkpoint
     * @param calibration measures the network; called only if the cache does not contain the weights
     * @param chooser compares the network with float32; called only if the cache does not contain the weights
     * @return the weights
     * @throws IOException if a file cannot be read or written
     */
    public static Int8Weights of(OnnxModel model, Path root, List<Path> sources, String variant,
            Supplier<Calibration> calibration, Chooser chooser) throws IOException {
        Path file = DerivedFiles.folder()
                .resolve(DerivedFiles.key(sources, "int8 compared\n" + variant + "\n") + ".safetensors");
        List<QuantizableOp> sites = distinct(QuantizableOp.of(model));
        Optional<Checkpoint> kept = complete(file, sites);
        if (kept.isPresent()) {
            return new Int8Weights(kept.get());
        }
        Calibration ranges = calibration.get();
        write(file, tensors(sites, root, ranges, Set.of()), sources);
        Choice choice = chooser.choose(new Int8Weights(Checkpoint.openFile(file.toRealPath())));
        List<DerivedTensor> tensors = tensors(sites, root, ranges, choice.inFloat);
        for (String name : choice.inFloat) {
            tensors.add(new DerivedTensor(IN_FLOAT + name, StoredType.F32, Shape.of(1), floats(1)));
        }
        tensors.add(new DerivedTensor(DIFFERENCE, StoredType.F32, Shape.of(1), floats((float) choice.difference)));
        write(file, tensors, sources);
        return new Int8Weights(Checkpoint.openFile(file.toRealPath()));
    }

    /** Returns the weights in {@code file}, or empty if they are incomplete. */
    private static Optional<Checkpoint> complete(Path file, List<QuantizableOp> sites) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            Checkpoint kept = Checkpoint.openFile(file.toRealPath());
            return Optional.of(kept)
                    .filter(weights -> weights.has(DIFFERENCE) && sites.stream().map(site -> site.weight().name())
                            .allMatch(name -> weights.has(LEVELS + name) || weights.has(IN_FLOAT + name)));
        } catch (CheckpointException damaged) {
            return Optional.empty();
        }
    }

    private static List<QuantizableOp> distinct(List<QuantizableOp> sites) {
        Set<String> seen = new HashSet<>();
        return sites.stream().filter(site -> seen.add(site.weight().name())).toList();
    }

    private static void write(Path file, List<DerivedTensor> tensors, List<Path> sources) throws IOException {
        DerivedFiles.write(file, "keeping the weights of " + sources.getFirst() + " in 8 bits", sources, tensors);
    }

    private static List<DerivedTensor> tensors(List<QuantizableOp> sites, Path root, Calibration calibration,
            Set<String> inFloat) throws IOException {
        List<DerivedTensor> tensors = new ArrayList<>();
        for (QuantizableOp site : sites) {
            String name = site.weight().name();
            if (inFloat.contains(name)) {
                continue;
            }
            Shape shape = site.weight().shape();
            QuantizedWeights rounded = QuantizedWeights.of(Weights.numbers(site.weight(), root), shape.dim(0));
            switch (site) {
                case QuantizableOp.Linear linear -> tensors.add(new DerivedTensor(LEVELS + name, StoredType.I8,
                        Shape.of(shape.dim(1), shape.dim(0)), bytes(rounded.transposed(shape.dim(0)))));
                case QuantizableOp.Convolution convolution -> {
                    tensors.add(new DerivedTensor(LEVELS + name, StoredType.I8, shape, bytes(rounded.levels())));
                    Range in = calibration.input(name);
                    Range out = calibration.output(name);
                    tensors.add(new DerivedTensor(RANGES + name, StoredType.F32, Shape.of(4),
                            floats(in.low(), in.high(), out.low(), out.high())));
                }
            }
            tensors.add(
                    new DerivedTensor(SCALES + name, StoredType.F32, Shape.of(shape.dim(0)), floats(rounded.scales())));
        }
        return tensors;
    }

    private static DerivedTensor.Content bytes(byte[] values) {
        return DerivedTensor.Content.of(ByteBuffer.wrap(values));
    }

    private static DerivedTensor.Content floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return DerivedTensor.Content.of(bytes);
    }

    /**
     * {@return relative L2 of the network's outputs from those in float32, the largest of the calibration pictures}
     */
    public double difference() {
        return stored.floats(tensor(DIFFERENCE))[0];
    }

    /** {@return the number of weights in 8 bits} */
    public int count() {
        return Math.toIntExact(stored.tensors().stream().filter(tensor -> tensor.name().startsWith(LEVELS)).count());
    }

    /** {@return the number of weights that stay in float32, because 8 bits would change the outputs too much} */
    public int countInFloat() {
        return Math.toIntExact(stored.tensors().stream().filter(tensor -> tensor.name().startsWith(IN_FLOAT)).count());
    }

    /** Returns whether {@code weight} exists in 8 bits. */
    boolean has(String weight) {
        return stored.has(LEVELS + weight);
    }

    /** Returns {@code weight} in 8 bits: [K, N] of a linear layer, [M, C/groups, kh, kw] of a convolution. */
    Tensor levels(String weight) {
        return stored.graphTensor(tensor(LEVELS + weight));
    }

    /** Returns one scale for each output of {@code weight}. */
    float[] scales(String weight) {
        return stored.floats(tensor(SCALES + weight));
    }

    /** Returns the range of the input of the convolution with {@code weight}. */
    Range input(String weight) {
        float[] ranges = stored.floats(tensor(RANGES + weight));
        return new Range(ranges[0], ranges[1]);
    }

    /** Returns the range of the output of the convolution with {@code weight}. */
    Range output(String weight) {
        float[] ranges = stored.floats(tensor(RANGES + weight));
        return new Range(ranges[2], ranges[3]);
    }

    private StoredTensor tensor(String name) {
        return stored.find(name).orElseThrow(() -> new CheckpointException(stored.folder(), "tensor " + name
                + ": expected it among the weights in 8 bits, found none; delete the file, and it is created again"));
    }
}
