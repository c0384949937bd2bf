package fathom.evaluation.protocols;

import java.util.List;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.SsimOptions;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;

/**
 * A named way to score a prediction against measured depth: what is compared, over which pixels, after which conversion.
 * Numbers are comparable only under the same protocol, so every number is stored and shown with its name.
 */
public sealed interface Protocol permits ArraysProtocol, ArticleProtocol, ArticleFixedProtocol, ArticleAlignedProtocol {
    /** The name people type, for example {@code "article-fixed"}. */
    String name();

    /** The metrics it gives, in the order tables show them. */
    default List<Metric> metrics() {
        return List.of(Metric.RMSE, Metric.PSNR, Metric.SSIM);
    }

    /**
     * Returns all that decides its numbers, as data: what is compared, over which pixels, after which conversion, by which
     * metrics. It is the protocol's identity: numbers of two definitions are never mixed. A word for readers belongs into
     * {@link #text()}, which may be reworded freely.
     */
    Members definition();

    /** Returns the SHA-256 of {@link #definition()} in canonical form, lower-case hexadecimal. */
    default String hash() {
        return definition().sha256();
    }

    /** Returns what it does, what is wrong with it and where it comes from. No part of its identity. */
    default ProtocolText text() {
        return ProtocolText.load(name());
    }

    /**
     * Scores a prediction that has the picture's size.
     *
     * @param truth measured depth, [H, W]
     * @param prediction of any kind, resized to [H, W]
     * @throws IllegalArgumentException if the shapes differ
     * @throws UnscorableException if the sample has no numbers under this protocol
     */
    Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException;

    /** The members that every {@link #definition()} has. */
    private Members common() {
        return Members.NONE.with("protocol", name())
                .with("metrics", JsonValue.ofTexts(metrics().stream().map(Metric::key).toList()))
                .with("ssim", SsimOptions.DEFAULT.definition());
    }

    /**
     * Begins a {@link #definition()}.
     *
     * @param truth which numbers of the measurement are compared: {@code stored} or {@code metres}
     * @param pixels which pixels count: {@code all} or {@code measured-and-finite}
     */
    default Members definition(String truth, String pixels) {
        return common().with("truth", truth).with("pixels", pixels);
    }

    /** Every protocol, in the order they are listed to people. */
    static List<Protocol> all() {
        return List.of(new ArticleProtocol(), new ArticleFixedProtocol(), new ArticleAlignedProtocol(),
                new ArraysProtocol());
    }

    /** The protocol of that {@link #name()}. */
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
