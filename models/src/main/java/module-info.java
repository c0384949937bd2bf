/** Checkpoints, architectures, pre- and postprocessing, the catalogue; see the package. */
module fathom.models {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.graph;
    requires transitive fathom.hub;
    requires transitive fathom.weights;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports fathom.models;
    exports fathom.models.backbones;
    exports fathom.models.catalogue;
    exports fathom.models.densedepth;
    exports fathom.models.depthanything;
    exports fathom.models.depthpro;
    exports fathom.models.dpt;
    exports fathom.models.glpn;
    exports fathom.models.marigold;
    exports fathom.models.moge;
    exports fathom.models.onnx;
    exports fathom.models.onnx.file;
    exports fathom.models.preprocessing;
    exports fathom.models.registry;
    exports fathom.models.zoedepth;
}
