/** Metrics, alignments, protocols and reports. */
module fathom.evaluation {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports fathom.evaluation.alignment;
    exports fathom.evaluation.boundaries;
    exports fathom.evaluation.calibration;
    exports fathom.evaluation.checks;
    exports fathom.evaluation.edges;
    exports fathom.evaluation.errors;
    exports fathom.evaluation.mapmetrics;
    exports fathom.evaluation.metrics;
    exports fathom.evaluation.normals;
    exports fathom.evaluation.ordinal;
    exports fathom.evaluation.pages;
    exports fathom.evaluation.parity.geometry;
    exports fathom.evaluation.parity;
    exports fathom.evaluation.points;
    exports fathom.evaluation.protocols;
    exports fathom.evaluation.reports;
    exports fathom.evaluation.statistics;
    exports fathom.evaluation.steps;
    exports fathom.evaluation.verification;
    exports fathom.evaluation.warp;
}
