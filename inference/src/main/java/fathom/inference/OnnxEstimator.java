package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.graph.Shape;
import fathom.inference.engine.Engine;
import fathom.inference.engine.FloatTensor;
import fathom.inference.engine.Session;
import fathom.inference.engine.SessionSettings;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelSource;
import fathom.models.checkpoints.WeightsHash;
import fathom.models.preparation.Normalisation;
import fathom.models.preparation.Pixels;
import fathom.models.preparation.ResizeAndNormalise;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.RgbResampling;

/**
 * An ONNX file as an estimator: one picture in, [1, 3, H, W] with values from 0 to 1, one depth map out, [1, H, W] or
 * [1, 1, H, W]. Runs take turns.
 *
 * <p>FastDepth was validated on pictures that Pillow had shrunk bilinearly; its 224×224 pixels here are the whole picture,
 * shrunk the same way.
 */
final class OnnxEstimator implements DepthEstimator {
    private static final int DEFAULT_SIZE = 384;
    private static final RgbResampling RESAMPLING = RgbResampling.PILLOW_BILINEAR;

    private final ModelDescription description;
    private final Session.Port input;
    private final Session.Port output;
    private final ResizeAndNormalise preparation;
    private final Sessions<String> sessions;

    private OnnxEstimator(String name, String architecture, DepthKind kind, String licence, String source, byte[] model,
            Session session, int size, Normalisation normalisation) {
        this.input = soleInput(source, session);
        this.output = soleOutput(source, session);
        this.preparation = ResizeAndNormalise.stretching(extent(input, 2, size), extent(input, 3, size), RESAMPLING,
                normalisation);
        this.description = new ModelDescription(name, architecture, kind, "torch-bilinear", preparation.policy(), 0,
                licence, source, WeightsHash.of(model));
        this.sessions = new Sessions<>(only -> session);
    }

    /** The packaged FastDepth: metres. */
    static OnnxEstimator fastDepth(ModelSource.Packaged source, String licence, EstimatorOptions options,
            Engine engine) {
        options.model().requireKnown(source.name(), List.of());
        byte[] model = source.read();
        return new OnnxEstimator(source.name(), source.name(), DepthKind.METRIC, licence, source.label(), model,
                open(model, options, engine), DEFAULT_SIZE, Normalisation.UNIT);
    }

    /**
     * The model in {@code file}. What its numbers mean cannot be read from the file: the option {@code kind} says it, but for
     * FastDepth, which is known by its ports. Further options: {@code size} of the input where the model leaves it open,
     * {@code mean} and {@code std} that a picture of 0…1 is normalised with, three numbers each.
     *
     * @throws IllegalArgumentException if the kind is not given, or the model is not a picture in and a map out
     */
    static OnnxEstimator of(Path file, EstimatorOptions options, Engine engine) {
        options.model().requireKnown(file.toString(), List.of("kind", "mean", "size", "std"));
        try {
            byte[] model = Files.readAllBytes(file);
            Session session = open(model, options, engine);
            try {
                Normalisation normalisation = new Normalisation(1 / 255.0, options.model().numbers("mean", 3, 0),
                        options
                                .model().numbers("std", 3, 1));
                return new OnnxEstimator(String.valueOf(file.getFileName()), "onnx", kind(file, options, session),
                        "unknown",
                        file.toAbsolutePath().normalize().toString(), model, session, options.model().integer("size", 1,
                                DEFAULT_SIZE),
                        normalisation);
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the model " + file, e);
        }
    }

    private static DepthKind kind(Path file, EstimatorOptions options, Session session) {
        String kind = options.model().text("kind");
        if (kind != null) {
            return DepthKind.ofLabel(kind);
        }
        boolean fastDepth = session.inputs().size() == 1 && session.inputs().getFirst().name().equals("0") && session
                .inputs().getFirst().extents().equals(List.of(1L, 3L, 224L, 224L)) && session.outputs().size() == 1
                && session.outputs().getFirst().name().equals("350");
        if (fastDepth) {
            return DepthKind.METRIC;
        }
        throw new IllegalArgumentException(
                file + ": expected the option kind, because an ONNX file does not say what its "
                        + "numbers mean: kind=metric, scale-invariant, affine-invariant or affine-invariant-inverse");
    }

    private static Session open(byte[] model, EstimatorOptions options, Engine engine) {
        return engine.open(model, new SessionSettings(options.threads(), Optional.empty()));
    }

    private static Session.Port soleInput(String source, Session session) {
        List<Session.Port> inputs = session.inputs();
        if (inputs.size() != 1 || !inputs.getFirst().isFloat() || inputs.getFirst().extents().size() != 4
                || inputs.getFirst().extents().get(0) > 1 || inputs.getFirst().extents().get(1) != 3) {
            throw new IllegalArgumentException(source + ": expected one float input [1, 3, H, W], found " + inputs);
        }
        return inputs.getFirst();
    }

    private static Session.Port soleOutput(String source, Session session) {
        List<Session.Port> outputs = session.outputs();
        if (outputs.size() != 1 || !outputs.getFirst().isFloat()) {
            throw new IllegalArgumentException(source + ": expected one float output, found " + outputs);
        }
        return outputs.getFirst();
    }

    private static int extent(Session.Port port, int axis, int otherwise) {
        long extent = port.extents().get(axis);
        return extent > 0 ? Math.toIntExact(extent) : otherwise;
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public PreparedInput.Numbers prepare(RgbImage image) {
        return new PreparedInput.Numbers(image.height(), image.width(), preparation.prepare(image));
    }

    @Override
    public Estimate run(PreparedInput prepared) {
        if (!(prepared instanceof PreparedInput.Numbers numbers)) {
            throw new IllegalArgumentException("input: expected one that this estimator prepared, found " + prepared);
        }
        Pixels pixels = numbers.pixels();
        FloatTensor tensor = new FloatTensor(Shape.of(1, 3, pixels.height(), pixels.width()), pixels.values());
        FloatTensor depth = sessions.run("only", Map.of(input.name(), tensor), output.name());
        Shape shape = depth.shape();
        if (shape.rank() < 2 || shape.elements() != (long) shape.dim(-1) * shape.dim(-2)) {
            throw new IllegalArgumentException(description.source() + ": expected one map [.., H, W], found " + shape);
        }
        return Estimate.of(Prediction.of(description.kind(), Plane.wrap(depth.values(), shape.dim(-2), shape.dim(
                -1))));
    }

    @Override
    public void close() {
        sessions.close();
    }
}
