package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

import fathom.formats.JsonValue.Members;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.inference.engine.Engine;
import fathom.inference.engine.FloatTensor;
import fathom.inference.engine.Session;
import fathom.inference.engine.SessionSettings;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.models.ModelOptions;
import fathom.models.architectures.Architecture;
import fathom.models.architectures.Architectures;
import fathom.models.architectures.Picture;
import fathom.models.architectures.Result;
import fathom.models.checkpoints.Checkpoint;
import fathom.models.checkpoints.CheckpointException;
import fathom.models.checkpoints.ConfigurationHash;
import fathom.models.checkpoints.Settings;
import fathom.models.checkpoints.WeightsHash;
import fathom.models.originals.OriginalCheckpoint;
import fathom.models.preparation.Pixels;
import fathom.models.preparation.Preparation;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * A checkpoint folder as an estimator: its architecture is drawn as a graph for each input size that comes up, with the
 * weights left in their files. Runs take turns.
 */
final class CheckpointEstimator implements DepthEstimator {
    static final String INPUT = "pixel_values";
    private static final String RESIZE = "resize";

    private final String modelType;
    private final Checkpoint checkpoint;
    private final String configurationHash;
    private final Architecture architecture;
    private final Preparation preparation;
    private final ModelOptions options;
    private final String resampling;
    private final Precision precision;
    private final Sessions<Shape> sessions;
    private final Supplier<ModelDescription> description = new Once<>(this::describe);

    /**
     * Opens {@code folder}.
     *
     * @throws CheckpointException if its files are not sound, contradict each other or hold weights that are not finite
     */
    CheckpointEstimator(Path folder, EstimatorOptions options, Engine engine) {
        this(read(folder), options, engine);
    }

    /** As above, for what was read already. */
    private CheckpointEstimator(OriginalCheckpoint parts, EstimatorOptions options, Engine engine) {
        this.modelType = Architectures.typeOf(parts.config());
        this.checkpoint = parts.weights();
        this.configurationHash = ConfigurationHash.of(parts.config());
        this.architecture = Architectures.of(parts.config(), checkpoint, options.model());
        checkpoint.requireFinite();
        this.options = options.model();
        this.resampling = Architectures.resampling(architecture, options.model());
        this.preparation = architecture.preparation(parts.preprocessor());
        this.precision = options.precision();
        this.sessions = new Sessions<>(opening(engine, options.threads()));
    }

    /**
     * Opens a weight file as an author's own repository publishes it.
     *
     * @throws CheckpointException if it is not sound or of no known family
     */
    static CheckpointEstimator ofFile(Path file, EstimatorOptions options, Engine engine) {
        try {
            return new CheckpointEstimator(OriginalCheckpoint.open(file), options, engine);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the checkpoint " + file, e);
        }
    }

    private static OriginalCheckpoint read(Path folder) {
        try {
            Settings config = Settings.read(folder.resolve("config.json"));
            String modelType = Architectures.typeOf(config);
            Checkpoint weights = Checkpoint.open(folder);
            Path file = folder.resolve("preprocessor_config.json");
            Settings preprocessor = Architectures.preparesAlone(modelType)
                    ? Settings.parse(file, "{}")
                    : Settings.read(file);
            return new OriginalCheckpoint(config, preprocessor, weights);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the checkpoint " + folder, e);
        }
    }

    private Function<Shape, Session> opening(Engine engine, int threads) {
        return switch (precision) {
            case Precision.Full() -> shape -> open(engine, threads, graph(shape, List.of()));
            case Precision.Int8 int8 -> {
                Int8Network network = new Int8Network(engine, threads, checkpoint, int8, this::measured);
                yield shape -> network.open(graph(shape, List.of()), settings());
            }
        };
    }

    private Int8Network.Case measured(RgbImage image) {
        PreparedInput input = prepare(image);
        FloatTensor pixels = tensor(List.of(pixels(input)));
        return new Int8Network.Case(graph(pixels.shape(), List.of()), feeds(AlikePictures.picture(input), pixels));
    }

    private Session open(Engine engine, int threads, GraphBuilder g) {
        Session session = engine.open(g.build().toBytes(), new SessionSettings(threads, Optional.of(checkpoint
                .externalRoot())));
        return FedSession.of(session, g);
    }

    /**
     * The graph for pixels of {@code shape}.
     *
     * @param landmarks results of inner modules to give out as well
     */
    private GraphBuilder graph(Shape shape, Collection<String> landmarks) {
        GraphBuilder g = new GraphBuilder(modelType);
        Value pixels = g.input(INPUT, DataType.FLOAT32, shape);
        architecture.draw(g, pixels).forEach(g::output);
        for (String landmark : landmarks) {
            Value value = g.landmarks().get(landmark);
            if (value == null) {
                throw new IllegalArgumentException("landmark: expected one of " + g.landmarks().keySet() + ", found "
                        + landmark);
            }
            g.output(landmark, value);
        }
        return g;
    }

    @Override
    public ModelDescription description() {
        return description.get();
    }

