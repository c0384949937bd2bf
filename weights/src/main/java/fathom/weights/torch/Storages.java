package fathom.weights.torch;

import java.util.List;
import java.util.Map;

/** Persistent identifiers: {@code ("storage", class, key, location, number of elements, …)}. */
final class Storages {
    private Storages() {}

    /** Returns the storage that {@code identifier} declares, the same object for the same key. */
    static Storage declared(List<TorchValue> identifier, TorchType type, Bytes in, Map<String, Storage> known) {
        if (identifier.size() < 5 || !(identifier.get(2) instanceof TorchValue.Text(String key))) {
            throw in.wrong(
                    "expected the identifier of a storage with key and size, found " + identifier.size() + " values");
        }
        long elements = Tensors.number(in, identifier.get(4));
        if (elements > Long.MAX_VALUE / 16) {
            throw in.wrong("expected a storage that fits the file, found " + elements + " elements");
        }
        Storage storage = known.computeIfAbsent(key, _ -> new Storage(key, type, elements));
        if (storage.type() != type || storage.elements() != elements) {
            throw in.wrong("expected one type and size for the storage " + key.replaceAll("[^\\x20-\\x7e]", "?")
                    + ", found two");
        }
        return storage;
    }
}
