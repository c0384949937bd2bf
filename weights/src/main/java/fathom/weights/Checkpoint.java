package fathom.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.graph.Tensor;

/**
 * The named tensors of a checkpoint folder, mapped into memory: opening reads headers only, and a float32 tensor that a
 * graph refers to is never copied. The files stay mapped as long as the checkpoint is reachable. Safe for concurrent use.
 */
public final class Checkpoint {
    private final Path folder;
    private final List<Path> sources;
    private final Map<String, StoredTensor> stored;
    private final Map<String, StoredTensor> tensors;
    private final Map<Path, MemorySegment> files;

    private Checkpoint(Path folder, List<Path> sources, Map<String, StoredTensor> stored,
            Map<String, StoredTensor> tensors, Map<Path, MemorySegment> files) {
        this.folder = folder;
        this.sources = sources;
        this.stored = stored;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.files = files;
    }

    /**
     * Opens the weights in {@code folder}: {@code model.safetensors}, {@code pytorch_model.bin} or {@code model.pt}, or the
     * shards of an index.
     *
     * @throws CheckpointException if the files are not sound
     */
    public static Checkpoint open(Path folder) throws IOException {
        return open(folder, WidenedCopy.WORTHWHILE);
    }

    /** As {@link #open(Path)}, widening from {@code worthwhile} bytes on. */
    static Checkpoint open(Path folder, long worthwhile) throws IOException {
        return of(folder, CheckpointFiles.read(folder), worthwhile);
    }

    private static Checkpoint of(Path folder, Map<String, StoredTensor> stored, long worthwhile) throws IOException {
        Map<String, StoredTensor> tensors = WidenedCopy.widened(stored, worthwhile);
        Map<Path, MemorySegment> files = new HashMap<>();
        for (Map<String, StoredTensor> some : List.of(stored, tensors)) {
            for (StoredTensor tensor : some.values()) {
                if (!files.containsKey(tensor.file())) {
                    files.put(tensor.file(), map(tensor.file()));
                }
            }
        }
        List<Path> sources = stored.values().stream().map(StoredTensor::file).distinct().sorted().toList();
        return new Checkpoint(folder, sources, withoutCopies(stored, tensors), tensors, files);
    }

