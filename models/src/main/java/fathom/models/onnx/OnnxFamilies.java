package fathom.models.onnx;

import java.util.List;
import java.util.Optional;

/** The known families. */
final class OnnxFamilies {
    /** Families with more ports first; the first match is used. */
    private static final List<OnnxFamily> ALL = List.of(new MogeExport(), new DepthProExport(),
            new DepthAnythingExport(), new HubExport(), new Metric3dExport(), new MidasSmallExport(),
            new FastDepthExport());

    private OnnxFamilies() {}

    /** Returns the family of {@code candidate}, or empty if it is unknown. */
    static Optional<OnnxFamily> of(Candidate candidate) {
        return ALL.stream().filter(family -> family.matches(candidate)).findFirst();
    }
}
