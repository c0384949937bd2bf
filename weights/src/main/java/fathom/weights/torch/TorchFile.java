package fathom.weights.torch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapped file of {@code torch.save}: its values, and the offsets of its tensors. Entries of the zip format are read
 * in place; the format before PyTorch 1.6 is supported too. Elements stay in the file until they are requested. Safe
 * for concurrent use.
 */
public final class TorchFile {
    /** Names under which training programs store the weights among other values, in order of preference. */
    private static final List<String> WEIGHTS = List.of("state_dict", "model", "model_state_dict", "params", "net",
            "network", "module");

    private final Path file;
    private final MemorySegment segment;
    private final TorchValue root;

    private TorchFile(Path file, MemorySegment segment, TorchValue root) {
        this.file = file;
        this.segment = segment;
        this.root = root;
    }

    /**
     * Reads the values of a file without the elements of tensors. Executes nothing that the file names.
     *
     * @param file the file
     * @return its values
     * @throws TorchFormatException if it is damaged, or contains anything except plain values
     * @throws IOException if it cannot be read
     */
    public static TorchFile read(Path file) throws IOException {
        MemorySegment segment;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
        return read(file, segment);
    }

    /** Reads the values of the content of {@code file}. */
    static TorchFile read(Path file, MemorySegment segment) {
        TorchValue root = ZipFormat.isZip(segment) ? ZipFormat.read(file, segment) : LegacyFormat.read(file, segment);
        return new TorchFile(file, segment, root);
    }

    /** {@return the file} */
    public Path file() {
        return file;
    }

    /** {@return the saved value} */
    public TorchValue root() {
        return root;
    }

    /** {@return the saved value as a dictionary, or empty if it is none} */
    public Optional<TorchValue.Dictionary> dictionary() {
        return root instanceof TorchValue.Dictionary dictionary ? Optional.of(dictionary) : Optional.empty();
    }

    /**
     * Returns the named tensors of the saved dictionary, or of the dictionary that it contains under a usual name, such
     * as {@code state_dict} or {@code model}.
     *
     * @return tensors by name
     * @throws TorchFormatException if there are none
     */
    public Map<String, TorchValue.Tensor> tensors() {
        if (root instanceof TorchValue.Dictionary top) {
            Map<String, TorchValue.Tensor> own = tensors(top);
            if (!own.isEmpty()) {
                return own;
            }
            for (String name : WEIGHTS) {
                if (top.get(name).orElse(root) instanceof TorchValue.Dictionary inner && inner != top) {
                    Map<String, TorchValue.Tensor> nested = tensors(inner);
                    if (!nested.isEmpty()) {
                        return nested;
                    }
                }
            }
        }
        throw new TorchFormatException(file, "expected a dictionary of tensors, or one under one of the names "
                + String.join(", ", WEIGHTS) + ", found none");
    }

    private static Map<String, TorchValue.Tensor> tensors(TorchValue.Dictionary dictionary) {
        Map<String, TorchValue.Tensor> tensors = new LinkedHashMap<>();
        dictionary.entries().forEach((key, value) -> {
            if (key instanceof TorchValue.Text(String name) && value instanceof TorchValue.Tensor tensor) {
                tensors.put(name, tensor);
            }
        });
        return Collections.unmodifiableMap(tensors);
    }

    /**
     * Returns the elements of a tensor: the file's bytes if it {@link TorchValue.Tensor#isMappable}, otherwise a copy.
     *
     * @param tensor the tensor
     * @param arena owns the copy
     * @return row-major, little-endian
     */
    public MemorySegment bytes(TorchValue.Tensor tensor, Arena arena) {
        long length = tensor.elements() * tensor.type().bytes();
        if (tensor.isMappable()) {
            return segment.asSlice(length == 0 ? 0 : tensor.offset(), length);
        }
        MemorySegment copy = arena.allocate(Math.max(1, length)).asSlice(0, length);
        MemorySegment storage = storage(tensor.storage(), arena);
        StridedCopy.into(copy, storage, tensor);
        return copy;
    }

    private MemorySegment storage(Storage storage, Arena arena) {
        return switch (storage.place()) {
            case Storage.Stored(long offset) -> segment.asSlice(offset, storage.bytes());
            case Storage.Deflated(long offset, long length) -> {
                MemorySegment unpacked = arena.allocate(Math.max(1, storage.bytes())).asSlice(0, storage.bytes());
                ZipDirectory.inflate(file, segment.asSlice(offset, length), unpacked, "storage " + storage.key());
                yield unpacked;
            }
        };
    }
}
