/** Checkpoints, architectures, pre- and postprocessing, the catalogue; see the package. */
module fathom.models {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.graph;

    exports fathom.models;
}
