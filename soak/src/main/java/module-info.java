/** Long tests of the readers and of killed processes; not distributed. */
module fathom.soak {
    requires static transitive org.jspecify;
    requires fathom.raster;
    requires fathom.formats;
    requires fathom.graph;
    requires fathom.weights;
    requires fathom.models;
    requires fathom.datasets;
}
