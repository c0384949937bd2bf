package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.graph.Value;
import fathom.inference.engine.Engine;
import fathom.inference.engine.FloatTensor;
import fathom.inference.engine.Session;
import fathom.inference.engine.SessionSettings;
import fathom.models.ModelDescription;
import fathom.models.architectures.Architecture;
import fathom.models.architectures.Architectures;
import fathom.models.checkpoints.Checkpoint;
import fathom.models.checkpoints.CheckpointException;
import fathom.models.checkpoints.Settings;
import fathom.models.checkpoints.WeightsHash;
import fathom.models.originals.OriginalCheckpoint;
import fathom.models.preparation.Pixels;
import fathom.models.preparation.Preparation;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * A checkpoint folder as an estimator: its architecture is drawn as a graph for each input size that comes up, with the
 * weights left in their files. Runs take turns.
 */
final class CheckpointEstimator implements DepthEstimator {
    static final String INPUT = "pixel_values";
    static final String OUTPUT = "predicted_depth";

    private final String modelType;
    private final Checkpoint checkpoint;
    private final Architecture architecture;
    private final Preparation preparation;
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
        this.modelType = parts.config().text("model_type");
        this.checkpoint = parts.weights();
        this.architecture = Architectures.of(parts.config(), checkpoint, options.model());
        checkpoint.requireFinite();
        this.preparation = architecture.preparation(parts.preprocessor());
        this.sessions = new Sessions<>(shape -> open(engine, options.threads(), shape));
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
            config.text("model_type");
            Checkpoint weights = Checkpoint.open(folder);
            return new OriginalCheckpoint(config, Settings.read(folder.resolve("preprocessor_config.json")), weights);
        } catch (IOException e) {
            throw new UncheckedIOException("opening the checkpoint " + folder, e);
        }
    }

    private Session open(Engine engine, int threads, Shape shape) {
        return open(engine, threads, graph(shape, List.of()));
    }

    private Session open(Engine engine, int threads, GraphBuilder g) {
        Session session = engine.open(g.build().toBytes(), new SessionSettings(threads, Optional.of(checkpoint
                .externalRoot())));
        return g.fed().isEmpty() ? session : FedSession.of(session, g);
    }

    /**
     * The graph for pixels of {@code shape}.
     *
     * @param landmarks results of inner modules to give out as well
     */
    private GraphBuilder graph(Shape shape, Collection<String> landmarks) {
        GraphBuilder g = new GraphBuilder(modelType);
        Value pixels = g.input(INPUT, DataType.FLOAT32, shape);
        g.output(OUTPUT, architecture.depth(g, pixels));
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
                    "torch-bicubic", preparation.policy(), checkpoint.parameters(), "unknown", folder.toString(),
                    WeightsHash.of(checkpoint.files()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the weights of " + checkpoint.folder(), e);
        }
    }

    @Override
    public PreparedInput.Numbers prepare(RgbImage image) {
        return new PreparedInput.Numbers(image.height(), image.width(), preparation.prepare(image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return Estimate
                .of(Prediction.of(architecture.kind(), preparation.withoutMargin(depth(input), input.imageHeight(),
                        input.imageWidth())));
    }

    /** Depth as the network gives it, before any margin is cut off. */
    Plane depth(PreparedInput input) {
        Pixels pixels = pixels(input);
        Plane depth = depth(pixels);
        if (architecture.averagesMirrored()) {
            average(depth, depth(pixels.mirrored()));
        }
        return depth;
    }

    private Plane depth(Pixels pixels) {
        FloatTensor tensor = tensor(pixels);
        FloatTensor depth = sessions.run(tensor.shape(), Map.of(INPUT, tensor), OUTPUT);
        return Plane.wrap(depth.values(), depth.shape().dim(1), depth.shape().dim(2));
    }

    /** Makes {@code depth} the mean of itself and {@code mirrored}, which is read from right to left. */
    private static void average(Plane depth, Plane mirrored) {
        float[] values = depth.array();
        for (int row = 0; row < depth.height(); row++) {
            int from = depth.rowStart(row);
            int last = mirrored.rowStart(row) + mirrored.width() - 1;
            for (int column = 0; column < depth.width(); column++) {
                values[from + column] = (values[from + column] + mirrored.array()[last - column]) / 2;
            }
        }
    }

    /** The results of inner modules, by the names that the architecture marks them with. */
    Map<String, FloatTensor> landmarks(PreparedInput input, Engine engine, Collection<String> names) {
        FloatTensor pixels = tensor(pixels(input));
        try (Session session = open(engine, 1, graph(pixels.shape(), names))) {
            return new LinkedHashMap<>(session.run(Map.of(INPUT, pixels)));
        }
    }

    private Pixels pixels(PreparedInput input) {
        if (!(input instanceof PreparedInput.Numbers numbers)) {
            throw new IllegalArgumentException("input: expected one that this estimator prepared, found " + input);
        }
        architecture.requireInput(numbers.pixels().height(), numbers.pixels().width());
        return numbers.pixels();
    }

    private static FloatTensor tensor(Pixels pixels) {
        return new FloatTensor(Shape.of(1, 3, pixels.height(), pixels.width()), pixels.values());
    }

    @Override
    public void close() {
        sessions.close();
    }
}
