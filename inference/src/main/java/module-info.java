/** Estimators, which compute depth predictions from pictures with ONNX Runtime or a remote service. */
module fathom.inference {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.graph;
    requires fathom.cache;
    requires transitive fathom.hub;
    requires transitive fathom.weights;
    requires transitive fathom.models;
    requires transitive fathom.engine;
    requires java.net.http;
    requires tools.jackson.databind;

    exports fathom.inference;
    exports fathom.inference.diffusion;
    exports fathom.inference.diffusion.ensembling;
    exports fathom.inference.diffusion.schedulers;
    exports fathom.inference.replicate;
}
