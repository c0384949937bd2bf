package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import fathom.engine.Engine;
import fathom.engine.EngineException;
import fathom.engine.NetworkSource;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.graph.Port;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.models.catalogue.ModelSource;
import fathom.models.onnx.OnnxDepthModel;
import fathom.models.onnx.OnnxDescription;
import fathom.models.onnx.file.OnnxFile;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.raster.advice.Remedy;
import fathom.weights.CheckpointException;
import fathom.weights.WeightsHash;

/**
 * An estimator for an ONNX file whose inputs and outputs {@link OnnxDepthModel} describes. If the model accepts batches,
 * pictures of one size run together. Runs are serialized.
 */
final class OnnxEstimator implements DepthEstimator {
    private final OnnxDepthModel model;
    private final ModelDescription description;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final boolean acceptsBatches;
    private final Sessions<String> sessions;
    private final AtomicInteger threads;

    private OnnxEstimator(String name, String licence, String source, String hash, OnnxDepthModel model,
            Session session, AtomicInteger threads) {
        this.model = model;
        this.threads = threads;
        this.inputs = session.inputs();
        this.outputs = session.outputs();
        this.acceptsBatches = model.description().input().isOpen(0)
                && model.outputs().stream().allMatch(port -> port.rank() > 0 && port.isOpen(0));
        this.description = new ModelDescription(name, model.architecture(), model.kind(),
                model.description().resize().label(), model.policy(), 0, licence, source,
                ModelIdentity.local(hash, model.settings(), model.description().preparation().definition()));
        this.sessions = new Sessions<>(only -> session);
    }

    /** Returns the packaged FastDepth, which predicts metres. */
    static OnnxEstimator fastDepth(ModelSource.Packaged source, String licence, EstimatorOptions options,
            Engine engine) {
        options.model().requireKnown(source.name(), List.of());
        byte[] bytes = source.read();
        AtomicInteger threads = new AtomicInteger(options.threads());
        Session session = Engines.session(options,
                count -> engine.open(new NetworkSource.Contents(bytes), new SessionSettings(count, Optional.empty())),
                threads::set);
        try {
            OnnxDepthModel model = OnnxDepthModel.ofKnownFamily(OnnxFile.of(source.name(), bytes), session.inputs(),
                    session.outputs());
            return new OnnxEstimator(source.name(), licence, source.label(), WeightsHash.of(bytes), model, session,
                    threads);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Returns the model in the file {@code path}.
     *
     * @throws IllegalArgumentException if an option is wrong, or the model is neither of a known family nor described by
     *            options
     * @throws CheckpointException if the engine refuses the model, or the file, its weights or its description are damaged
     */
    static OnnxEstimator of(Path path, EstimatorOptions options, Engine engine) {
        try {
            OnnxFile file = OnnxFile.read(path);
            AtomicInteger threads = new AtomicInteger(options.threads());
            Session session = open(file, options, engine, threads::set);
            try {
                OnnxDepthModel model = OnnxDepthModel.of(file, session.inputs(), session.outputs(), options.model());
                return new OnnxEstimator(String.valueOf(path.getFileName()), "unknown",
                        path.toAbsolutePath().normalize().toString(), WeightsHash.of(file.files()), model, session,
                        threads);
            } catch (RuntimeException | IOException e) {
                session.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the model " + path, e);
        }
    }

    /** Opens a session; a model that the engine refuses is invalid data. */
    private static Session open(OnnxFile file, EstimatorOptions options, Engine engine, IntConsumer ran) {
        try {
            return Engines.session(options, count -> loaded(file, count, engine), ran);
        } catch (EngineException e) {
            if (e.isOutOfMemory()) {
                throw new ModelRunException(e);
            }
            throw new CheckpointException(file.path(), "ONNX Runtime does not load the model: " + e.reason(), e);
        }
    }

    private static Session loaded(OnnxFile file, int threads, Engine engine) {
        try {
            return file.hasExternalWeights()
                    ? engine.open(new NetworkSource.Contents(file.withAbsoluteLocations()),
                            new SessionSettings(threads, Optional.of(file.externalRoot())))
                    : engine.open(new NetworkSource.File(file.path()), new SessionSettings(threads, Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the model " + file.path(), e);
        }
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public List<String> warnings() {
        return model.warnings();
    }

    @Override
    public List<Remedy> remedies() {
        return model.remedies();
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(threads.get());
    }

    @Override
    public SortedMap<String, String> options() {
        return model.options();
    }

    @Override
    public List<Port> inputs() {
        return inputs;
    }

    @Override
    public List<Port> outputs() {
        return outputs;
    }

    @Override
    public PreparedInput.Numbers prepare(RgbImage image) {
        return new PreparedInput.Numbers(image.height(), image.width(),
                model.description().preparation().prepare(image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return runAll(List.of(input)).getFirst();
    }

    /**
     * Runs pictures with the same original and input size as one batch if the model accepts batches, otherwise one after
     * the other.
     */
    @Override
    public List<Estimate> runAll(List<PreparedInput> inputs) {
        return Batch.run(inputs.stream().map(input -> input.as(PreparedInput.Numbers.class)).toList(),
                acceptsBatches ? Integer.MAX_VALUE : 1, this::estimates);
    }

    private List<Estimate> estimates(Batch batch) {
        try {
            return results(batch).stream().map(result -> model.estimate(result, batch.picture())).toList();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelRunException(description.source() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the network's outputs for each picture of {@code batch}. */
    private List<Map<String, FloatTensor>> results(Batch batch) {
        OnnxDescription form = model.description();
        Map<String, FloatTensor> feeds = new LinkedHashMap<>();
        feeds.put(form.input().name(), shaped(batch.stacked(form.layout(), form.channels()), form.input().rank()));
        model.feeds().forEach((port, values) -> feeds.put(port.name(),
                port.rank() == 0 ? FloatTensor.wrap(values) : FloatTensor.wrap(values, values.length)));
        Map<String, FloatTensor> tensors = run(feeds);
        Map<String, FloatTensor> outputs = new LinkedHashMap<>();
        for (Port port : model.outputs()) {
            FloatTensor tensor = tensors.get(port.name());
            if (tensor == null) {
                throw new IllegalStateException("expected an output " + port.name() + " of the model");
            }
            outputs.put(port.name(), tensor);
        }
        return batch.split(outputs, description.source());
    }

    private Map<String, FloatTensor> run(Map<String, FloatTensor> feeds) {
        try {
            return sessions.run("only", feeds);
        } catch (ModelRunException e) {
            if (e.getCause() instanceof EngineException refusal && !refusal.isOutOfMemory()) {
                throw new ModelRunException("ONNX Runtime does not run the model " + description.source()
                        + " on the input " + feeds.values() + ": " + refusal.reason(), refusal);
            }
            throw e;
        }
    }

    /** Returns [N, …] as [N, 1, …] if the input has {@code rank} axes, one of them for the pictures of a batch. */
    private static FloatTensor shaped(FloatTensor pictures, int rank) {
        int[] from = pictures.shape();
        if (from.length == rank) {
            return pictures;
        }
        int[] shape = new int[from.length + 1];
        shape[0] = from[0];
        shape[1] = 1;
        System.arraycopy(from, 1, shape, 2, from.length - 1);
        return pictures.reshaped(shape);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
