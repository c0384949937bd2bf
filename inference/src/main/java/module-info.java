/** Estimators over ONNX Runtime; see the package. */
module fathom.inference {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.graph;
    requires transitive fathom.models;
    requires fathom.cache;
    requires java.net.http;
    requires tools.jackson.databind;
    requires com.microsoft.onnxruntime;

    exports fathom.inference;
    exports fathom.inference.diffusion;
    exports fathom.inference.remote;
}
