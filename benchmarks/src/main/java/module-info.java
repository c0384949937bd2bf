/** JMH benchmarks and comparisons with other programs; not distributed. */
module fathom.benchmarks {
    requires static transitive org.jspecify;
    requires fathom.raster;
    requires fathom.formats;
    requires fathom.evaluation;
    requires fathom.workbench;
    requires jdk.management;
    requires jmh.core;
    requires tools.jackson.databind;
}