    /** What a file of the cache holds now need not be held in memory as well. */
    private static Map<String, StoredTensor> withoutCopies(Map<String, StoredTensor> stored,
            Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> light = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> light.put(name, tensor.copy().isPresent()
                ? tensors.getOrDefault(name, tensor)
                : tensor));
        return light;
    }

    /**
     * Opens the one weight file {@code file}, in safetensors, of {@code torch.save} or of Keras; it counts as the folder.
     *
     * @throws CheckpointException if it is not sound
     */
    public static Checkpoint openFile(Path file) throws IOException {
        return of(file, CheckpointFiles.byName(CheckpointFiles.tensors(file)), WidenedCopy.WORTHWHILE);
    }

    /** The weights of {@code keras}, which was read from {@code file}; the file counts as the folder. */
    public static Checkpoint ofKeras(Path file, KerasFile keras) throws IOException {
        return ofKeras(file, keras, WidenedCopy.WORTHWHILE);
    }

    /** As {@link #ofKeras(Path, KerasFile)}, with what was copied in a file of the cache from {@code worthwhile} bytes on. */
    static Checkpoint ofKeras(Path file, KerasFile keras, long worthwhile) throws IOException {
        return of(file, CheckpointFiles.byName(keras.tensors()), worthwhile);
    }

    /** The same files with other tensors in them, by their names: renamed ones, or parts of those that there are. */
    public Checkpoint withTensors(Map<String, StoredTensor> others) {
        return new Checkpoint(folder, sources, stored, new LinkedHashMap<>(others), files);
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    /** The folder that was opened. */
    public Path folder() {
        return folder;
    }

    /** All tensors. */
    public Collection<StoredTensor> tensors() {
        return tensors.values();
    }

    /** The checkpoint's own weight files, by their real paths, in the order of their names. */
    public List<Path> files() {
        return sources;
    }

    /** Number of floating-point weights. */
    public long parameters() {
        return tensors.values().stream().filter(tensor -> tensor.type().isFloat())
                .mapToLong(tensor -> tensor.shape().elements()).sum();
    }

    /** Whether there is a tensor called {@code name}. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** The tensor called {@code name}, if there is one. */
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /**
     * The tensor called {@code name}.
     *
     * @throws CheckpointException if there is none, or its shape is not {@code expected}
     */
    public StoredTensor require(String name, Shape expected) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(folder, "tensor " + name + ": expected " + expected + ", found none of that "
                    + "name among " + tensors.size() + " tensors");
        }
        if (!tensor.shape().equals(expected)) {
            throw new CheckpointException(tensor.file(), "tensor " + name + ": expected " + expected + ", found "
                    + tensor.shape());
        }
        if (!tensor.type().isFloat()) {
            throw new CheckpointException(tensor.file(), "tensor " + name + ": expected floating-point numbers, found "
                    + tensor.type());
        }
        return tensor;
    }

    /**
     * Extents of the tensor called {@code name}, where the tensors and not the settings tell a model's sizes.
     *
     * @throws CheckpointException if there is none, or it has not {@code rank} axes, or one of extent 0
     */
    public Shape shapeOf(String name, int rank) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null || tensor.shape().rank() != rank || tensor.shape().elements() == 0) {
            throw new CheckpointException(folder, "tensor " + name + ": expected one of " + rank + " axes, found "
                    + (tensor == null ? "none of that name among " + tensors.size() + " tensors" : tensor.shape()));
        }
        return tensor.shape();
    }

    /** The numbers of {@code tensor} as float32, row-major, in an array of their own. */
    public float[] floats(StoredTensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        ElementConversion.toFloats(tensor.type(), bytes(tensor), 0, values.length, values);
        return values;
    }

    /** {@code count} numbers of {@code tensor} from the row-major index {@code from}, as float32. */
    public float[] floats(StoredTensor tensor, long from, int count) {
        if (from < 0 || count < 0 || from > tensor.shape().elements() - count) {
            throw new IllegalArgumentException("elements of " + tensor.name() + ": expected within "
                    + tensor.shape().elements() + ", found " + count + " from " + from);
        }
        float[] values = new float[count];
        ElementConversion.toFloats(tensor.type(), bytes(tensor), from, count, values);
        return values;
    }

    /** The bytes of {@code tensor}, mapped where they lie in the file; valid as long as this checkpoint is reachable. */
    public MemorySegment bytes(StoredTensor tensor) {
        if (tensor.copy().isPresent()) {
            return tensor.copy().get();
        }
        MemorySegment file = files.get(tensor.file());
        if (file == null) {
            throw new IllegalArgumentException("tensor: expected one of this checkpoint, found " + tensor);
        }
        return file.asSlice(tensor.offset(), tensor.length());
    }

    /**
     * {@code tensor} as a constant of a graph: one of float32 or int8 that lies in its file stays there and is located from
     * the root of the file system, {@link #externalRoot}; others are widened into the graph as float32.
     */
    public Tensor graphTensor(StoredTensor tensor) {
        boolean asStored = (tensor.type() == StoredType.F32 || tensor.type() == StoredType.I8) && tensor.copy()
                .isEmpty();
        return asStored
                ? new Tensor(tensor.name(), tensor.type() == StoredType.F32 ? DataType.FLOAT32 : DataType.INT8,
                        tensor.shape(),
                        new Tensor.External(location(tensor.file()), tensor.offset(), tensor.length()))
                : new Tensor(tensor.name(), DataType.FLOAT32, tensor.shape(), Tensor.Inline.of(floats(tensor)));
    }

    /** The folder that the locations in {@link #graphTensor} start from. */
    public Path externalRoot() {
        return root(files().getFirst());
    }

    private static Path root(Path file) {
        Path root = file.getRoot();
        if (root == null) {
            throw new IllegalStateException("expected an absolute path, found " + file);
        }
        return root;
    }

    private static String location(Path file) {
        return root(file).relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /**
     * Requires that no floating-point weight is NaN or infinite: one pass over the mapped files, in parallel, whose pages are
     * let go again.
     *
     * @throws CheckpointException naming the first such weight
     */
    public void requireFinite() {
        stored.values().parallelStream().forEach(tensor -> {
            MemorySegment bytes = bytes(tensor);
            long index = ElementConversion.firstNonFinite(tensor.type(), bytes);
            if (index >= 0) {
                float[] value = new float[1];
                ElementConversion.toFloats(tensor.type(), bytes, index, 1, value);
                throw new CheckpointException(tensor.file(), "tensor " + tensor.name()
                        + ": expected finite weights, found " + value[0] + " at element " + index + " of "
                        + tensor.shape());
            }
        });
        files.values().forEach(MemorySegment::unload);
    }
}
