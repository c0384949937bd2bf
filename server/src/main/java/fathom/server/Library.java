package fathom.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.values.DatasetException;
import fathom.server.wire.DatasetListWire;

/** The open datasets. A dataset is opened for reading at its first request and closed when the server stops. Thread-safe. */
final class Library implements AutoCloseable {
    private final Datasets datasets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, OpenDataset> open = new HashMap<>();

    Library(Datasets datasets) {
        this.datasets = datasets;
    }

    /** Returns all datasets that can be read. */
    List<DatasetListWire.Entry> entries() {
        List<DatasetListWire.Entry> entries = new ArrayList<>();
        for (String name : datasets.names()) {
            size(name).ifPresent(samples -> entries.add(new DatasetListWire.Entry(name, samples)));
        }
        return entries;
    }

    /** Returns the number of samples; empty if the dataset cannot be read. A request for such a dataset returns the reason. */
    private OptionalInt size(String name) {
        try {
            return OptionalInt.of(get(name).dataset().size());
        } catch (DatasetException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * Returns the dataset with a name.
     *
     * @throws DatasetException if it does not exist or cannot be read
     */
    OpenDataset get(String name) {
        lock.lock();
        try {
            OpenDataset known = open.get(name);
            if (known != null && known.isCurrent()) {
                return known;
            }
            if (known != null) {
                open.remove(name);
                known.close();
            }
            Dataset opened = datasets.openReadOnly(name);
            OpenDataset dataset = new OpenDataset(opened);
            open.put(name, dataset);
            return dataset;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            open.values().forEach(OpenDataset::close);
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
