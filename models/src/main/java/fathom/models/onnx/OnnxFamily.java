package fathom.models.onnx;

import java.util.Map;

/** Models whose ports have the same names and the same meaning. */
sealed interface OnnxFamily
        permits DepthProExport, FastDepthExport, HubExport, Metric3dExport, MidasSmallExport, MogeExport {
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
}
