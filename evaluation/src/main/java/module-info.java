/** Metrics, protocols and reports; see the package. */
module fathom.evaluation {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires tools.jackson.databind;

    exports fathom.evaluation.alignment;
    exports fathom.evaluation.metrics;
    exports fathom.evaluation.protocols;
    exports fathom.evaluation.reports;
}
