package fathom.weights.torch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A mapped file of {@code torch.save}: its values, and the offsets of its tensors. Entries of the zip format are read
 * in place; the format before PyTorch 1.6 is supported too. Elements stay in the file until they are requested. The
 * sum of what is unpacked or copied is limited by the size of the file. Safe for concurrent use.
 */
public final class TorchFile {
    /** Names under which training programs store the weights among other values, in order of preference. */
    private static final List<String> WEIGHTS = List.of("state_dict", "model", "model_state_dict", "model_state",
            "params", "net", "network", "module", "weights", "generator", "checkpoint", "params_ema", "ema",
            "model_ema", "ema_model", "state_dict_ema", "ema_state_dict", "student", "teacher");
    /** Largest depth of a dictionary of weights in others. */
    private static final int DEEPEST = 3;
    /** Bytes that any file may unpack or copy. */
    private static final long ALWAYS_COPIED = 64L << 20;
    /** Bytes that a file may unpack or copy for each of its bytes: weights hardly shrink when they are compressed. */
    private static final long MOST_COPIED = 8;

    private final Path file;
    private final MemorySegment segment;
    private final TorchValue root;
    private final Map<Storage, MemorySegment> unpacked = new HashMap<>();
    private long copied;

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
        if (root instanceof TorchValue.Opaque object) {
            throw new TorchFormatException(file,
                    "expected a dictionary of tensors, found an object that the class or function " + object.name()
                            + " creates, which is refused: only tensors, numbers, text and containers of them are "
                            + "loaded. Save the weights alone, with torch.save(model.state_dict(), …)");
        }
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
     * as {@code state_dict} or {@code model}, also one level deeper, or of the only one that contains tensors.
     *
     * @return tensors by name
     * @throws TorchFormatException if there are none
     */
    public Map<String, TorchValue.Tensor> tensors() {
        Map<String, TorchValue.Tensor> best = root instanceof TorchValue.Dictionary top ? weights(top, 0) : Map.of();
        if (!best.isEmpty()) {
            return best;
        }
        throw new TorchFormatException(file,
                "expected a dictionary of tensors, or one under one of the names " + String.join(", ", WEIGHTS)
                        + ", found " + contents() + ". Save the weights alone, with torch.save(model.state_dict(), …)");
    }

    /** Returns the tensors of a dictionary, or of one in it that contains more of them. */
    private static Map<String, TorchValue.Tensor> weights(TorchValue.Dictionary dictionary, int depth) {
        Map<String, TorchValue.Tensor> own = tensors(dictionary);
        if (depth == DEEPEST) {
            return own;
        }
        for (String name : WEIGHTS) {
            if (dictionary.get(name).orElse(dictionary) instanceof TorchValue.Dictionary inner && inner != dictionary) {
                Map<String, TorchValue.Tensor> nested = weights(inner, depth + 1);
                if (nested.size() > own.size()) {
                    return nested;
                }
            }
        }
        if (own.isEmpty()) {
            List<Map<String, TorchValue.Tensor>> others = new ArrayList<>();
            dictionary.entries().values().forEach(value -> {
                if (value instanceof TorchValue.Dictionary inner && inner != dictionary && !tensors(inner).isEmpty()) {
                    others.add(tensors(inner));
                }
            });
            return others.size() == 1 ? others.getFirst() : own;
        }
        return own;
    }

    /** Returns what the file contains, for messages. */
    private String contents() {
        if (!(root instanceof TorchValue.Dictionary top)) {
            return "none";
        }
        List<String> found = new ArrayList<>();
        top.entries().forEach((key, value) -> {
            if (found.size() < 8 && key instanceof TorchValue.Text(String name)) {
                found.add(name.replaceAll("[^\\x20-\\x7e]", "?")
                        + (value instanceof TorchValue.Opaque object ? " (" + object.name() + ")" : ""));
            }
        });
        return found.isEmpty() ? "none" : "only " + String.join(", ", found);
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
     * @param arena owns what is unpacked or copied
     * @return row-major, little-endian
     */
    public MemorySegment bytes(TorchValue.Tensor tensor, Arena arena) {
        long length = tensor.elements() * tensor.type().bytes();
        if (tensor.isMappable()) {
            return segment.asSlice(length == 0 ? 0 : tensor.offset(), length);
        }
        MemorySegment storage = storage(tensor.storage(), arena);
        if (tensor.isContiguous() && !tensor.storage().isBigEndian()) {
            return storage.asSlice(length == 0 ? 0 : tensor.start() * tensor.type().bytes(), length);
        }
        count(length);
        MemorySegment copy = arena.allocate(Math.max(1, length)).asSlice(0, length);
        StridedCopy.into(copy, storage, tensor);
        return copy;
    }

    /** Returns the bytes of a storage, unpacked once. */
    private synchronized MemorySegment storage(Storage storage, Arena arena) {
        return switch (storage.place()) {
            case Storage.Stored(long offset) -> segment.asSlice(offset, storage.bytes());
            case Storage.Deflated(long offset, long length) -> {
                MemorySegment known = unpacked.get(storage);
                if (known == null) {
                    count(storage.bytes());
                    known = arena.allocate(Math.max(1, storage.bytes())).asSlice(0, storage.bytes());
                    ZipDirectory.inflate(file, segment.asSlice(offset, length), known, "storage " + storage.key());
                    unpacked.put(storage, known);
                }
                yield known;
            }
        };
    }

    /** Adds to the bytes that are unpacked and copied, before they are allocated. */
    private synchronized void count(long bytes) {
        long most = Math.max(ALWAYS_COPIED, MOST_COPIED * segment.byteSize());
        copied = Math.addExact(copied, bytes);
        if (copied > most) {
            throw new TorchFormatException(file,
                    String.format(Locale.ROOT,
                            "expected tensors of at most %,d bytes in a file of %,d bytes, found %,d and more: "
                                    + "compressed or expanded tensors claim more than a network needs",
                            most, segment.byteSize(), copied));
        }
    }
}
