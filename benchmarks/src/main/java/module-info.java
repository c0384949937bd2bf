/** JMH and whole-program comparisons, never shipped; see the package. */
module fathom.benchmarks {
    requires static transitive org.jspecify;
    requires fathom.evaluation;
    requires fathom.formats;
    requires fathom.raster;
    requires fathom.workbench;
    requires jdk.management;
    requires jmh.core;
    requires tools.jackson.databind;
}
