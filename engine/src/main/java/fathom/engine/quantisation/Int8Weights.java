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

    private final Checkpoint stored;

    private Int8Weights(Checkpoint stored) {
        this.stored = stored;
    }

    /**
     * Opens the weights of a network, and creates them if the cache does not contain them.
     *
     * @param model the network in float32, at any size of input
     * @param root the folder that locations of external weights are relative to
     * @param sources the weight files of the network
     * @param variant distinguishes calibrations and settings of one checkpoint
     * @param calibration measures the network; called only if the cache does not contain the weights
     * @return the weights
     * @throws IOException if a file cannot be read or written
     */
    public static Int8Weights of(OnnxModel model, Path root, List<Path> sources, String variant,
            Supplier<Calibration> calibration) throws IOException {
        Path file = DerivedFiles.folder()
                .resolve(DerivedFiles.key(sources, "int8\n" + variant + "\n") + ".safetensors");
        List<QuantizableOp> sites = distinct(QuantizableOp.of(model));
        Optional<Checkpoint> kept = complete(file, sites);
        if (kept.isPresent()) {
            return new Int8Weights(kept.get());
        }
        write(file, sites, root, sources, calibration.get());
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
                    .filter(weights -> sites.stream().allMatch(site -> weights.has(LEVELS + site.weight().name())));
        } catch (CheckpointException damaged) {
            return Optional.empty();
        }
    }

    private static List<QuantizableOp> distinct(List<QuantizableOp> sites) {
        Set<String> seen = new HashSet<>();
        return sites.stream().filter(site -> seen.add(site.weight().name())).toList();
    }

    private static void write(Path file, List<QuantizableOp> sites, Path root, List<Path> sources,
            Calibration calibration) throws IOException {
        List<DerivedTensor> tensors = new ArrayList<>();
        for (QuantizableOp site : sites) {
            String name = site.weight().name();
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
        DerivedFiles.write(file, "keeping the weights of " + sources.getFirst() + " in 8 bits", sources, tensors);
    }

    private static DerivedTensor.Content bytes(byte[] values) {
        return DerivedTensor.Content.of(ByteBuffer.wrap(values));
    }

    private static DerivedTensor.Content floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return DerivedTensor.Content.of(bytes);
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
