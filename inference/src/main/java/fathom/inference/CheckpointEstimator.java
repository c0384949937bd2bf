package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;

import fathom.engine.Engine;
import fathom.engine.Session;
import fathom.engine.quantisation.Int8Weights;
import fathom.formats.json.JsonValue.Members;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.models.Architecture;
import fathom.models.Estimate;
import fathom.models.InputGeometry;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.models.ModelOptions;
import fathom.models.UpstreamCheckpoint;
import fathom.models.preprocessing.Preparation;
import fathom.models.registry.Architectures;
import fathom.models.registry.UpstreamCheckpoints;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.ConfigurationHash;
import fathom.weights.Settings;
import fathom.weights.WeightsCheck;
import org.jspecify.annotations.Nullable;

/**
 * An estimator for a checkpoint folder. It builds the graph of the architecture for each input size that occurs; the
 * weights stay in their files. Runs are serialized.
 */
final class CheckpointEstimator implements DepthEstimator {
    private static final String RESIZE = "resize";
    private static final String PREPROCESSOR = "preprocessor_config.json";
    private static final String PROCESSOR = "processor_config.json";

    private final String modelType;
    private final Checkpoint checkpoint;
    private final String configurationHash;
    private final Architecture architecture;
    final CheckpointNetwork network;
    private final Preparation preparation;
    private final ModelOptions options;
    private final String resampling;
    private final Precision precision;
    private final List<String> notes;
    private final @Nullable Int8Network reduced;
    private final Sessions<Shape> sessions;
    private volatile int threads;
    /** Runs while the first session is opened; no result is returned before its end. */
    private final WeightsCheck check;
    private final Supplier<ModelDescription> description = new Lazy<>(this::describe);

    /**
     * Opens {@code folder}.
     *
     * @throws CheckpointException if the files are damaged or contradict each other; weights that are not finite are
     *             reported by {@link #description} and the first run
     */
    CheckpointEstimator(Path folder, EstimatorOptions options, Engine engine) {
        this(read(folder), options, engine);
    }

    /** Opens a checkpoint whose files are read already. */
    CheckpointEstimator(UpstreamCheckpoint parts, EstimatorOptions options, Engine engine) {
        this.modelType = Architectures.typeOf(parts.config());
        this.configurationHash = ConfigurationHash.of(parts.config());
        Architectures.Fitted fitted = Architectures.fitted(parts.config(), parts.weights(), options.model());
        this.checkpoint = fitted.weights();
        this.architecture = fitted.architecture();
        this.options = options.model();
        this.network = new CheckpointNetwork(modelType, checkpoint, architecture);
        this.resampling = Architectures.resampling(architecture, options.model());
        this.preparation = architecture.preparation(parts.preprocessor());
        this.precision = options.precision();
        this.notes = parts.notes();
        this.reduced = precision instanceof Precision.Int8 int8
                ? new Int8Network(engine, options.threads(), checkpoint, int8, this::trained, this::measured)
                : null;
        this.threads = options.threads();
        this.sessions = new Sessions<>(opening(engine, options));
        this.check = checkpoint.startCheck();
        if (reduced != null) {
            awaitCheck();
        }
    }

