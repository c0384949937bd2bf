package fathom.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import org.jspecify.annotations.Nullable;

/** A dataset that is open for reading. Its columns are cached as JSON until it changes. Thread-safe. */
final class OpenDataset implements AutoCloseable {
    private final Dataset dataset;
    private final @Nullable Object index;
    private final ReentrantLock lock = new ReentrantLock();
    /** The revision of the cached JSON, and the JSON; both guarded by the lock. */
    private String describedRevision = "";
    private byte[] described = {};

    OpenDataset(Dataset dataset) {
        this.dataset = dataset;
        this.index = key(dataset.folder());
    }

    Dataset dataset() {
        return dataset;
    }

    /**
     * Returns whether this is still the dataset of its name: false if the dataset was deleted, even if a new one has the same
     * name, or if its index was converted to another format.
     */
    boolean isCurrent() {
        Path folder = dataset.folder();
        try {
            return Files.exists(folder.resolve("index.sqlite")) && Objects.equals(index, key(folder))
                    && dataset.isCurrent();
        } catch (DatasetException e) {
            // The index is being deleted.
            return false;
        }
    }

    /** Returns a value that changes whenever the dataset is written. Reads the attributes of two files. */
    String revision() {
        return Versions.ofIndex(dataset.folder());
    }

    /** Returns the complete dataset as columns, in JSON. */
    byte[] json() {
        lock.lock();
        try {
            // The revision is read first: if the dataset is written meanwhile, the next request creates the JSON again.
            String revision = revision();
            if (!describedRevision.equals(revision)) {
                described = Json.bytes(new Columns(dataset, revision).wire());
                describedRevision = revision;
            }
            return described;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the sample with an id. */
    Sample sample(String id) {
        return dataset.sample(id).orElseThrow(() -> new Problems.NotFoundException(
                "sample: dataset " + dataset.name() + " has no sample with id " + id, "Go back to the grid."));
    }

    /** Returns a field of a sample. */
    Field field(Sample sample, String name) {
        return sample.field(name).orElseThrow(() -> noLayer(sample, "no " + name));
    }

    /** Returns the layer of a sample that has {@code name} in addresses: {@code field} or {@code field.map}. */
    SampleLayer layer(Sample sample, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return new SampleLayer.Whole(sample, field(sample, name));
        }
        if (!(field(sample, name.substring(0, dot)) instanceof Field.PredictionField prediction)) {
            throw noLayer(sample, "no prediction " + name.substring(0, dot));
        }
        List<AuxiliaryLayer> maps = AuxiliaryLayer.of(prediction.name(), sample.auxiliaryMaps(prediction.name()));
        AuxiliaryLayer map = maps.stream().filter(each -> each.layer().equals(name)).findFirst()
                .orElseThrow(() -> noLayer(sample,
                        "no " + name + ": the auxiliary maps of " + prediction.name() + " there are "
                                + (maps.isEmpty()
                                        ? "none"
                                        : maps.stream().map(AuxiliaryLayer::name).collect(Collectors.joining(", ")))));
        return new SampleLayer.Further(sample, prediction, map);
    }

    private static Problems.NotFoundException noLayer(Sample sample, String found) {
        return new Problems.NotFoundException("layer: sample " + sample.name() + " has " + found,
                "Choose another layer.");
    }

    @Override
    public void close() {
        dataset.close();
    }

    /** Returns a key that identifies the index file; null if the file system has no such key. */
    private static @Nullable Object key(Path folder) {
        try {
            return Files.readAttributes(folder.resolve("index.sqlite"), BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
