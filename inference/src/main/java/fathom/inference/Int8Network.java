package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import fathom.engine.Engine;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.SessionSettings.CopiedWeights;
import fathom.engine.quantisation.Calibration;
import fathom.engine.quantisation.Int8Graph;
import fathom.engine.quantisation.Int8Weights;
import fathom.graph.GraphBuilder;
import fathom.graph.OnnxModel;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.weights.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * The 8-bit network of a checkpoint. The weights are quantized and the activations calibrated when the network is first
 * opened.
 */
final class Int8Network {
    private final Engine engine;
    private final int threads;
    private final Checkpoint checkpoint;
    private final Precision.Int8 precision;
    private final Function<RgbImage, Case> drawing;
    private @Nullable Int8Weights weights;

    /**
     * The graph and inputs for one picture.
     *
     * @param graph the network for the size of the picture
     * @param feeds the inputs by name
     */
    record Case(GraphBuilder graph, Map<String, FloatTensor> feeds) {}

    Int8Network(Engine engine, int threads, Checkpoint checkpoint, Precision.Int8 precision,
            Function<RgbImage, Case> drawing) {
        this.engine = engine;
        this.threads = threads;
        this.checkpoint = checkpoint;
        this.precision = precision;
        this.drawing = drawing;
    }

    /**
     * Opens the network {@code g} in 8 bits. {@code settings} are the settings of the checkpoint that change its
     * results.
     */
    Session open(GraphBuilder g, String settings) {
        OnnxModel model = g.build();
        try {
            if (weights == null) {
                weights = Int8Weights.of(model, checkpoint.externalRoot(), checkpoint.files(),
                        precision.calibration() + "\n" + settings, this::calibrate);
            }
            return open(Int8Graph.of(model, weights, checkpoint.externalRoot()), g, CopiedWeights.ALL);
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + checkpoint.folder() + " in 8 bits", e);
        }
    }

    private Session open(OnnxModel model, GraphBuilder g, CopiedWeights copied) {
        return SessionWithConstants.of(
                engine.open(model, new SessionSettings(threads, Optional.of(checkpoint.externalRoot()), copied)), g);
    }

    private Calibration calibrate() {
        List<RgbImage> pictures = precision.pictures().get();
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("precision int8: expected at least one calibration picture, found none");
        }
        Calibration calibration = new Calibration();
        for (RgbImage picture : pictures) {
            Case drawn = drawing.apply(picture);
            calibration.add(drawn.graph().build(), model -> extremes(model, drawn));
        }
        return calibration;
    }

    private Map<String, Float> extremes(OnnxModel model, Case drawn) {
        try (Session session = open(model, drawn.graph(), CopiedWeights.NONE)) {
            Map<String, Float> extremes = new HashMap<>();
            session.run(drawn.feeds()).forEach((name, tensor) -> {
                if (tensor.size() == 1) {
                    extremes.put(name, tensor.number());
                }
            });
            return extremes;
        }
    }
}
