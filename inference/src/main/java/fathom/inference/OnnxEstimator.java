package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

import fathom.graph.Port;
import fathom.graph.Shape;
import fathom.inference.engine.Engine;
import fathom.inference.engine.FloatTensor;
import fathom.inference.engine.Session;
import fathom.inference.engine.SessionSettings;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.models.ModelSource;
import fathom.models.architectures.Result;
import fathom.models.checkpoints.WeightsHash;
import fathom.models.onnx.OnnxDepthModel;
import fathom.models.onnx.OnnxDescription;
import fathom.models.onnx.OnnxFile;
import fathom.models.preparation.Pixels;
import fathom.raster.RgbImage;

/**
 * An ONNX file as an estimator, once {@link OnnxDepthModel} knows how it is fed and what it gives. Where the model takes any
 * number of pictures and gives as many maps, pictures of one size run together. Runs take turns.
 */
final class OnnxEstimator implements DepthEstimator {
    private static final int RGB = 3;
    private static final int MOST_AXES = 3;

    private final OnnxDepthModel model;
    private final ModelDescription description;
    private final List<Port> inputs;
    private final List<Port> outputs;
    private final boolean takesMany;
    private final Sessions<String> sessions;

    private OnnxEstimator(String name, String licence, String source, String hash, OnnxDepthModel model,
            Session session) {
        this.model = model;
        this.inputs = session.inputs();
        this.outputs = session.outputs();
        this.takesMany = model.description().input().isOpen(0) && model.outputs().stream().allMatch(port -> port
                .rank() > 0 && port.isOpen(0));
        this.description = new ModelDescription(name, model.architecture(), model.kind(), model.description().resize()
                .label(), model.policy(), 0, licence, source,
                ModelIdentity.local(hash, model.settings(), model.description().preparation().definition()));
        this.sessions = new Sessions<>(only -> session);
    }

    /** The packaged FastDepth: metres. */
    static OnnxEstimator fastDepth(ModelSource.Packaged source, String licence, EstimatorOptions options,
            Engine engine) {
        options.model().requireKnown(source.name(), List.of());
        byte[] bytes = source.read();
        Session session = engine.open(bytes, new SessionSettings(options.threads(), Optional.empty()));
        try {
            OnnxDepthModel model = OnnxDepthModel.ofKnownFamily(OnnxFile.of(source.name(), bytes), session.inputs(),
                    session.outputs());
            return new OnnxEstimator(source.name(), licence, source.label(), WeightsHash.of(bytes), model, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /**
     * The model in {@code file}.
     *
     * @throws IllegalArgumentException if an option is wrong, or the model is not known and not described
     * @throws fathom.models.checkpoints.CheckpointException if the file, its weights or its description are not sound
     */
    static OnnxEstimator of(Path path, EstimatorOptions options, Engine engine) {
        try {
            OnnxFile file = OnnxFile.read(path);
            Session session = file.hasExternalWeights()
                    ? engine.open(file.withRealLocations(), new SessionSettings(options.threads(), Optional.of(file
                            .externalRoot())))
                    : engine.open(path, new SessionSettings(options.threads(), Optional.empty()));
            try {
                OnnxDepthModel model = OnnxDepthModel.of(file, session.inputs(), session.outputs(), options.model());
                return new OnnxEstimator(String.valueOf(path.getFileName()), "unknown",
                        path.toAbsolutePath().normalize()
                                .toString(),
                        WeightsHash.of(file.files()), model, session);
            } catch (RuntimeException | IOException e) {
                session.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the model " + path, e);
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
        return new PreparedInput.Numbers(image.height(), image.width(), model.description().preparation().prepare(
                image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return runAll(List.of(input)).getFirst();
    }

    /** Pictures of one size, prepared alike, go through the network together where it takes many; else in turn. */
    @Override
    public List<Estimate> runAll(List<PreparedInput> inputs) {
        return AlikePictures.run(inputs, takesMany ? Integer.MAX_VALUE : 1,
                (picture, pixels) -> results(pixels).stream()
                        .map(result -> model.estimate(result, picture)).toList());
    }

    /** What the network gives for each of {@code pictures}, all of one size. */
    private List<Map<String, Result>> results(List<Pixels> pictures) {
        Map<String, FloatTensor> feeds = new LinkedHashMap<>();
        feeds.put(model.description().input().name(), tensor(pictures));
        model.feeds().forEach((port, values) -> feeds.put(port.name(), new FloatTensor(port.rank() == 0
                ? Shape.of()
                : Shape.of(values.length), values)));
        Map<String, FloatTensor> tensors = sessions.run("only", feeds);
        List<Map<String, Result>> results = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            Map<String, Result> own = new LinkedHashMap<>();
            for (Port port : model.outputs()) {
                FloatTensor tensor = tensors.get(port.name());
                if (tensor == null) {
                    throw new IllegalStateException("expected the model to give " + port.name());
                }
                own.put(port.name(), result(port.name(), tensor, i, pictures.size()));
            }
            results.add(own);
        }
        return results;
    }

    /** [N, 3, H, W] or [N, H, W, 3] of pictures of one size, in the model's order of channels. */
    private FloatTensor tensor(List<Pixels> pictures) {
        OnnxDescription form = model.description();
        Pixels first = pictures.getFirst();
        int area = first.height() * first.width();
        boolean isReversed = form.channels() == OnnxDescription.Channels.BGR;
        boolean isInterleaved = form.layout() == OnnxDescription.Layout.NHWC;
        Shape shape = isInterleaved
                ? Shape.of(pictures.size(), first.height(), first.width(), RGB)
                : Shape.of(pictures.size(), RGB, first.height(), first.width());
        if (pictures.size() == 1 && !isReversed && !isInterleaved) {
            return new FloatTensor(shape, first.values());
        }
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < pictures.size(); i++) {
            float[] own = pictures.get(i).values();
            int start = i * RGB * area;
            for (int channel = 0; channel < RGB; channel++) {
                int to = isReversed ? RGB - 1 - channel : channel;
                if (isInterleaved) {
                    for (int pixel = 0, at = start + to; pixel < area; pixel++, at += RGB) {
                        values[at] = own[channel * area + pixel];
                    }
                } else {
                    System.arraycopy(own, channel * area, values, start + to * area, area);
                }
            }
        }
        return new FloatTensor(shape, values);
    }

    /** The part of {@code tensor} that belongs to picture {@code index} of {@code count}. */
    private Result result(String name, FloatTensor tensor, int index, int count) {
        int[] extents = tensor.shape().toArray();
        if (count > 1 && (extents.length == 0 || extents[0] != count)) {
            throw new IllegalArgumentException(description.source() + ": expected " + name + " of each of " + count
                    + " pictures, found " + tensor.shape() + "; run pictures one at a time");
        }
        int from = count > 1 ? 1 : 0;
        while (from < extents.length && extents.length - from > MOST_AXES && extents[from] == 1) {
            from++;
        }
        if (extents.length - from > MOST_AXES) {
            throw new IllegalArgumentException(description.source() + ": expected " + name
                    + " with at most three axes of a picture, found " + tensor.shape());
        }
        int[] own = {1, 1, 1};
        System.arraycopy(extents, from, own, own.length - (extents.length - from), extents.length - from);
        int size = own[0] * own[1] * own[2];
        return new Result(own[0], own[1], own[2], count == 1
                ? tensor.values()
                : Arrays.copyOfRange(tensor.values(), index * size, (index + 1) * size));
    }

    @Override
    public void close() {
        sessions.close();
    }
}
