/** ONNX graphs as immutable values, a builder that checks shapes, and a writer. */
module fathom.graph {
    requires static transitive org.jspecify;

    exports fathom.graph;
}
