/** The command line. */
module fathom.cli {
    requires static org.jspecify;
    requires fathom.raster;
    requires fathom.formats;
    requires fathom.graph;
    requires fathom.cache;
    requires fathom.hub;
    requires fathom.weights;
    requires fathom.models;
    requires fathom.inference;
    requires fathom.datasets;
    requires fathom.evaluation;
    requires fathom.rooms;
    requires fathom.workbench;
    requires fathom.server;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires tools.jackson.databind;

    exports fathom.cli;

    opens fathom.cli to info.picocli, tools.jackson.databind;
    opens fathom.cli.console to info.picocli, tools.jackson.databind;
    opens fathom.cli.datasets to info.picocli, tools.jackson.databind;
    opens fathom.cli.models to info.picocli, tools.jackson.databind;
    opens fathom.cli.options to info.picocli, tools.jackson.databind;
    opens fathom.cli.protocols to info.picocli, tools.jackson.databind;
}
