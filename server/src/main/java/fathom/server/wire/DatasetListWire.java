package fathom.server.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The datasets of a home folder.
 *
 * @param datasets the datasets, ordered by name
 * @param initial the dataset to open first, null to let the user choose
 */
public record DatasetListWire(List<Entry> datasets, @Nullable String initial) {
    /**
     * One dataset.
     *
     * @param name its name
     * @param samples the number of samples, null if the dataset cannot be read; opening it returns the reason
     */
    public record Entry(String name, @Nullable Integer samples) {}
}
