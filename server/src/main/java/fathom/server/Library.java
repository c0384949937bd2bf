package fathom.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import fathom.datasets.Datasets;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.server.wire.DatasetListWire;
import org.jspecify.annotations.Nullable;

/** The open datasets. A dataset is opened for reading at its first request and closed when the server stops. Thread-safe. */
final class Library implements AutoCloseable {
    private final Datasets datasets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, OpenDataset> open = new HashMap<>();
    /** The number of requests that read each dataset. */
    private final Map<OpenDataset, Integer> users = new HashMap<>();

    Library(Datasets datasets) {
        this.datasets = datasets;
    }

    /** Returns all datasets, also those that cannot be read; they have no number of samples. */
    List<DatasetListWire.Entry> entries() {
        return datasets.names().stream().map(name -> new DatasetListWire.Entry(name, size(name))).toList();
    }

    /** Returns the number of samples; null if the dataset cannot be read. A request for such a dataset returns the reason. */
    private @Nullable Integer size(String name) {
        try {
            return with(name, open -> open.dataset().size());
        } catch (DatasetException e) {
            return null;
        }
    }

    /**
     * Calls {@code reading} with a dataset, which is not closed before it returns, even if the dataset is deleted meanwhile.
     *
     * @return the result of {@code reading}
     * @throws DatasetException if the dataset does not exist, cannot be read, or was deleted or replaced while it was read
     */
    <T> T with(String name, Function<OpenDataset, T> reading) {
        OpenDataset dataset = acquire(name);
        try {
            return reading.apply(dataset);
        } catch (Problems.NotFoundException | Problems.BadRequestException e) {
            throw e;
        } catch (RuntimeException e) {
            if (dataset.isCurrent()) {
                throw e;
            }
            throw datasets.exists(name)
                    ? new DatasetException(Problem.IN_USE, "dataset " + name + ": replaced while it was read", e)
                    : new DatasetException(Problem.UNKNOWN, "dataset " + name + ": deleted while it was read", e);
        } finally {
            release(dataset);
        }
    }

    private OpenDataset acquire(String name) {
        lock.lock();
        try {
            OpenDataset known = open.get(name);
            if (known != null && !known.isCurrent()) {
                open.remove(name);
                if (users.getOrDefault(known, 0) == 0) {
                    known.close();
                }
                known = null;
            }
            if (known == null) {
                known = new OpenDataset(datasets.openReadOnly(name));
                open.put(name, known);
            }
            users.merge(known, 1, Integer::sum);
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the use of a dataset. The last user of one that was deleted or replaced closes it. */
    private void release(OpenDataset dataset) {
        lock.lock();
        try {
            boolean isLast = users.merge(dataset, -1, (count, one) -> count + one == 0 ? null : count + one) == null;
            if (isLast && !open.containsValue(dataset)) {
                dataset.close();
            }
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
