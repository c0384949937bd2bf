package fathom.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The named tensors of a checkpoint folder, mapped into memory. Opening reads headers only, and a float32 tensor that a
 * graph refers to is never copied. The files stay mapped as long as the checkpoint is reachable. Safe for concurrent
 * use.
 */
public final class Checkpoint {
    /** Number of names in a message. */
    private static final int SHOWN = 3;
    private static final long LARGEST_STAND_IN = 256 << 20;

    private final Path folder;
    private final List<Path> sources;
    private final Map<String, StoredTensor> stored;
    private final Map<String, StoredTensor> tensors;
    private final Map<Path, MemorySegment> files;
    /** Tensors whose elements were requested. */
    private final Set<StoredTensor> used = Collections
            .synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    /** Names that were requested in vain, if zeros take their place; otherwise null. */
    private final @Nullable List<String> missing;

    private Checkpoint(Path folder, List<Path> sources, Map<String, StoredTensor> stored,
            Map<String, StoredTensor> tensors, Map<Path, MemorySegment> files, @Nullable List<String> missing) {
        this.folder = folder;
        this.sources = sources;
        this.stored = stored;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.files = files;
        this.missing = missing;
    }

    /**
     * Opens the weights in a folder, whose names {@link WeightNames} lists, or the shards of an index.
     *
     * @param folder the folder
     * @return the checkpoint
     * @throws CheckpointException if a file is invalid
     * @throws IOException if a file cannot be read
     */
    public static Checkpoint open(Path folder) throws IOException {
        return open(folder, WidenedCopy.WORTHWHILE);
    }

