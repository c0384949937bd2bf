/** Checkpoints, architectures, pre- and postprocessing, the catalogue; see the package. */
module fathom.models {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.graph;
    requires fathom.cache;
    requires io.jhdf;
    requires java.net.http;
    // What jHDF reports through; being no named module it cannot ask for it.
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports fathom.models;
    exports fathom.models.architectures;
    exports fathom.models.checkpoints;
    exports fathom.models.diffusers;
    exports fathom.models.http;
    exports fathom.models.hub;
    exports fathom.models.onnx;
    exports fathom.models.originals;
    exports fathom.models.preparation;
    exports fathom.models.torch;
}
