package fathom.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * A cache with a limited size in bytes; the least recently used values are evicted first. Keys identify content. Thread-safe.
 *
 * @param <V> the values
 */
final class BoundedCache<V> {
    private final long maxBytes;
    private final ToLongFunction<V> bytesOf;
    private final Map<String, V> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    BoundedCache(long maxBytes, ToLongFunction<V> bytesOf) {
        this.maxBytes = maxBytes;
        this.bytesOf = bytesOf;
    }

    synchronized @Nullable V get(String key) {
        return entries.get(key);
    }

    /** Stores {@code value}, unless it is larger than a quarter of the cache. */
    synchronized void put(String key, V value) {
        long added = bytesOf.applyAsLong(value);
        if (added > maxBytes / 4) {
            return;
        }
        V previous = entries.put(key, value);
        bytes += added - (previous == null ? 0 : bytesOf.applyAsLong(previous));
        var oldest = entries.values().iterator();
        while (bytes > maxBytes) {
            bytes -= bytesOf.applyAsLong(oldest.next());
            oldest.remove();
        }
    }

    /** Returns the size of the cached values in bytes. */
    synchronized long size() {
        return bytes;
    }
}
