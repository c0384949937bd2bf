/** The engine that runs graphs; see the package. */
module fathom.engine {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.graph;
    requires fathom.cache;
    requires transitive fathom.weights;
    requires com.microsoft.onnxruntime;

    exports fathom.engine;
    exports fathom.engine.onnxruntime;
    exports fathom.engine.quantisation;
}
