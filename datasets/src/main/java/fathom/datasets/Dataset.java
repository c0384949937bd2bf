package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

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
 * A named collection of samples that lasts: an index and the maps of predictions in a folder of its own; pictures and
 * measured depth stay where they are and are referred to.
 *
 * <p>Changes are saved every 64 of them or with the first that comes a second later, at the end of a loop over the samples,
 * by {@link #save} and by {@link #close}: a process that dies loses at most what came after the last of these, and never
 * leaves anything half-written. One {@code Dataset} at a time may write; others may read meanwhile and see what is saved.
 * Safe for use by several threads.
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
        this.media = new Media(name, store, Path.of(fact(store, Schema.MEDIA_ROOT)));
        this.fields = new FieldTable(name, store);
        this.samples = new SampleTable(name, store, fields);
        this.numbers = new NumberTable(name, store, fields);
        this.predictions = new PredictionTable(name, store, fields, numbers, new MapFiles(folder, writer));
    }

    /** Opens the dataset in {@code folder} for writing, waiting for another writer for at most {@code patience}. */
    static Dataset openWritable(String name, Path folder, Duration patience, MapFiles.MapWriter writer) {
        WriterLock lock;
        try {
            lock = WriterLock.acquire(name, folder, patience);
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + name + ": opening " + folder + " for writing", e);
        }
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

    private static String fact(Store store, String key) {
        return store.query("SELECT value FROM fact WHERE key = ?", row -> row.getString(1), key).getFirst();
    }

    /** The dataset's name. */
    public String name() {
        return name;
    }

    /** The folder that holds its index and prediction maps. */
    public Path folder() {
        return folder;
    }

    /** The folder under which its pictures and measured depth lie. */
    public Path mediaRoot() {
        return media.root();
    }

    /** One line for people, may be empty. */
    public String description() {
        return fact(store, Schema.DESCRIPTION);
    }

    /** When it was made. */
    public Instant created() {
        return Instant.parse(fact(store, Schema.CREATED));
    }

    /**
     * Whether the index has the format that it had when this was opened. Another process that opened a dataset of an older
     * format for writing has converted it: then this must be opened again.
     */
    public boolean isCurrent() {
        return store.single("PRAGMA user_version") == version;
    }

    /** Whether it was opened for writing. */
    public boolean isWritable() {
        return store.isWritable();
    }

    /**
     * Finds the media under another folder from now on.
     *
     * @throws IllegalArgumentException if one of the files is not there; nothing is changed then
     */
    public void relocate(Path newMediaRoot) {
        media.relocate(newMediaRoot);
    }

    /** Number of samples. */
    public int size() {
        return samples.count();
    }

    /** All samples with their fields, in the order in which they were added. */
    public List<Sample> samples() {
        return samples.all().stream().map(row -> new Sample(this, row)).toList();
    }

    /** The sample whose {@link Sample#id()} is {@code id}. */
    public Optional<Sample> sample(String id) {
        return samples.byId(id).map(row -> new Sample(this, row));
    }

    /** The sample whose {@link Sample#name()} is {@code name}. */
    public Optional<Sample> find(String name) {
        return samples.byName(name).map(row -> new Sample(this, row));
    }

    /**
     * Adds a sample.
     *
     * @throws IllegalArgumentException if there is a sample of that name, or a file does not lie under the media root
     */
    public Sample add(SampleDraft draft) {
        return new Sample(this, samples.add(draft, media::relative));
    }

    /** The samples in the order in which they were added; changes are saved when the last one is done with. */
    @Override
    public Iterator<Sample> iterator() {
        return iterate(StepListener.NONE).iterator();
    }

    /** As {@link #iterator()}, telling {@code listener} how far it has come. */
    public Iterable<Sample> iterate(StepListener listener) {
        return iterate(samples(), listener);
    }

    /** As {@link #iterate(StepListener)} over some of the samples. */
    public Iterable<Sample> iterate(List<Sample> chosen, StepListener listener) {
        return () -> new SavingIterator(chosen, listener, store);
    }

    /** The fields with their counts, the picture first. */
    public List<FieldSummary> fields() {
        return fields.summaries();
    }

    /** How far the prediction {@code field} has come; all samples are pending where there is no such field yet. */
    public FieldSummary field(String field) {
        return fields().stream().filter(summary -> summary.name().equals(field)).findFirst()
                .orElseGet(() -> new FieldSummary(field, FieldType.PREDICTION, 0, 0, size()));
    }

    /** The samples whose prediction {@code field} is in one of {@code states}, in the order in which they were added. */
    public List<Sample> samplesIn(String field, FieldState... states) {
        Set<FieldState> wanted = EnumSet.noneOf(FieldState.class);
        wanted.addAll(List.of(states));
        Set<Long> rows = fields.samplesIn(field, wanted);
        return samples().stream().filter(sample -> rows.contains(sample.key().row())).toList();
    }

    /** What made the predictions of {@code field}, with how many each made, most first. */
    public SequencedMap<Provenance, Integer> provenances(String field) {
        return predictions.provenances(field);
    }

    /**
     * The auxiliary maps of predictions of {@code field}, such as an uncertainty: sorted by name, by {@link Sample#id()}; a
     * sample without any is left out.
     */
    public Map<String, List<AuxiliaryMapField>> auxiliaryMaps(String field) {
        return predictions.auxiliaryMaps(field);
    }

    /**
     * Records why a sample has no prediction. A prediction that was there goes; the failure goes when the sample gets a
     * prediction.
     *
     * @param field the prediction field
     * @param reason what happened, for people
     */
    public void recordFailure(Sample sample, String field, String reason) {
        predictions.recordFailure(sample.key(), field, reason);
    }

    /** What failed, of all fields. */
    public List<Failure> failures() {
        return predictions.failures("");
    }

    /** What failed of one field. */
    public List<Failure> failures(String field) {
        return predictions.failures(field);
    }

    /**
     * Deletes a prediction field: its maps, numbers, evaluations and failures.
     *
     * @throws IllegalArgumentException if there is no prediction field of that name
     */
    public void deletePredictions(String field) {
        predictions.deleteField(field);
    }

    /**
     * Begins to score a prediction field. Numbers that an earlier evaluation with the same truth and definition wrote stay
     * until they are written again; those of another truth or definition are deleted.
     *
     * @param field the prediction field
     * @param protocol the protocol's name, the middle of paths such as {@code dpt.article.rmse}
     * @param truth the field that it is scored against
     * @param definition the protocol in full, with its options, as data: its hash is compared, not its words
     */
    public Evaluation beginEvaluation(String field, String protocol, String truth, JsonValue.Members definition) {
        Names.requirePart("protocol name", protocol);
        numbers.begin(field, protocol, truth, definition);
        return new Evaluation(numbers, field, protocol);
    }

    /** What evaluations there are, the latest begun last. */
    public List<EvaluationRecord> evaluations() {
        return numbers.evaluations();
    }

    /** Summaries of all numbers that some sample has. */
    public List<NumberSummary> numberSummaries() {
        return numbers.summaries();
    }

    /** Summary of one number; {@link #mean} says what paths mean. */
    public NumberSummary numberSummary(String path) {
        return numbers.summary(path);
    }

    /**
     * The mean of a number over the samples that have it, those left out where it is NaN.
     *
     * @param path {@code field.protocol.number}, such as {@code dpt.article.rmse}, or {@code field.number}, such as
     *            {@code dpt.rmse}, which is the number of that name written last, under whichever protocol: numbers of two
     *            protocols never mix
     * @throws IllegalArgumentException if there is no such number
     */
    public double mean(String path) {
        return numberSummary(path).mean();
    }

    /** The smallest and the largest value of a number; {@link #mean} says what paths mean. */
    public Bounds bounds(String path) {
        NumberSummary summary = numberSummary(path);
        return new Bounds(summary.min(), summary.max());
    }

    /** How many samples have a number; {@link #mean} says what paths mean. */
    public int count(String path) {
        return numberSummary(path).count();
    }

    /** A number of every sample, in the order of {@link #samples()}, NaN where there is none. */
    public double[] values(String path) {
        return numbers.values(path);
    }

    /** Saves all changes so far. */
    public void save() {
        store.save();
    }

    /** Saves and closes; closing twice does nothing. */
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

    /** Bytes of the index and the maps. */
    static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Override
    public String toString() {
        return "Dataset[" + name + " in " + folder + "]";
    }
}
