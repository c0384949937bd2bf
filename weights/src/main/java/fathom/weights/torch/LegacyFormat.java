package fathom.weights.torch;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The format of {@code torch.save} before PyTorch 1.6: five pickles one after the other (magic number, version,
 * properties of the machine, the value, the keys of its storages), then for each key the number of elements and the
 * elements. See {@code _legacy_save} in {@code torch/serialization.py}.
 */
final class LegacyFormat {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final BigInteger VERSION = BigInteger.valueOf(1001);

    private LegacyFormat() {}

    static TorchValue read(Path file, MemorySegment segment) {
        Bytes in = new Bytes(file, segment, 0, segment.byteSize());
        requireWhole(in, plain(in), MAGIC, "a zip file or the magic number of torch.save");
        requireWhole(in, plain(in), VERSION, "version");
        // Properties of the machine that wrote the file: its byte order is irrelevant, elements are
        // little-endian here.
        plain(in);
        Map<String, Storage> storages = new HashMap<>();
        TorchValue root = Unpickler.read(in, (identifier, type, at) -> {
            if (identifier.size() > 5 && !(identifier.get(5) instanceof TorchValue.None)) {
                throw at.wrong(
                        "expected whole storages, found a view of one. Save the file again with PyTorch 1.6 or newer");
            }
            return Storages.declared(identifier, type, at, storages);
        });
        locate(in, plain(in), storages);
        return root;
    }

    /** Assigns each storage its offset in the data after the pickles. */
    private static void locate(Bytes in, TorchValue keys, Map<String, Storage> storages) {
        if (!(keys instanceof TorchValue.Items list)) {
            throw in.wrong("expected the keys of the storages, found something else");
        }
        Set<String> found = new HashSet<>();
        for (TorchValue key : list.values()) {
            if (!(key instanceof TorchValue.Text(String name)) || !found.add(name)) {
                throw in.wrong("expected each storage once, by its key, found something else");
            }
            Storage storage = storages.get(name);
            if (storage == null) {
                throw in.wrong("expected the keys of storages that are used, found another one");
            }
            long elements = in.i64();
            if (elements != storage.elements()) {
                throw in.wrong("expected " + storage.elements() + " elements, found " + elements);
            }
            storage.locate(new Storage.Stored(in.position()), false);
            in.skip(storage.bytes());
        }
        if (found.size() != storages.size()) {
            throw in.wrong("expected the numbers of " + storages.size() + " storages, found those of " + found.size());
        }
    }

    private static TorchValue plain(Bytes in) {
        return Unpickler.read(in, (_, _, at) -> { throw at.wrong("expected no storage here, found one"); });
    }

    private static void requireWhole(Bytes in, TorchValue value, BigInteger expected, String what) {
        if (!(value instanceof TorchValue.Whole(BigInteger whole)) || !whole.equals(expected)) {
            throw in.wrong("expected " + what + " " + expected + ", found something else");
        }
    }
}
