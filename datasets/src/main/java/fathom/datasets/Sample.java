package fathom.datasets;

import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Function;

import fathom.datasets.values.AuxiliaryMapField;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.datasets.values.Names;
import fathom.datasets.values.NumberPath;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleFacts;
import fathom.datasets.values.SampleKey;
import fathom.datasets.values.SampleRow;
import fathom.datasets.values.StoredPrediction;
import fathom.raster.AuxiliaryMap;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * One scene moment of a dataset: a picture with fields of measured and predicted depth. It knows its fields as they were
 * when it was loaded, and the changes made through it; numbers are looked up when asked for. Usable only while its dataset
 * is open, by one thread at a time; different samples may be used by different threads.
 */
public final class Sample {
    private final Dataset dataset;
    private final SampleKey key;
    private final SampleFacts facts;
    private final SequencedSet<String> tags;
    private final SequencedMap<String, String> attributes;
    private final SequencedMap<String, Field> fields;

    Sample(Dataset dataset, SampleRow row) {
        this.dataset = dataset;
        this.key = row.key();
        this.facts = row.facts();
        this.tags = Collections.unmodifiableSequencedSet(row.tags());
        this.attributes = Collections.unmodifiableSequencedMap(row.attributes());
        this.fields = row.fields();
    }

    /** A short text that stands for the sample in links and files and never changes: 16 hexadecimal digits. */
    public String id() {
        return key.id();
    }

    /** The name, unique within the dataset, such as the scene's path. */
    public String name() {
        return facts.name();
    }

    /** Rows of the picture. */
    public int height() {
        return facts.height();
    }

    /** Columns of the picture. */
    public int width() {
        return facts.width();
    }

    /** The camera, where known. */
    public Optional<Intrinsics> intrinsics() {
        return facts.intrinsics();
    }

    /** Words to select by. */
    public SequencedSet<String> tags() {
        return tags;
    }

    /** Further facts by key. */
    public SequencedMap<String, String> attributes() {
        return attributes;
    }

    /** The fields, the picture first, then measured depth, then predictions. */
    public Collection<Field> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /** The field of that name, if this sample has it. */
    public Optional<Field> field(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** Whether this sample has a prediction of that name. */
    public boolean hasPrediction(String field) {
        return fields.get(field) instanceof Field.PredictionField;
    }

    /**
     * The picture, decoded.
     *
     * @throws DatasetException if the file is missing or no picture of the size that was imported
     */
    public RgbImage image() {
        return dataset.media().image(this, (Field.RgbField) Objects.requireNonNull(fields.get("rgb")));
    }

    /**
     * Measured depth, decoded.
     *
     * @throws IllegalArgumentException if this sample has no measured depth of that name
     * @throws DatasetException if the file is missing or not readable as depth of the picture's size
     */
    public MeasuredDepth measured(String field) {
        if (fields.get(field) instanceof Field.MeasuredDepthField measured) {
            return dataset.media().measured(this, measured);
        }
        throw new IllegalArgumentException("measured depth: sample " + name() + " has no field " + field
                + Names.hint(field, namesOf(Field.MeasuredDepthField.class), "; it has no measured depth"));
    }

    /**
     * A stored prediction.
     *
     * @throws IllegalArgumentException if this sample has no prediction of that name
     * @throws DatasetException if its file is missing or damaged
     */
    public StoredPrediction prediction(String field) {
        return read(require(field), known -> dataset.predictions().read(key, known));
    }

    /**
     * The depth of a stored prediction, [H, W], without reading its auxiliary maps.
     *
     * @throws IllegalArgumentException if this sample has no prediction of that name
     * @throws DatasetException if its file is missing or damaged
     */
    public Prediction predictedDepth(String field) {
        return read(require(field), known -> dataset.predictions().readDepth(key, known));
    }

    /** The auxiliary maps of the prediction {@code field}, sorted by name; empty if it has none or there is no prediction. */
    public List<AuxiliaryMapField> auxiliaryMaps(String field) {
        return dataset.predictions().auxiliaryMaps(key, field);
    }

    /**
     * One auxiliary map of a stored prediction, such as {@code uncertainty}; {@link #auxiliaryMaps} names them.
     *
     * @throws IllegalArgumentException if this sample has no prediction of that name, or it has no such map
     * @throws DatasetException if a file is missing or damaged
     */
    public AuxiliaryMap auxiliaryMap(String field, String map) {
        return dataset.predictions().readAuxiliary(key, require(field).name(), map);
    }

    /**
     * Some planes of an auxiliary map, [H, W] each and of one size, without reading the others.
     *
     * @param planes which, counted from 0
     * @throws IllegalArgumentException as {@link #auxiliaryMap}, or if the map has no such plane
     * @throws DatasetException if a file is missing or damaged
     */
    public List<Plane> auxiliaryPlanes(String field, String map, List<Integer> planes) {
        return dataset.predictions().readPlanes(key, require(field).name(), map, planes);
    }

    private Field.PredictionField require(String field) {
        if (fields.get(field) instanceof Field.PredictionField prediction) {
            return prediction;
        }
        throw new IllegalArgumentException("prediction: sample " + name() + " has no prediction " + field
                + Names.hint(field, namesOf(Field.PredictionField.class), "; apply a model first"));
    }

    /** Another process may have replaced the map since this sample was loaded: then the new one is read. */
    private <T> T read(Field.PredictionField known, Function<Field.PredictionField, T> reading) {
        String name = known.name();
        try {
            return reading.apply(known);
        } catch (DatasetException e) {
            Optional<Field> present = dataset.sample(key.id()).flatMap(sample -> sample.field(name));
            if (e.getCause() instanceof NoSuchFileException && present.isPresent() && !present.get().equals(known)
                    && present.get() instanceof Field.PredictionField replaced) {
                fields.put(name, replaced);
                return reading.apply(replaced);
            }
            throw e;
        }
    }

    private List<String> namesOf(Class<? extends Field> type) {
        return fields.values().stream().filter(type::isInstance).map(Field::name).toList();
    }

    /**
     * Stores a prediction in the field {@code field}, in place of any that was there. Numbers about the one that was there
     * go, under every protocol, and so does a recorded failure.
     */
    public void setPrediction(String field, PredictionDraft draft) {
        fields.put(field, dataset.predictions().store(key, field, draft));
    }

    /** Stores depth alone; see {@link #setPrediction(String, PredictionDraft)}. */
    public void setPrediction(String field, Prediction prediction, String resampling, Provenance provenance) {
        setPrediction(field, PredictionDraft.of(prediction, resampling, provenance));
    }

    /**
     * Writes a number onto a prediction of this sample. A number that a protocol made is better written through
     * {@link Dataset#beginEvaluation}, which remembers what the protocol was.
     *
     * @param path {@code field.number} or {@code field.protocol.number}
     */
    public void setNumber(String path, double value) {
        NumberPath parsed = NumberPath.parse(path);
        dataset.numbers().set(parsed.field(), parsed.protocol(), key, Map.of(parsed.name(), value));
    }

    /** The number at {@code path} ({@link Dataset#mean} says what paths mean), if this sample has it. */
    public OptionalDouble number(String path) {
        return dataset.numbers().of(key, path);
    }

    /** All numbers of this sample by full path. */
    public SequencedMap<String, Double> numbers() {
        return dataset.numbers().all(key);
    }

    /** What identifies this sample in the index. */
    SampleKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "Sample[" + name() + ", " + width() + "x" + height() + ", fields " + String.join(", ", fields.keySet())
                + "]";
    }
}
