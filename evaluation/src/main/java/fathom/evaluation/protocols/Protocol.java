package fathom.evaluation.protocols;

import java.util.List;
import java.util.Optional;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.MetricUnit;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.SsimOptions;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * A named way to score a prediction against measured depth: what is compared, over which pixels, after which
 * conversion.
 *
 * <p>Numbers are comparable only within one protocol, so every number is stored and displayed with the name of its
 * protocol. The numbers do not depend on the number of threads.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="protocol"}
 *
 * @see Scores
 */
public sealed interface Protocol
        permits ArraysProtocol, ArticleProtocol, ArticleFixedProtocol, ArticleAlignedProtocol, StepProtocol {
    /** Decimals of lengths in metres: millimetres. */
    int METRE_DECIMALS = 3;

    /** {@return the name that users type, for example {@code "article-fixed"}} */
    String name();

    /** {@return the metrics that it computes, in the order of table columns} */
    default List<Metric> metrics() {
        return List.of(Metric.RMSE, Metric.PSNR, Metric.SSIM);
    }

    /** {@return what it compares} */
    default Quantity quantity() {
        return Quantity.LEVELS;
    }

    /**
     * {@return the number of decimals of a metric in a table}
     *
     * @param metric one of {@link #metrics()}
     */
    default int decimals(Metric metric) {
        return quantity() == Quantity.METRES && metric.unit() == MetricUnit.VALUES ? METRE_DECIMALS : metric.decimals();
    }

    /**
     * {@return the unit of a metric for measured depth and predictions, empty if there is none}
     *
     * @param metric one of {@link #metrics()}
     */
    default String unit(Metric metric) {
        return metric.unit().symbol(quantity());
    }

    /**
     * {@return everything that determines its numbers, as data: what is compared, over which pixels, after which
     * conversion, with which metrics} The definition is the identity of the protocol: numbers of two definitions are
     * never mixed. Explanations for readers belong in {@link #text()}, which may be reworded freely.
     */
    Members definition();

    /** {@return the SHA-256 of {@link #definition()} in canonical form, lower-case hexadecimal} */
    default String hash() {
        return definition().sha256();
    }

    /** {@return its description, its known flaws and its sources} The text is not part of the identity. */
    default ProtocolText text() {
        return ProtocolText.load(name());
    }

    /**
     * Scores a prediction that has the size of the image.
     *
     * @param truth measured depth, [H, W]
     * @param prediction of any kind, resized to [H, W]
     * @return a number or a reason for each of {@link #metrics()}
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if the sample has no numbers under this protocol
     */
    Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException;

    /**
     * Scores a prediction of any size.
     *
     * @param truth measured depth, [H, W]
     * @param prediction of any kind and size
     * @param context the kernel of the model, with which protocols without their own rule resize, and the camera
     * @return a number or a reason for each of {@link #metrics()}
     * @throws UnscorableException if the sample has no numbers under this protocol
     */
    default Scores score(MeasuredDepth truth, Prediction prediction, ScoringContext context)
            throws UnscorableException {
        Plane values = prediction.values();
        boolean fits = values.height() == truth.height() && values.width() == truth.width();
        return score(truth,
                fits
                        ? prediction
                        : prediction.withValues(context.kernel().resized(values, truth.height(), truth.width())));
    }

    /**
     * {@return exactly what is compared: both maps in metres after resizing, alignment, clipping and cropping; empty if
     * the protocol does not compare depth in metres}
     *
     * @param truth measured depth, [H, W]
     * @param prediction of any kind and size
     * @param intrinsics of the truth; empty if unknown
     * @throws UnscorableException if the sample has no numbers under this protocol
     */
    default Optional<ScoredMaps> compared(MeasuredDepth truth, Prediction prediction, Optional<Intrinsics> intrinsics)
            throws UnscorableException {
        return Optional.empty();
    }

    /** {@return what the mean of a dataset is taken over} */
    default Pooling pooling() {
        return Pooling.IMAGES;
    }

    /** {@return what it does, step by step, one sentence each; empty if its description says everything} */
    default List<String> sentences() {
        return List.of();
    }

    /** Returns the members that every {@link #definition()} has. */
    private Members common() {
        return Members.NONE.with("protocol", name())
                .with("metrics", JsonValue.ofTexts(metrics().stream().map(Metric::key).toList()))
                .with("ssim", SsimOptions.DEFAULT.definition());
    }

    /**
     * Starts a {@link #definition()}.
     *
     * @param truth the numbers of the measurement that are compared: {@code stored} or {@code metres}
     * @param pixels the pixels that count: {@code all} or {@code measured-and-finite}
     * @return the common members
     */
    default Members definition(String truth, String pixels) {
        return common().with("truth", truth).with("pixels", pixels);
    }

    /** {@return every protocol, in display order} */
    static List<Protocol> all() {
        return BuiltInProtocols.ALL;
    }

    /**
     * {@return the protocol with that {@link #name()}}
     *
     * @param name the name
     * @throws IllegalArgumentException if there is none
     */
    static Protocol named(String name) {
        List<Protocol> all = all();
        for (Protocol protocol : all) {
            if (protocol.name().equals(name)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("protocol: expected one of "
                + String.join(", ", all.stream().map(Protocol::name).toList()) + ", found \"" + name + "\"");
    }
}