    /** Opens a folder; weights of at least {@code worthwhile} bytes are converted once and cached. */
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
        return new Checkpoint(folder, sources, withoutCopies(stored, tensors), tensors, files, null);
    }

    /** Drops copies in memory of tensors that a file of the cache contains. */
    private static Map<String, StoredTensor> withoutCopies(Map<String, StoredTensor> stored,
            Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> light = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> light.put(name,
                tensor.copy().isPresent() ? tensors.getOrDefault(name, tensor) : tensor));
        return light;
    }

    /**
     * Opens one weight file, in safetensors format, of {@code torch.save} or of Keras; {@link #folder} returns the
     * file.
     *
     * @param file the file
     * @return the checkpoint
     * @throws CheckpointException if it is invalid
     * @throws IOException if it cannot be read
     */
    public static Checkpoint openFile(Path file) throws IOException {
        return of(file, CheckpointFiles.byName(CheckpointFiles.tensors(file)), WidenedCopy.WORTHWHILE);
    }

    /**
     * Creates a checkpoint from a Keras file; {@link #folder} returns the file.
     *
     * @param file the file
     * @param keras its content
     * @return the checkpoint
     * @throws IOException if the copy in the cache cannot be written
     */
    public static Checkpoint ofKeras(Path file, KerasFile keras) throws IOException {
        return ofKeras(file, keras, WidenedCopy.WORTHWHILE);
    }

    /** Creates a checkpoint from a Keras file; copies of at least {@code worthwhile} bytes are stored in the cache. */
    static Checkpoint ofKeras(Path file, KerasFile keras, long worthwhile) throws IOException {
        return of(file, CheckpointFiles.byName(keras.tensors()), worthwhile);
    }

    /**
     * Returns a checkpoint of the same files with other tensors.
     *
     * @param others tensors of these files by name: renamed ones, or parts
     * @return the checkpoint
     */
    public Checkpoint withTensors(Map<String, StoredTensor> others) {
        return new Checkpoint(folder, sources, stored, new LinkedHashMap<>(others), files, null);
    }

    /**
     * Returns the ways to read the names of the tensors: as they are, and without the prefixes that training programs
     * put before them, such as {@code module.} or {@code model._orig_mod.}. Tensors without the prefix are left out.
     *
     * @return this checkpoint, then the others, those of many tensors first
     */
    public List<Checkpoint> readings() {
        List<Checkpoint> readings = new ArrayList<>();
        readings.add(this);
        Map<String, StoredTensor> unwrapped = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> unwrapped.put(NamePrefixes.unwrapped(name),
                tensor.renamed(NamePrefixes.unwrapped(name))));
        if (!unwrapped.keySet().equals(tensors.keySet())) {
            readings.add(withTensors(unwrapped));
        }
        for (String prefix : NamePrefixes.candidates(unwrapped.keySet())) {
            Map<String, StoredTensor> some = new LinkedHashMap<>();
            unwrapped.forEach((name, tensor) -> {
                if (name.startsWith(prefix) && name.length() > prefix.length()) {
                    some.put(name.substring(prefix.length()), tensor.renamed(name.substring(prefix.length())));
                }
            });
            readings.add(withTensors(some));
        }
        return readings;
    }

    /**
     * Returns the first of the {@link #readings} that fits an architecture.
     *
     * @param fits whether one fits
     * @return the reading; this checkpoint if none fits
     */
    public Checkpoint reading(Predicate<Checkpoint> fits) {
        return readings().stream().filter(fits).findFirst().orElse(this);
    }

    /**
     * Returns a checkpoint that collects the names of missing tensors: zeros take the place of the first ones, so that
     * a graph can be built further.
     *
     * @return the checkpoint
     */
    public Checkpoint collectingMissing() {
        return new Checkpoint(folder, sources, stored, tensors, files, new ArrayList<>());
    }

    /** {@return the names of the missing tensors with their expected shapes, at most three} */
    public List<String> missing() {
        return missing == null ? List.of() : List.copyOf(missing);
    }

    /** {@return how many tensors there are, and the names of some, for messages} */
    public String someNames() {
        return tensors.size() + " tensors"
                + (tensors.isEmpty()
                        ? ""
                        : tensors.keySet().stream().limit(SHOWN).collect(Collectors.joining(", ", ", such as ", "")));
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    /** {@return the folder that was opened} */
    public Path folder() {
        return folder;
    }

    /** {@return all tensors} */
    public Collection<StoredTensor> tensors() {
        return tensors.values();
    }

    /** {@return the weight files of the checkpoint, by their real paths, in the order of their names} */
    public List<Path> files() {
        return sources;
    }

    /** {@return the number of floating-point weights} */
    public long parameters() {
        return tensors.values().stream().filter(tensor -> tensor.type().isFloat())
                .mapToLong(tensor -> tensor.shape().elements()).sum();
    }

    /**
     * Returns whether there is a tensor of this name.
     *
     * @param name name of the tensor
     * @return whether it exists
     */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /**
     * Returns the tensor of this name.
     *
     * @param name name of the tensor
     * @return the tensor, or empty if there is none
     */
    public Optional<StoredTensor> find(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor != null) {
            used.add(tensor);
        }
        return Optional.ofNullable(tensor);
    }

    /**
     * Returns the tensor of this name, which must exist.
     *
     * @param name name of the tensor
     * @param expected its expected shape
     * @return the tensor
     * @throws CheckpointException if it is missing, has another shape or another kind of elements
     */
    public StoredTensor require(String name, Shape expected) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            if (missing != null && missing.size() < SHOWN) {
                missing.add(name + " " + expected);
                long bytes = expected.elements() * Float.BYTES;
                if (missing.size() < SHOWN && bytes <= LARGEST_STAND_IN) {
                    return new StoredTensor(name, StoredType.F32, expected, sources.getFirst(), 0,
                            Optional.of(Arena.ofAuto().allocate(Math.max(1, bytes)).asSlice(0, bytes)));
                }
            }
            throw new CheckpointException(folder, "tensor " + name + ": expected " + expected + ", found none of that "
                    + "name among " + someNames());
        }
        if (!tensor.shape().equals(expected)) {
            throw new CheckpointException(tensor.file(),
                    "tensor " + name + ": expected " + expected + ", found " + tensor.shape());
        }
        if (!tensor.type().isFloat()) {
            throw new CheckpointException(tensor.file(),
                    "tensor " + name + ": expected floating-point numbers, found " + tensor.type());
        }
        used.add(tensor);
        return tensor;
    }

    /**
     * Returns the extents of a tensor, for models whose sizes follow from their tensors.
     *
     * @param name name of the tensor
     * @param rank its expected number of axes
     * @return its shape
     * @throws CheckpointException if it is missing, has another number of axes, or an extent of 0
     */
    public Shape shapeOf(String name, int rank) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null || tensor.shape().rank() != rank || tensor.shape().elements() == 0) {
            throw new CheckpointException(folder, "tensor " + name + ": expected one of " + rank + " axes, found "
                    + (tensor == null ? "none of that name among " + someNames() : tensor.shape()));
        }
        return tensor.shape();
    }

    /**
     * Returns the elements of a tensor as float32.
     *
     * @param tensor the tensor
     * @return row-major, in a new array
     */
    public float[] floats(StoredTensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        ElementConversion.toFloats(tensor.type(), bytes(tensor), 0, values.length, values);
        return values;
    }

    /**
     * Returns some elements of a tensor as float32.
     *
     * @param tensor the tensor
     * @param from row-major index of the first element
     * @param count number of elements
     * @return the elements in a new array
     */
    public float[] floats(StoredTensor tensor, long from, int count) {
        if (from < 0 || count < 0 || from > tensor.shape().elements() - count) {
            throw new IllegalArgumentException("elements of " + tensor.name() + ": expected within "
                    + tensor.shape().elements() + ", found " + count + " from " + from);
        }
        float[] values = new float[count];
        ElementConversion.toFloats(tensor.type(), bytes(tensor), from, count, values);
        return values;
    }

    /**
     * Returns the bytes of a tensor, mapped from the file; valid as long as this checkpoint is reachable.
     *
     * @param tensor a tensor of this checkpoint
     * @return its bytes
     */
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
     * Returns a tensor as a constant of a graph. A float32 or int8 tensor stays in its file, with a location relative
     * to {@link #externalRoot}, the root of the file system; others are converted to float32 in memory.
     *
     * @param tensor a tensor of this checkpoint
     * @return the constant
     */
    public Tensor graphTensor(StoredTensor tensor) {
        boolean asStored = (tensor.type() == StoredType.F32 || tensor.type() == StoredType.I8)
                && tensor.copy().isEmpty();
        return asStored
                ? new Tensor(tensor.name(), tensor.type() == StoredType.F32 ? DataType.FLOAT32 : DataType.INT8,
                        tensor.shape(), new Tensor.External(location(tensor.file()), tensor.offset(), tensor.length()))
                : new Tensor(tensor.name(), DataType.FLOAT32, tensor.shape(), Tensor.Inline.of(floats(tensor)));
    }

    /** {@return the folder that the locations in {@link #graphTensor} are relative to} */
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
     * Requires that no floating-point weight that was requested so far is NaN or infinite: one pass over the mapped
     * files, in parallel, whose pages are released. If none was requested, all are checked.
     *
     * @throws CheckpointException naming the first such weight
     */
    public void requireFinite() {
        requireFinite(requested());
    }

    /**
     * Starts to read the weight files in another thread. Each file is read once: its hash is computed and the weights that
     * were requested so far are checked as by {@link #requireFinite}. What is known from an earlier check of the same file
     * is not computed again.
     *
     * @return the check, which the caller closes
     */
    public WeightsCheck startCheck() {
        return new WeightsCheck(this, requested());
    }

    /** Returns the tensors that were requested so far; all if none was. */
    private List<StoredTensor> requested() {
        synchronized (used) {
            return List.copyOf(used.isEmpty() ? stored.values() : used);
        }
    }

    /** Requires that {@code checked}, tensors of this checkpoint, are finite, as {@link #requireFinite()} does. */
    void requireFinite(Collection<StoredTensor> checked) {
        checked.parallelStream().forEach(tensor -> {
            MemorySegment bytes = bytes(tensor);
            long index = ElementConversion.firstNonFinite(tensor.type(), bytes);
            if (index >= 0) {
                float[] value = new float[1];
                ElementConversion.toFloats(tensor.type(), bytes, index, 1, value);
                throw new CheckpointException(
                        sources.contains(tensor.file()) || sources.size() != 1 ? tensor.file() : sources.getFirst(),
                        "tensor " + tensor.name() + ": expected finite weights, found " + value[0] + " at element "
                                + index + " of " + tensor.shape());
            }
        });
        Set<Path> read = checked.stream().map(StoredTensor::file).collect(Collectors.toSet());
        files.forEach((file, bytes) -> {
            if (read.contains(file)) {
                bytes.unload();
            }
        });
    }
}
