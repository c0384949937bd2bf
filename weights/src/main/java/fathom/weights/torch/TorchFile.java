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
 * A file of {@code torch.save}, mapped: its values, and the places of its tensors. Of a zip, entries are read in place; of the
 * format before PyTorch 1.6 too. The numbers stay in the file until someone asks for them. Safe for concurrent use.
 */
public final class TorchFile {
    /** Names under which training programs put the weights among other things, in the order of preference. */
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
     * Reads the values of {@code file} without their tensors' numbers. Runs nothing that the file names.
     *
     * @throws TorchFormatException if it is damaged, or names something else than plain values
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

    /** The file. */
    public Path file() {
        return file;
    }

    /** The value that was saved. */
    public TorchValue root() {
        return root;
    }

    /** The saved value as a dictionary, if it is one. */
    public Optional<TorchValue.Dictionary> dictionary() {
        return root instanceof TorchValue.Dictionary dictionary ? Optional.of(dictionary) : Optional.empty();
    }

    /**
     * The named tensors: of the saved dictionary itself, or of the dictionary that it holds under the name that training
     * programs use, such as {@code state_dict} or {@code model}.
     *
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
     * The elements of {@code tensor}, row-major, little-endian: the file's own bytes where it {@link
     * TorchValue.Tensor#isMappable}, else a copy that {@code arena} owns.
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
