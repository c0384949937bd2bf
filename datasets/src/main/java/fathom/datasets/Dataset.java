package fathom.datasets;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import fathom.datasets.files.FileErrors;
import fathom.datasets.files.MapFiles;
import fathom.datasets.files.WriterLock;
import fathom.datasets.sqlite.FieldTable;
import fathom.datasets.sqlite.IndexFile;
import fathom.datasets.sqlite.NumberTable;
import fathom.datasets.sqlite.PredictionTable;
import fathom.datasets.sqlite.SampleTable;
import fathom.datasets.sqlite.Schema;
import fathom.datasets.sqlite.Store;
import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.Bounds;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.Failure;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.Names;
import fathom.datasets.values.NumberSummary;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.formats.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A persistent collection of samples with measured depth, predictions and scores. A dataset is one folder: an SQLite
 * index and one NPY file per prediction map. Pictures and measured depth maps are not copied; the index stores their
 * paths relative to the media root.
 *
 * <p><b>Shapes and units.</b> Pictures are {@code [H, W, 3]} with 8 bits per channel. Measured depth and predictions are
 * {@code [H, W]} float32 planes; measured depth is in metres. Predictions keep the resolution of the model and their
 * {@linkplain fathom.raster.DepthKind kind}; they are resized to the picture only when they are scored or displayed.
 *
 * <p><b>Saving.</b> Changes are committed in groups: after 64 changes, by the first change that comes a second or more
 * after the first of the group, at the end of a loop over the samples, and by {@link #save} and {@link #close}. A
 * process that dies loses at most the changes after the last commit and never leaves a partly written prediction.
 *
 * <p><b>Concurrency.</b> One {@code Dataset} at a time can be open for writing, over all processes. Any number can be open
 * for reading at the same time; they see the committed changes. A {@code Dataset} is safe for use by several threads.
 *
 * <p><b>Errors.</b> Methods throw {@link IllegalArgumentException} if an argument is wrong, such as the name of a field
 * that does not exist, and {@link fathom.datasets.values.DatasetException} if the stored data cannot be read or written.
 * Both messages name the dataset and what to do. After {@link #close} every method that needs the index throws {@link
 * IllegalStateException}.
 *
 * {@snippet file="snippets/DatasetSnippets.java" region="workflow"}
 *
 * <p>The format of the folder is described in {@code docs/dataset-folder.md}.
 *
 * @see Datasets
 * @see Sample
 */
public final class Dataset implements Iterable<Sample>, AutoCloseable {
    private final String name;
    private final Path folder;
    private final Store store;
    private final int version;
    private final @Nullable WriterLock lock;
    private final Media media;
    private final FieldTable fields;
    private final SampleTable samples;
    private final NumberTable numbers;
    private final PredictionTable predictions;

    private Dataset(String name, Path folder, Store store, @Nullable WriterLock lock, MapFiles.MapWriter writer) {
        this.name = name;
        this.folder = folder;
        this.store = store;
        this.version = store.single("PRAGMA user_version");
        this.lock = lock;
        this.media = new Media(name, store, fact(name, store, Schema.MEDIA_ROOT, "the path of a folder", Path::of));
        this.fields = new FieldTable(name, store);
        this.samples = new SampleTable(name, store, fields);
        this.numbers = new NumberTable(name, store, fields);
        this.predictions = new PredictionTable(name, store, fields, numbers, new MapFiles(folder, writer));
    }

    /** Opens the dataset in {@code folder} for writing. Waits at most {@code patience} for another writer to finish. */
    static Dataset openWritable(String name, Path folder, Duration patience, MapFiles.MapWriter writer) {
        WriterLock lock;
        try {
            lock = WriterLock.acquire(name, folder, patience);
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + name + ": opening " + folder + " for writing", e);
        }
        return openWritable(name, folder, lock, writer);
    }

    /** Opens the dataset in {@code folder} for writing with its lock, which the dataset releases. */
    static Dataset openWritable(String name, Path folder, WriterLock lock, MapFiles.MapWriter writer) {
        try {
            Store store = IndexFile.open(name, folder, true);
            try {
                Dataset dataset = new Dataset(name, folder, store, lock, writer);
                if (lock.previousHolderDied()) {
                    dataset.predictions.deleteOrphans();
                }
                return dataset;
            } catch (RuntimeException e) {
                store.close();
                throw e;
            }
        } catch (RuntimeException e) {
            release(name, lock);
            throw e;
        }
    }

    /** Opens the dataset in {@code folder} for reading. */
    static Dataset openReadable(String name, Path folder) {
        Store store = IndexFile.open(name, folder, false);
        try {
            return new Dataset(name, folder, store, null, MapFiles::write);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static void release(String name, WriterLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + name + ": closing", e);
        }
    }

    private static <T> T fact(String dataset, Store store, String key, String expected, Function<String, T> parser) {
        return store.query("SELECT value FROM fact WHERE key = ?", row -> row.as(1, expected, parser), key).stream()
                .findFirst()
                .orElseThrow(() -> new DatasetException(Problem.CORRUPT,
                        "dataset " + dataset + ": its index is damaged: table fact: expected a row with key " + key
                                + ", found none; restore it from a backup, or delete the dataset and import it again"));
    }

    /** {@return the dataset's name} */
    public String name() {
        return name;
    }

    /** {@return the folder that holds its index and prediction maps} */
    public Path folder() {
        return folder;
    }

    /** {@return the folder that contains the pictures and measured depth maps} */
    public Path mediaRoot() {
        return media.root();
    }

    /**
     * Returns the file of a picture or of measured depth.
     *
     * @param path the path of the field
     * @return the file, which need not exist
     * @throws DatasetException if the path leaves the media root, because the index is damaged
     */
    public Path mediaFile(String path) {
        return media.resolve(path);
    }

    /** {@return a description of one line for display; may be empty} */
    public String description() {
        return fact(name, store, Schema.DESCRIPTION, "a text", text -> text);
    }

    /** {@return the time at which the dataset was created} */
    public Instant created() {
        return fact(name, store, Schema.CREATED, "a time such as 2026-01-31T12:00:00Z", Instant::parse);
    }

    /**
     * {@return whether the index still has the schema version that it had when this was opened} If another process
     * opened a dataset of an older version for writing, it converted the index; then close this and open the dataset
     * again.
     */
    public boolean isCurrent() {
        return store.single("PRAGMA user_version") == version;
    }

    /** {@return whether this was opened for writing} */
    public boolean isWritable() {
        return store.isWritable();
    }

    /**
     * Sets another media root, for media files that were moved. The new root is saved.
     *
     * @param newMediaRoot the folder that now contains the media, in the same subfolders as before
     * @throws IllegalArgumentException if one of the files is missing under {@code newMediaRoot}; then nothing is
     *            changed
     */
    public void relocate(Path newMediaRoot) {
        media.relocate(newMediaRoot);
    }

    /** {@return the number of samples} */
    public int size() {
        return samples.count();
    }

    /** {@return all samples with their fields, in the order in which they were added} */
    public List<Sample> samples() {
        return samples.all().stream().map(row -> new Sample(this, row)).toList();
    }

    /**
     * Finds a sample by its id.
     *
     * @param id the {@link Sample#id()}
     * @return the sample; empty if there is none with this id
     */
    public Optional<Sample> sample(String id) {
        return samples.byId(id).map(row -> new Sample(this, row));
    }

    /**
     * Finds a sample by its name.
     *
     * @param name the {@link Sample#name()}
     * @return the sample; empty if there is none with this name
     */
    public Optional<Sample> find(String name) {
        return samples.byName(name).map(row -> new Sample(this, row));
    }

    /**
     * Adds a sample.
     *
     * @param draft the sample, with files under {@link #mediaRoot()}. The files are not read here
     * @return the new sample
     * @throws IllegalArgumentException if a sample of that name exists, or if a file is not under the media root
     */
    public Sample add(SampleDraft draft) {
        return new Sample(this, samples.add(draft, media::relative));
    }

    /**
     * {@return an iterator over the samples in the order in which they were added} Changes are saved when {@link
     * Iterator#hasNext} first returns false.
     */
    @Override
    public Iterator<Sample> iterator() {
        return iterate(StepListener.NONE).iterator();
    }

    /**
     * Returns the samples as {@link #iterator()} does, and reports progress.
     *
     * @param listener is called before the first sample and after each sample
     * @return the samples in the order in which they were added; each loop over it starts from the first
     */
    public Iterable<Sample> iterate(StepListener listener) {
        return iterate(samples(), listener);
    }

    /**
     * Returns an iteration over some of the samples that saves at the end and reports progress.
     *
     * @param chosen the samples to visit, in this order
     * @param listener is called before the first sample and after each sample
     * @return the samples; each loop over it starts from the first
     */
    public Iterable<Sample> iterate(List<Sample> chosen, StepListener listener) {
        return () -> new SavingIterator(chosen, listener, store);
    }

    /**
     * {@return the fields with the number of samples that have them: the picture first, then measured depth, then
     * predictions}
     */
    public List<FieldSummary> fields() {
        return fields.summaries();
    }

    /**
     * Returns the progress of one prediction field.
     *
     * @param field the name of the field
     * @return the counts of the field. If the field does not exist, all samples are pending
     */
    public FieldSummary field(String field) {
        return fields().stream().filter(summary -> summary.name().equals(field)).findFirst()
                .orElseGet(() -> new FieldSummary(field, FieldType.PREDICTION, 0, 0, size()));
    }

    /**
     * Returns the samples whose prediction is in one of some states.
     *
     * @param field the name of the prediction field; it need not exist
     * @param states the states to select
     * @return the samples in the order in which they were added
     */
    public List<Sample> samplesIn(String field, FieldState... states) {
        Set<FieldState> requested = EnumSet.noneOf(FieldState.class);
        requested.addAll(List.of(states));
        Set<Long> rows = fields.samplesIn(field, requested);
        return samples().stream().filter(sample -> rows.contains(sample.key().row())).toList();
    }

    /**
     * Returns the provenances of the predictions in a field.
     *
     * @param field the name of the prediction field
     * @return the number of predictions for each provenance, largest number first
     */
    public SequencedMap<Provenance, Integer> provenances(String field) {
        return predictions.provenances(field);
    }

    /**
     * Returns descriptions of the auxiliary maps, such as an uncertainty, of all predictions in a field.
     *
     * @param field the name of the prediction field
     * @return the maps, sorted by name, for each {@link Sample#id()}. A sample without auxiliary maps has no entry
     */
    public Map<String, List<AuxiliaryMapField>> auxiliaryMaps(String field) {
        return predictions.auxiliaryMaps(field);
    }

    /**
     * Records why a sample has no prediction. Deletes any previous prediction of the sample in this field, with its
     * numbers. {@link Sample#setPrediction} deletes the failure.
     *
     * @param sample a sample of this dataset
     * @param field the name of the prediction field
     * @param reason the message of the failure, for display
     */
    public void recordFailure(Sample sample, String field, String reason) {
        predictions.recordFailure(sample.key(), field, reason);
    }

    /** {@return the recorded failures of all fields} */
    public List<Failure> failures() {
        return predictions.failures("");
    }

    /**
     * Returns the recorded failures of one field.
     *
     * @param field the name of the prediction field
     * @return the failures, in the order of the samples
     */
    public List<Failure> failures(String field) {
        return predictions.failures(field);
    }

    /**
     * Deletes a prediction field with its maps, numbers, evaluations and failures, and saves.
     *
     * @param field the name of the prediction field
     * @throws IllegalArgumentException if there is no prediction field of that name
     */
    public void deletePredictions(String field) {
        predictions.deleteField(field);
    }

    /**
     * Starts an evaluation of a prediction field. If the previous evaluation under the same protocol name had the same
     * truth and the same definition, its numbers stay until they are overwritten; otherwise they are deleted.
     *
     * @param field the name of the prediction field
     * @param protocol the name of the protocol: the middle part of paths such as {@code dpt.article.rmse}
     * @param truth the name of the measured depth field that is the ground truth
     * @param definition the complete protocol with its options, as data. Definitions are compared by the hash of their
     *            canonical JSON
     * @return the object that stores the scores
     * @throws IllegalArgumentException if there is no prediction field of that name
     */
    public Evaluation beginEvaluation(String field, String protocol, String truth, JsonValue.Members definition) {
        Names.requirePart("protocol name", protocol);
        numbers.begin(field, protocol, truth, definition);
        return new Evaluation(numbers, field, protocol);
    }

    /** {@return the evaluations in the order in which they were started, the latest last} */
    public List<EvaluationRecord> evaluations() {
        return numbers.evaluations();
    }

    /** {@return a summary of each number that at least one sample has} */
    public List<NumberSummary> numberSummaries() {
        return numbers.summaries();
    }

    /**
     * Returns the summary of one number.
     *
     * @param path the path of the number, as in {@link #mean}
     * @return count, mean, deviation and bounds over the samples
     * @throws IllegalArgumentException if there is no such number
     */
    public NumberSummary numberSummary(String path) {
        return numbers.summary(path);
    }

    /**
     * Returns the mean of a number over the samples that have it. NaN values are left out.
     *
     * @param path {@code field.protocol.number}, such as {@code dpt.article.rmse}, or {@code field.number}, such as
     *            {@code dpt.rmse}. The short form selects the number of that name that was written last, for any
     *            protocol; numbers of two protocols are never mixed
     * @return the arithmetic mean; NaN if no sample has a value
     * @throws IllegalArgumentException if there is no such number
     */
    public double mean(String path) {
        return numberSummary(path).mean();
    }

    /**
     * Returns the smallest and the largest value of a number.
     *
     * @param path the path of the number, as in {@link #mean}
     * @return the bounds over the samples that have a value
     * @throws IllegalArgumentException if there is no such number
     */
    public Bounds bounds(String path) {
        NumberSummary summary = numberSummary(path);
        return new Bounds(summary.min(), summary.max());
    }

    /**
     * Returns the number of samples that have a number.
     *
     * @param path the path of the number, as in {@link #mean}
     * @return the number of samples, including those whose value is NaN
     * @throws IllegalArgumentException if there is no such number
     */
    public int count(String path) {
        return numberSummary(path).count();
    }

    /**
     * Returns a number of every sample.
     *
     * @param path the path of the number, as in {@link #mean}
     * @return one value for each sample, in the order of {@link #samples()}; NaN if the sample does not have the number
     * @throws IllegalArgumentException if there is no such number
     */
    public double[] values(String path) {
        return numbers.values(path);
    }

    /** Commits all changes. Committed changes survive the end of the process. */
    public void save() {
        store.save();
    }

    /** Commits all changes and closes the dataset. Closing it again has no effect. */
    @Override
    public void close() {
        try {
            store.close();
        } finally {
            if (lock != null) {
                release(name, lock);
            }
        }
    }

    Store store() {
        return store;
    }

    Media media() {
        return media;
    }

    NumberTable numbers() {
        return numbers;
    }

    PredictionTable predictions() {
        return predictions;
    }

    /** Returns the total size of the index and the maps in bytes, without files that cannot be read or are just deleted. */
    static long bytes(Path folder) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    @Override
    public String toString() {
        return "Dataset[" + name + " in " + folder + "]";
    }
}