    /** Waits for the check; if it fails, the estimator is closed, because the caller does not receive it. */
    private void awaitCheck() {
        try {
            check.await();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens a weight file in the format of its authors' own repository.
     *
     * @throws CheckpointException if the file is damaged or belongs to no known family
     */
    static CheckpointEstimator ofFile(Path file, EstimatorOptions options, Engine engine) {
        try {
            return new CheckpointEstimator(UpstreamCheckpoints.open(file, options.model()), options, engine);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the checkpoint " + file, e);
        }
    }

    private static UpstreamCheckpoint read(Path folder) {
        try {
            Settings config = Settings.read(folder.resolve("config.json"));
            String modelType = Architectures.typeOf(config);
            Checkpoint weights = Checkpoint.open(folder);
            return new UpstreamCheckpoint(config,
                    Architectures.readsPreprocessor(modelType)
                            ? preprocessor(folder)
                            : Settings.parse(folder.resolve(PREPROCESSOR), "{}"),
                    weights);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the checkpoint " + folder, e);
        }
    }

    /**
     * Returns the settings of the image processor: those in {@value #PROCESSOR}, which transformers 5 writes, or those
     * of {@value #PREPROCESSOR}.
     */
    private static Settings preprocessor(Path folder) throws IOException {
        Path whole = folder.resolve(PROCESSOR);
        if (Files.isRegularFile(whole)) {
            Optional<Settings> nested = Settings.read(whole).object("image_processor");
            if (nested.isPresent()) {
                return nested.get();
            }
        }
        return Settings.read(folder.resolve(PREPROCESSOR));
    }

    private Function<Shape, Session> opening(Engine engine, EstimatorOptions given) {
        Int8Network eight = reduced;
        return shape -> Engines.session(given,
                count -> eight == null
                        ? network.open(engine, count, network.graph(shape))
                        : eight.open(network.graph(shape), settings(), count),
                count -> threads = count);
    }

    /** Returns the graph of the size for which the network was trained. */
    private GraphBuilder trained() {
        int side = Math.max(architecture.trainedInput(), architecture.smallestInput());
        return network.graph(Shape.of(1, 3, side, side));
    }

    private Int8Network.Case measured(RgbImage image) {
        Batch batch = Batch.of(fitting(prepare(image)));
        return new Int8Network.Case(network.graph(batch.shape()), network.inputs(batch));
    }

    @Override
    public ModelDescription description() {
        return description.get();
    }

    private ModelDescription describe() {
        Path folder = checkpoint.folder().toAbsolutePath().normalize();
        return new ModelDescription(name(), modelType, architecture.kind(), resampling, policy(),
                checkpoint.parameters(), "unknown", folder.toString(),
                ModelIdentity.local(check.hash(), identitySettings(), preparation.definition()));
    }

    @Override
    public String name() {
        return String.valueOf(checkpoint.folder().toAbsolutePath().normalize().getFileName());
    }

    /**
     * Returns configuration, options and precision as data. The option {@value #RESIZE} is not included, because the
     * kernel is stored with each prediction.
     */
    private Members identitySettings() {
        Members given = Members.NONE;
        for (Map.Entry<String, String> option : options.values().entrySet()) {
            given = option.getKey().equals(RESIZE) ? given : given.with(option.getKey(), option.getValue());
        }
        Members settings = Members.NONE.with("configuration", configurationHash).with("options", given);
        return switch (precision) {
            case Precision.Full() -> settings.with("precision", "float32");
            case Precision.Int8(var calibration, var pictures) -> {
                Int8Weights weights = Objects.requireNonNull(reduced).weights(settings());
                yield settings.with("precision", Members.NONE.with("bits", 8).with("calibration", calibration)
                        .with("difference", rounded(weights.difference())).with("float32", weights.countInFloat()));
            }
        };
    }

    /**
     * Returns a description of the preprocessing and the other settings in one line. Datasets of schema 1 contain it as
     * the key of their predictions, so it must not be changed.
     */
    private String policy() {
        return switch (precision) {
            case Precision.Full() -> preparation.policy() + settings();
            case Precision.Int8(var calibration, var pictures) ->
                preparation.policy() + settings() + "; precision=int8 calibrated on " + calibration;
        };
    }

    private String settings() {
        StringBuilder settings = new StringBuilder();
        options.values().forEach((key, value) -> {
            if (!key.equals(RESIZE)) {
                settings.append("; ").append(key).append('=').append(value);
            }
        });
        return settings.toString();
    }

    private static double rounded(double difference) {
        return Math.rint(difference * 1e4) / 1e4;
    }

    /** Returns what was assumed about the model, and by how much 8 bits change the maps of the calibration pictures. */
    @Override
    public List<String> warnings() {
        if (reduced == null) {
            return notes;
        }
        List<String> warnings = new ArrayList<>(notes);
        Int8Weights weights = reduced.weights(settings());
        warnings.add(Int8Network.summary(weights.difference(), weights.countInFloat(),
                weights.count() + weights.countInFloat()));
        return warnings;
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(threads);
    }

    @Override
    public SortedMap<String, String> options() {
        return Architectures.options(architecture);
    }

    @Override
    public OptionalLong operations(PreparedInput input) {
        int runs = architecture.averagesMirrored() ? 2 : 1;
        return OptionalLong.of(runs * network.graph(Batch.of(fitting(input)).shape()).operations());
    }

    @Override
    public PreparedInput.Numbers prepare(RgbImage image) {
        return new PreparedInput.Numbers(image.height(), image.width(), preparation.prepare(image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return runAll(List.of(input)).getFirst();
    }

    /** Runs pictures with the same original and input size as one batch, and the others one after the other. */
    @Override
    public List<Estimate> runAll(List<PreparedInput> inputs) {
        return Batch.run(inputs.stream().map(this::fitting).toList(), Integer.MAX_VALUE,
                batch -> withMargin(batch).stream().map(whole -> withoutMargin(whole, batch.picture())).toList());
    }

    /** Returns the estimates of {@code batch} before a margin is cropped. */
    List<Estimate> withMargin(Batch batch) {
        return results(batch).stream().map(result -> architecture.estimate(result, batch.picture())).toList();
    }

    private Estimate withoutMargin(Estimate estimate, InputGeometry picture) {
        Plane whole = estimate.prediction().values();
        Plane inner = preparation.withoutMargin(whole, picture.imageHeight(), picture.imageWidth());
        return inner == whole
                ? estimate
                : new Estimate(estimate.prediction().withValues(inner), estimate.maps(), estimate.numbers());
    }

    /** Returns the network's outputs for each picture of {@code batch}. */
    private List<Map<String, FloatTensor>> results(Batch batch) {
        List<Map<String, FloatTensor>> results = outputs(batch);
        if (architecture.averagesMirrored()) {
            List<Map<String, FloatTensor>> mirrored = outputs(batch.mirrored());
            for (int i = 0; i < results.size(); i++) {
                Map<String, FloatTensor> other = mirrored.get(i);
                results.get(i)
                        .forEach((name, result) -> result.averageWithMirrored(Objects.requireNonNull(other.get(name))));
            }
        }
        return results;
    }

    private List<Map<String, FloatTensor>> outputs(Batch batch) {
        Map<String, FloatTensor> outputs;
        try {
            outputs = sessions.run(batch.shape(), network.inputs(batch));
        } catch (ModelRunException e) {
            // A weight that is not finite is the reason to report.
            requireChecked();
            throw e;
        }
        requireChecked();
        return batch.split(outputs, modelType);
    }

    private void requireChecked() {
        try {
            check.await();
        } catch (UncheckedIOException e) {
            // It concerns the model and not one picture.
            throw new CheckpointException(checkpoint.folder(), "expected readable weights, found " + e.getCause(), e);
        } catch (CancellationException e) {
            throw new IllegalStateException("the estimator is closed", e);
        }
    }

    /** Returns {@code input} if the network accepts its size. */
    private PreparedInput.Numbers fitting(PreparedInput input) {
        PreparedInput.Numbers numbers = input.as(PreparedInput.Numbers.class);
        architecture.requireInput(numbers.pixels().height(), numbers.pixels().width());
        return numbers;
    }

    @Override
    public void close() {
        sessions.close();
        check.close();
    }
}
