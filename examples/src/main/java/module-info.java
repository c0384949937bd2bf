/** The article's walk in Java; see the package. */
module fathom.examples {
    requires static org.jspecify;
    requires fathom.raster;
    requires fathom.inference;
    requires fathom.datasets;
    requires fathom.evaluation;
    requires fathom.workbench;

    exports fathom.examples;
}
