package fathom.models.onnx;

import java.util.Map;

/** Models whose ports are called alike and mean the same. */
sealed interface OnnxFamily permits DepthProExport, FastDepthExport, HubExport, Metric3dExport, MidasSmallExport,
        MogeExport {
    /** One word, as in {@code onnx/depth-pro}. */
    String label();

    /** Whether the ports are this family's. */
    boolean matches(Candidate candidate);

    /** What is known of every model of the family. */
    Map<OnnxKey, String> statements(Candidate candidate);

    /** How outputs are read. */
    default OnnxPostprocessor.Way way() {
        return OnnxPostprocessor.Way.MAP;
    }

    /** Whether the configuration of a repository of the hub is about how this export is fed. */
    default boolean isConfiguredByHub() {
        return false;
    }
}
