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
 * One sample of a dataset: a picture with measured depth, predictions and scores. Created by {@link Dataset#add} and
 * returned by the methods of {@link Dataset} that find samples.
 *
 * <p>A sample describes its fields as they were when it was loaded, plus the changes made through it. Pixel data is read
 * from the files by each call and is not cached. Numbers are looked up by each call.
 *
 * <p><b>Limits.</b> A sample can be used only while its dataset is open. One thread at a time can use it; different samples
 * of one dataset can be used by different threads.
 *
 * {@snippet file="snippets/DatasetSnippets.java" region="sample"}
 *
 * @see Dataset
 * @see Field
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

    /**
     * {@return a permanent identifier for links and file names: 16 hexadecimal digits, the start of the SHA-256 of the
     * name}
     */
    public String id() {
        return key.id();
    }

    /** {@return the name, unique within the dataset, such as the path of the scene} */
    public String name() {
        return facts.name();
    }

    /** {@return the number of rows of the picture} */
    public int height() {
        return facts.height();
    }

    /** {@return the number of columns of the picture} */
    public int width() {
        return facts.width();
    }

    /** {@return the camera in pixels of the picture; empty if unknown} */
    public Optional<Intrinsics> intrinsics() {
        return facts.intrinsics();
    }

    /** {@return the tags, in the order in which they were added; unmodifiable} */
    public SequencedSet<String> tags() {
        return tags;
    }

    /** {@return further properties by key, such as the sensor; unmodifiable} */
    public SequencedMap<String, String> attributes() {
        return attributes;
    }

    /** {@return the fields, the picture first, then measured depth, then predictions} */
    public Collection<Field> fields() {
        return Collections.unmodifiableCollection(fields.values());
    }

    /**
     * Returns the description of one field.
     *
     * @param field the name of the field
     * @return the description; empty if this sample does not have the field
     */
    public Optional<Field> field(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /**
     * Returns whether this sample has a prediction.
     *
     * @param field the name of the prediction field
     * @return whether the prediction is stored
     */
    public boolean hasPrediction(String field) {
        return fields.get(field) instanceof Field.PredictionField;
    }

    /**
     * Reads and decodes the picture.
     *
     * @return the picture, {@link #height()} rows by {@link #width()} columns
     * @throws DatasetException if the file is missing, cannot be decoded, or has another size than at import
     */
    public RgbImage image() {
        return dataset.media().image(this, (Field.RgbField) Objects.requireNonNull(fields.get("rgb")));
    }

    /**
     * Reads and decodes measured depth.
     *
     * @param field the name of the measured depth field, such as {@code gt}
     * @return depth in metres with a mask of the valid pixels; of the picture's size, or of another size with the same
     *         shape if the file had that at import
     * @throws IllegalArgumentException if this sample has no measured depth of that name
     * @throws DatasetException if the file is missing, cannot be decoded as depth, or has another size than at import
     */
    public MeasuredDepth measured(String field) {
        if (fields.get(field) instanceof Field.MeasuredDepthField measured) {
            return dataset.media().measured(this, measured);
        }
        throw new IllegalArgumentException("measured depth: sample " + name() + " has no field " + field
                + Names.hint(field, namesOf(Field.MeasuredDepthField.class), "; it has no measured depth"));
    }

    /**
     * Reads a stored prediction with its auxiliary maps.
     *
     * @param field the name of the prediction field
     * @return the prediction at the resolution of the model, bit for bit as it was stored
     * @throws IllegalArgumentException if this sample has no prediction of that name
     * @throws DatasetException if a file is missing or damaged
     */
    public StoredPrediction prediction(String field) {
        return read(require(field), known -> dataset.predictions().read(key, known));
    }

    /**
     * Reads the depth of a stored prediction without its auxiliary maps.
     *
     * @param field the name of the prediction field
     * @return the depth, [H, W], at the resolution of the model
     * @throws IllegalArgumentException if this sample has no prediction of that name
     * @throws DatasetException if the file is missing or damaged
     */
    public Prediction predictedDepth(String field) {
        return read(require(field), known -> dataset.predictions().readDepth(key, known));
    }

    /**
     * Returns descriptions of the auxiliary maps of a prediction.
     *
     * @param field the name of the prediction field
     * @return the maps, sorted by name; empty if the prediction has none or does not exist
     */
    public List<AuxiliaryMapField> auxiliaryMaps(String field) {
        return dataset.predictions().auxiliaryMaps(key, field);
    }

    /**
     * Reads one auxiliary map of a stored prediction.
     *
     * @param field the name of the prediction field
     * @param map the name of the map, such as {@code uncertainty}; {@link #auxiliaryMaps} lists the names
     * @return the map with all its planes
     * @throws IllegalArgumentException if this sample has no prediction of that name, or the prediction has no such map
     * @throws DatasetException if a file is missing or damaged
     */
    public AuxiliaryMap auxiliaryMap(String field, String map) {
        return dataset.predictions().readAuxiliary(key, require(field).name(), map);
    }

    /**
     * Reads some planes of an auxiliary map without reading the others.
     *
     * @param field the name of the prediction field
     * @param map the name of the map
     * @param planes the indices of the planes, from 0
     * @return the planes, [H, W] each and all of one size
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

    /**
     * Reads a prediction. If its file was replaced by another process after this sample was loaded, reads the new one.
     */
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
     * Stores a prediction. Deletes any previous prediction in this field, its scores under every protocol, and any
     * recorded failure.
     *
     * @param field the name of the prediction field, which is created if it does not exist
     * @param draft the prediction with its auxiliary maps and numbers
     * @throws IllegalArgumentException if the name is not valid, or names a field of measured depth
     * @throws DatasetException if the dataset is open for reading only, or cannot be written
     */
    public void setPrediction(String field, PredictionDraft draft) {
        fields.put(field, dataset.predictions().store(key, field, draft));
    }

    /**
     * Stores a prediction without auxiliary maps; see {@link #setPrediction(String, PredictionDraft)}.
     *
     * @param field the name of the prediction field
     * @param prediction the depth, [H, W], at the resolution of the model
     * @param resampling the label of the kernel that resizes the depth to the picture, such as {@code torch-bicubic}
     * @param provenance the model, settings and program that made the prediction
     */
    public void setPrediction(String field, Prediction prediction, String resampling, Provenance provenance) {
        setPrediction(field, PredictionDraft.of(prediction, resampling, provenance));
    }

    /**
     * Stores a number for a prediction of this sample. Use {@link Dataset#beginEvaluation} for the numbers of a
     * protocol: it also stores the definition of the protocol.
     *
     * @param path {@code field.number} or {@code field.protocol.number}
     * @param value the number; may be NaN
     * @throws IllegalArgumentException if the path is not valid, or this sample has no prediction in the field
     */
    public void setNumber(String path, double value) {
        NumberPath parsed = NumberPath.parse(path);
        dataset.numbers().set(parsed.field(), parsed.protocol(), key, Map.of(parsed.name(), value));
    }

    /**
     * Returns a number of this sample.
     *
     * @param path the path of the number, as in {@link Dataset#mean}
     * @return the value; empty if this sample does not have the number
     * @throws IllegalArgumentException if no sample has the number
     */
    public OptionalDouble number(String path) {
        return dataset.numbers().of(key, path);
    }

    /** {@return all numbers of this sample by full path} */
    public SequencedMap<String, Double> numbers() {
        return dataset.numbers().all(key);
    }

    /** Returns the identifiers of this sample in the index. */
    SampleKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "Sample[" + name() + ", " + width() + "x" + height() + ", fields " + String.join(", ", fields.keySet())
                + "]";
    }
}
