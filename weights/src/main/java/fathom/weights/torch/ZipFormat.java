package fathom.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The zip format of {@code torch.save}: {@code NAME/data.pkl} refers to {@code NAME/data/KEY}, which contain the
 * elements of the storages; {@code NAME/byteorder} contains {@code little} or {@code big}. See
 * {@code torch/serialization.py}.
 */
final class ZipFormat {
    private static final int LONGEST_PICKLE = 64 << 20;
    private static final int LONGEST_RECORD = 64;
    private static final String PICKLE = "/data.pkl";

    private ZipFormat() {}

    static boolean isZip(MemorySegment segment) {
        return segment.byteSize() >= 4 && segment.get(ValueLayout.JAVA_BYTE, 0) == 'P'
                && segment.get(ValueLayout.JAVA_BYTE, 1) == 'K';
    }

    static TorchValue read(Path file, MemorySegment segment) {
        Map<String, ZipDirectory.Entry> entries = ZipDirectory.read(file, segment);
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length()).toList();
        if (pickles.size() != 1) {
            throw new TorchFormatException(file, "expected a zip file of torch.save with one folder/data.pkl, found "
                    + pickles.size() + " among " + entries.size() + " entries");
        }
        String prefix = pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length() + 1);
        if (entries.containsKey(prefix + "constants.pkl")) {
            throw new TorchFormatException(file,
                    "expected weights, found a TorchScript program. Save the weights alone, "
                            + "with torch.save(model.state_dict(), …)");
        }
        boolean big = isBigEndian(file, segment, entries.get(prefix + "byteorder"));
        byte[] pickle = ZipDirectory.content(file, segment, required(file, entries, pickles.getFirst()),
                LONGEST_PICKLE);
        Map<String, Storage> storages = new HashMap<>();
        Bytes in = new Bytes(file, MemorySegment.ofArray(pickle), 0, pickle.length);
        return Unpickler.read(in, (identifier, type, at) -> {
            Storage storage = Storages.declared(identifier, type, at, storages);
            ZipDirectory.Entry entry = required(file, entries, prefix + "data/" + storage.key());
            if (entry.size() != storage.bytes()) {
                throw new TorchFormatException(file, "zip entry " + entry.name() + ": expected " + storage.elements()
                        + " elements of " + type + ", " + storage.bytes() + " bytes, found " + entry.size());
            }
            storage.locate(entry.deflated()
                    ? new Storage.Deflated(entry.offset(), entry.stored())
                    : new Storage.Stored(entry.offset()), big);
            return storage;
        });
    }

    private static boolean isBigEndian(Path file, MemorySegment segment, ZipDirectory.@Nullable Entry entry) {
        if (entry == null) {
            return false;
        }
        String order = new String(ZipDirectory.content(file, segment, entry, LONGEST_RECORD),
                StandardCharsets.US_ASCII);
        return switch (order.strip()) {
            case "little" -> false;
            case "big" -> true;
            default -> throw new TorchFormatException(file,
                    "zip entry " + entry.name() + ": expected little or big, found other text");
        };
    }

    private static ZipDirectory.Entry required(Path file, Map<String, ZipDirectory.Entry> entries, String name) {
        ZipDirectory.Entry entry = entries.get(name);
        if (entry == null) {
            throw new TorchFormatException(file, "expected the zip entry " + name.replaceAll("[^\\x20-\\x7e]", "?")
                    + ", found " + entries.size() + " others");
        }
        return entry;
    }
}
