/** The work a person asks for, resumable and with progress; see the package. */
module fathom.workbench {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.models;
    requires transitive fathom.inference;
    requires transitive fathom.datasets;
    requires transitive fathom.evaluation;
    requires transitive fathom.rendering;

    requires jdk.management;
    requires tools.jackson.databind;

    exports fathom.workbench;
    exports fathom.workbench.bench;
    exports fathom.workbench.quickstart;
    exports fathom.workbench.rooms;
}
