/** Checkpoint files and files derived from them; see the package. */
module fathom.weights {
    requires static transitive org.jspecify;
    requires transitive fathom.formats;
    requires transitive fathom.graph;
    requires fathom.cache;
    requires io.jhdf;
    // jHDF logs through it; jHDF is not a named module, so it cannot require it.
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports fathom.weights;
    exports fathom.weights.torch;
}
