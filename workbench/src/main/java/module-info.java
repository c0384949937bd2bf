/** The tasks of the user: import, predict, evaluate, compare, report and benchmark, with progress and cancellation. */
module fathom.workbench {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.weights;
    requires transitive fathom.models;
    requires transitive fathom.inference;
    requires transitive fathom.datasets;
    requires transitive fathom.evaluation;
    requires transitive fathom.rendering;
    requires transitive fathom.rooms;

    requires jdk.management;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports fathom.workbench;
    exports fathom.workbench.alignment;
    exports fathom.workbench.bench;
    exports fathom.workbench.calibrate;
    exports fathom.workbench.evaluate;
    exports fathom.workbench.figures;
    exports fathom.workbench.importing;
    exports fathom.workbench.pages;
    exports fathom.workbench.predict;
    exports fathom.workbench.quickstart;
    exports fathom.workbench.reproduce;
    exports fathom.workbench.warp;
}
