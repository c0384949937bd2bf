package fathom.models.onnx;

import java.util.List;
import java.util.Optional;

/** The known families. */
final class OnnxFamilies {
    /** Those with more ports first, so that the first that matches is the one. */
    private static final List<OnnxFamily> ALL = List.of(new MogeExport(), new DepthProExport(), new HubExport(),
            new Metric3dExport(), new MidasSmallExport(), new FastDepthExport());

    private OnnxFamilies() {}

    /** The family of {@code candidate}, if it is a known one. */
    static Optional<OnnxFamily> of(Candidate candidate) {
        return ALL.stream().filter(family -> family.matches(candidate)).findFirst();
    }
}
