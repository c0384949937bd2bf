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
import fathom.datasets.values.Field;
import org.jspecify.annotations.Nullable;

/** One dataset open for reading, with its columns as JSON for as long as it does not change. Thread-safe. */
final class OpenDataset implements AutoCloseable {
    private final Dataset dataset;
    private final @Nullable Object index;
    private final ReentrantLock lock = new ReentrantLock();
    /** What the last answer described, and that answer; both guarded by the lock. */
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
     * False once the dataset was deleted, whether or not another of the same name was made, or its index was converted to
     * another format.
     */
    boolean isCurrent() {
        Path folder = dataset.folder();
        return Files.exists(folder.resolve("index.sqlite")) && Objects.equals(index, key(folder))
                && dataset.isCurrent();
    }

    /** Changes whenever something is saved in the dataset; costs two looks at the file system. */
    String revision() {
        return Versions.ofIndex(dataset.folder());
    }

    /** The whole dataset as columns, in JSON. */
    byte[] json() {
        lock.lock();
        try {
            // The revision is read first: what is saved meanwhile makes the next answer new, never this one old.
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

    /** The sample with that id. */
    Sample sample(String id) {
        return dataset.sample(id).orElseThrow(() -> new Problems.NotFoundException(
                "sample: dataset " + dataset.name() + " has none with id " + id, "Go back to the grid."));
    }

    /** The field of that name, which the sample must have. */
    Field field(Sample sample, String name) {
        return sample.field(name).orElseThrow(() -> noLayer(sample, "no " + name));
    }

    /** The layer that addresses call {@code name}, which the sample must have. */
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
                .orElseThrow(() -> noLayer(sample, "no " + name + ": beside depth, " + prediction.name() + " has "
                        + (maps.isEmpty()
                                ? "nothing there"
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

    /** Tells an index from another one at the same place; null where the file system has no such key. */
    private static @Nullable Object key(Path folder) {
        try {
            return Files.readAttributes(folder.resolve("index.sqlite"), BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
