/** Colormaps, heatmaps and thumbnails; see the package. */
module fathom.rendering {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;

}
