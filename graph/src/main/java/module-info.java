/** An ONNX graph as immutable values, and its writer; see the package. */
module fathom.graph {
    requires static transitive org.jspecify;

    exports fathom.graph;
}
