/** The routes of the App; see the package. */
module fathom.server {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.datasets;
    requires transitive fathom.evaluation;
    requires transitive fathom.rendering;
    requires transitive fathom.workbench;

}