    private ModelDescription describe() {
        try {
            Path folder = checkpoint.folder().toAbsolutePath().normalize();
            return new ModelDescription(String.valueOf(folder.getFileName()), modelType, architecture.kind(),
                    resampling, policy(), checkpoint.parameters(), "unknown", folder.toString(),
                    ModelIdentity.local(WeightsHash.of(checkpoint.files()), identitySettings(),
                            preparation.definition()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the weights of " + checkpoint.folder(), e);
        }
    }

    /** Configuration, options and precision. The kernel of option {@value #RESIZE} is stored with each prediction. */
    private Members identitySettings() {
        Members given = Members.NONE;
        for (Map.Entry<String, String> option : options.values().entrySet()) {
            given = option.getKey().equals(RESIZE) ? given : given.with(option.getKey(), option.getValue());
        }
        Members settings = Members.NONE.with("configuration", configurationHash).with("options", given);
        return switch (precision) {
            case Precision.Full() -> settings.with("precision", "float32");
            case Precision.Int8(var calibration, var pictures) -> settings.with("precision",
                    Members.NONE.with("bits", 8).with("calibration", calibration));
        };
    }

    /**
     * How a picture is prepared and what else was set, in one line. Datasets of schema 1 hold it as the key of their
     * predictions: it must not be reworded.
     */
    private String policy() {
        return switch (precision) {
            case Precision.Full() -> preparation.policy() + settings();
            case Precision.Int8(var calibration, var pictures) -> preparation.policy() + settings()
                    + "; precision=int8 calibrated on " + calibration;
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

    @Override
    public SortedMap<String, String> options() {
        return Architectures.options(architecture);
    }

    @Override
    public OptionalLong operations(PreparedInput input) {
        int runs = architecture.averagesMirrored() ? 2 : 1;
        return OptionalLong.of(runs * graph(tensor(List.of(pixels(input))).shape(), List.of()).operations());
    }

    @Override
    public PreparedInput.Numbers prepare(RgbImage image) {
        return new PreparedInput.Numbers(image.height(), image.width(), preparation.prepare(image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return runAll(List.of(input)).getFirst();
    }

    /** Pictures of one size, prepared alike, go through the network together; others in turn. */
    @Override
    public List<Estimate> runAll(List<PreparedInput> inputs) {
        inputs.forEach(this::pixels);
        return AlikePictures.run(inputs, Integer.MAX_VALUE, (picture, pixels) -> results(picture, pixels).stream().map(
                result -> withoutMargin(architecture.estimate(result, picture), picture)).toList());
    }

    private Estimate withoutMargin(Estimate estimate, Picture picture) {
        Plane whole = estimate.prediction().values();
        Plane inner = preparation.withoutMargin(whole, picture.imageHeight(), picture.imageWidth());
        return inner == whole
                ? estimate
                : new Estimate(estimate.prediction().withValues(inner), estimate.maps(), estimate.numbers());
    }

    /** Depth as the network gives it, before any margin is cut off. */
    Plane depth(PreparedInput input) {
        Picture picture = AlikePictures.picture(input);
        return architecture.estimate(results(picture, List.of(pixels(input))).getFirst(), picture).prediction()
                .values();
    }

    /** What the network gives for each of {@code inputs}, all of one size. */
    private List<Map<String, Result>> results(Picture picture, List<Pixels> inputs) {
        List<Map<String, Result>> results = raw(picture, inputs);
        if (architecture.averagesMirrored()) {
            List<Map<String, Result>> mirrored = raw(picture, inputs.stream().map(Pixels::mirrored).toList());
            for (int i = 0; i < results.size(); i++) {
                Map<String, Result> other = mirrored.get(i);
                results.get(i).forEach((name, result) -> result.averageWithMirrored(Objects.requireNonNull(other.get(
                        name))));
            }
        }
        return results;
    }

    private List<Map<String, Result>> raw(Picture picture, List<Pixels> inputs) {
        FloatTensor pixels = tensor(inputs);
        List<Map<String, Result>> results = new ArrayList<>();
        inputs.forEach(input -> results.add(new LinkedHashMap<>()));
        sessions.run(pixels.shape(), feeds(picture, pixels)).forEach((name, tensor) -> {
            Shape shape = tensor.shape();
            int channels = shape.rank() > 3 ? shape.dim(1) : 1;
            int height = shape.rank() > 2 ? shape.dim(-2) : 1;
            int width = shape.rank() > 1 ? shape.dim(-1) : 1;
            int size = channels * height * width;
            for (int i = 0; i < inputs.size(); i++) {
                float[] values = inputs.size() == 1
                        ? tensor.values()
                        : Arrays.copyOfRange(tensor.values(), i * size, (i + 1) * size);
                results.get(i).put(name, new Result(channels, height, width, values));
            }
        });
        return results;
    }

    private Map<String, FloatTensor> feeds(Picture picture, FloatTensor pixels) {
        Map<String, FloatTensor> feeds = new LinkedHashMap<>();
        feeds.put(INPUT, pixels);
        architecture.feeds(picture.imageHeight(), picture.imageWidth())
                .forEach((name, values) -> feeds.put(name, new FloatTensor(Shape.of(values.length), values)));
        return feeds;
    }

    /** The results of inner modules, by the names that the architecture marks them with. */
    Map<String, FloatTensor> landmarks(PreparedInput input, Engine engine, Collection<String> names) {
        FloatTensor pixels = tensor(List.of(pixels(input)));
        try (Session session = open(engine, 1, graph(pixels.shape(), names))) {
            return new LinkedHashMap<>(session.run(feeds(AlikePictures.picture(input), pixels)));
        }
    }

    /** The numbers of {@code input}, of a size that the network takes. */
    private Pixels pixels(PreparedInput input) {
        Pixels pixels = AlikePictures.pixels(input);
        architecture.requireInput(pixels.height(), pixels.width());
        return pixels;
    }

    /** [N, 3, H, W] of pictures of one size. */
    private static FloatTensor tensor(List<Pixels> inputs) {
        Pixels first = inputs.getFirst();
        Shape shape = Shape.of(inputs.size(), 3, first.height(), first.width());
        if (inputs.size() == 1) {
            return new FloatTensor(shape, first.values());
        }
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < inputs.size(); i++) {
            float[] one = inputs.get(i).values();
            System.arraycopy(one, 0, values, i * one.length, one.length);
        }
        return new FloatTensor(shape, values);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
