package fathom.server.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All datasets of a home.
 *
 * @param datasets those that can be read, by name
 * @param initial the dataset to open first, or null to let the reader choose
 */
public record DatasetListWire(List<Entry> datasets, @Nullable String initial) {
    /**
     * One dataset.
     *
     * @param name its name
     * @param samples how many samples it has
     */
    public record Entry(String name, int samples) {}
}
