package fathom.models.onnx;

import java.util.Map;
import java.util.Optional;

/** Models whose ports have the same names and the same meaning. */
sealed interface OnnxFamily permits DepthAnythingExport, DepthProExport, FastDepthExport, HubExport, Metric3dExport,
        MidasSmallExport, MogeExport {
    /** Returns one word, as in {@code onnx/depth-pro}. */
    String label();

    /** Returns whether the ports are those of this family. */
    boolean matches(Candidate candidate);

    /** Returns the properties of every model of the family. */
    Map<OnnxKey, String> properties(Candidate candidate);

    /** Returns how outputs are interpreted. */
    default OnnxPostprocessor.Way way() {
        return OnnxPostprocessor.Way.MAP;
    }

    /** Returns whether the configuration in a repository of the Hub describes the preprocessing of this export. */
    default boolean isConfiguredByHub() {
        return false;
    }

    /** Returns what is assumed about the kind of depth, one sentence; empty if the ports leave no doubt. */
    default Optional<String> assumption(Candidate candidate) {
        return Optional.empty();
    }
}
