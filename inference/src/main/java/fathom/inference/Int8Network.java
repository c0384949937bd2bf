package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import fathom.engine.Engine;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.SessionSettings.CopiedWeights;
import fathom.engine.quantisation.Calibration;
import fathom.engine.quantisation.Int8Graph;
import fathom.engine.quantisation.Int8Losses;
import fathom.engine.quantisation.Int8Weights;
import fathom.graph.GraphBuilder;
import fathom.graph.OnnxModel;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.weights.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * The 8-bit network of a checkpoint. The weights are quantized and the activations calibrated when the network is first
 * opened. The operations that lose most stay in float32.
 */
final class Int8Network {
    /** Largest relative L2 of the outputs from those in float32. */
    static final double LIMIT = 0.05;
    private static final int STEPS = 16;
    /** Pictures that are compared while operations are chosen; the choice is compared on all. */
    private static final int SEARCHED = 2;

    private final Engine engine;
    private final int threads;
    private final Checkpoint checkpoint;
    private final Precision.Int8 precision;
    private final Function<RgbImage, Case> drawing;
    private final Supplier<GraphBuilder> shape;
    private @Nullable Int8Weights weights;

    /**
     * The graph and inputs for one picture.
     *
     * @param graph the network for the size of the picture
     * @param feeds the inputs by name
     */
    record Case(GraphBuilder graph, Map<String, FloatTensor> feeds) {}

    Int8Network(Engine engine, int threads, Checkpoint checkpoint, Precision.Int8 precision,
            Supplier<GraphBuilder> shape, Function<RgbImage, Case> drawing) {
        this.shape = shape;
        this.engine = engine;
        this.threads = threads;
        this.checkpoint = checkpoint;
        this.precision = precision;
        this.drawing = drawing;
    }

    /**
     * Opens the network {@code g} in 8 bits for runs with {@code threads} threads. {@code settings} are the settings of the
     * checkpoint that change its results.
     */
    Session open(GraphBuilder g, String settings, int threads) {
        try {
            Int8Weights quantized = weights(settings);
            return open(Int8Graph.of(g.build(), quantized, checkpoint.externalRoot(), Set.of()), g,
                    quantized.count() == 0 ? CopiedWeights.CONVOLUTIONS : CopiedWeights.ALL, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + checkpoint.folder() + " in 8 bits", e);
        }
    }

    /** Returns the weights, which are created if the cache does not contain them. */
    synchronized Int8Weights weights(String settings) {
        if (weights == null) {
            Lazy<List<Case>> cases = new Lazy<>(this::cases);
            try {
                weights = Int8Weights.of(shape.get().build(), checkpoint.externalRoot(), checkpoint.files(),
                        precision.calibration() + "\n" + settings, () -> calibrate(cases.get()),
                        all -> choose(all, cases.get()));
            } catch (IOException e) {
                throw new UncheckedIOException("opening " + checkpoint.folder() + " in 8 bits", e);
            }
        }
        return weights;
    }

    /**
     * Describes the choice for users.
     *
     * @param difference the relative L2 of the outputs on the calibration pictures
     * @param inFloat the number of operations that stay in float32
     * @param all the number of operations that can have 8 bits
     */
    static String summary(double difference, int inFloat, int all) {
        return inFloat == all
                ? String.format(Locale.ROOT,
                        "int8 is not used for this network: with operations in 8 bits, its outputs for the calibration "
                                + "pictures would change by more than %.0f %% (relative L2); it runs in float32.",
                        100 * LIMIT)
                : String.format(Locale.ROOT,
                        "int8 changes the outputs of the calibration pictures by up to %.1f %% (relative L2); "
                                + "%d of %d operations stay in float32.",
                        100 * difference, inFloat, all);
    }

