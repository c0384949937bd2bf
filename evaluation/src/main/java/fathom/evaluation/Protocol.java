package fathom.evaluation;

import java.util.List;

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

    /** What it does, what is wrong with it and where it comes from, for people. */
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
