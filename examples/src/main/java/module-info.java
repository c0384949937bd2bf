/** Example programs that use Fathom as a library. */
module fathom.examples {
    requires static org.jspecify;
    requires fathom.raster;
    requires fathom.inference;
    requires fathom.datasets;
    requires fathom.evaluation;
    requires fathom.workbench;

    exports fathom.examples;
}