    private List<Case> cases() {
        List<RgbImage> pictures = precision.pictures().get();
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("precision int8: expected at least one calibration picture, found none");
        }
        return pictures.stream().map(drawing).toList();
    }

    /**
     * Chooses the operations that stay in float32: as few as possible, those with the largest errors first, so that the
     * outputs differ by at most {@value #LIMIT} from float32.
     */
    private Int8Weights.Choice choose(Int8Weights all, List<Case> cases) throws IOException {
        List<Map<String, FloatTensor>> exact = outputs(cases, model -> model, CopiedWeights.NONE);
        List<Case> few = cases.subList(0, Math.min(SEARCHED, cases.size()));
        double difference = difference(all, Set.of(), few, exact);
        if (difference <= LIMIT && few.size() < cases.size()) {
            difference = difference(all, Set.of(), cases, exact);
        }
        if (difference <= LIMIT) {
            return new Int8Weights.Choice(Set.of(), difference);
        }
        Case first = cases.getFirst();
        List<String> order = Int8Losses.largestFirst(first.graph().build(), all, checkpoint.externalRoot(),
                model -> extremes(model, first));
        int step = Math.max(1, order.size() / STEPS);
        int tooFew = 0;
        int enough = order.size();
        for (int count = step; count < order.size(); count *= 2) {
            if (difference(all, Set.copyOf(order.subList(0, count)), few, exact) <= LIMIT) {
                enough = count;
                break;
            }
            tooFew = count;
        }
        while (enough - tooFew > step) {
            int middle = (tooFew + enough) / 2;
            if (difference(all, Set.copyOf(order.subList(0, middle)), few, exact) <= LIMIT) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        for (int count = enough;; count = Math.min(order.size(), count + step)) {
            Set<String> inFloat = Set.copyOf(order.subList(0, count));
            double found = difference(all, inFloat, cases, exact);
            if (found <= LIMIT || count == order.size()) {
                return new Int8Weights.Choice(inFloat, found);
            }
        }
    }

    private double difference(Int8Weights all, Set<String> inFloat, List<Case> cases,
            List<Map<String, FloatTensor>> exact) throws IOException {
        List<Map<String, FloatTensor>> found = outputs(cases,
                model -> Int8Graph.of(model, all, checkpoint.externalRoot(), inFloat), CopiedWeights.ALL);
        double largest = 0;
        for (int i = 0; i < found.size(); i++) {
            for (Map.Entry<String, FloatTensor> output : exact.get(i).entrySet()) {
                FloatTensor other = Objects.requireNonNull(found.get(i).get(output.getKey()));
                double difference = relativeDifference(other.values(), output.getValue().values());
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }

    /** Returns the relative L2 of two arrays, infinite if a value is not finite. */
    private static double relativeDifference(float[] found, float[] exact) {
        double squares = 0;
        double size = 0;
        for (int i = 0; i < exact.length; i++) {
            double difference = (double) found[i] - exact[i];
            squares += difference * difference;
            size += (double) exact[i] * exact[i];
        }
        return squares == 0 ? 0 : Math.sqrt(squares / size);
    }

    /** Rewrites a graph. */
    @FunctionalInterface
    private interface Rewriting {
        OnnxModel of(OnnxModel model) throws IOException;
    }

    /** Runs the cases; consecutive ones of one size share a session. */
    private List<Map<String, FloatTensor>> outputs(List<Case> cases, Rewriting rewriting, CopiedWeights copied)
            throws IOException {
        List<Map<String, FloatTensor>> outputs = new ArrayList<>();
        int start = 0;
        while (start < cases.size()) {
            GraphBuilder g = cases.get(start).graph();
            String shapes = g.build().inputs().toString();
            try (Session session = open(rewriting.of(g.build()), g, copied, threads)) {
                while (start < cases.size() && cases.get(start).graph().build().inputs().toString().equals(shapes)) {
                    outputs.add(session.run(cases.get(start).feeds()));
                    start++;
                }
            }
        }
        return outputs;
    }

    private Session open(OnnxModel model, GraphBuilder g, CopiedWeights copied, int threads) {
        return SessionWithConstants.of(
                engine.open(model, new SessionSettings(threads, Optional.of(checkpoint.externalRoot()), copied)), g);
    }

    private Calibration calibrate(List<Case> cases) {
        Calibration calibration = new Calibration();
        for (Case drawn : cases) {
            calibration.add(drawn.graph().build(), model -> extremes(model, drawn));
        }
        return calibration;
    }

    private Map<String, Float> extremes(OnnxModel model, Case drawn) {
        try (Session session = open(model, drawn.graph(), CopiedWeights.NONE, threads)) {
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
