/** Metrics, alignments, protocols and reports. */
module fathom.evaluation {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires tools.jackson.databind;

    exports fathom.evaluation.alignment;
    exports fathom.evaluation.calibration;
    exports fathom.evaluation.checks;
    exports fathom.evaluation.metrics;
    exports fathom.evaluation.protocols;
    exports fathom.evaluation.reports;
}
