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

/** The datasets that the page has asked for, open for reading until the server stops. Thread-safe. */
final class Library implements AutoCloseable {
    private final Datasets datasets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, OpenDataset> open = new HashMap<>();

    Library(Datasets datasets) {
        this.datasets = datasets;
    }

    /** All datasets that can be read. */
    List<DatasetListWire.Entry> entries() {
        List<DatasetListWire.Entry> entries = new ArrayList<>();
        for (String name : datasets.names()) {
            size(name).ifPresent(samples -> entries.add(new DatasetListWire.Entry(name, samples)));
        }
        return entries;
    }

    /** Empty for a dataset that cannot be read: the list leaves it out, and asking for it by name says why. */
    private OptionalInt size(String name) {
        try {
            return OptionalInt.of(get(name).dataset().size());
        } catch (DatasetException e) {
            return OptionalInt.empty();
        }
    }

    /**
     * The dataset of that name.
     *
     * @throws DatasetException if there is none, or it cannot be read
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
