/** Colormaps, heatmaps and thumbnails; see the package. */
module fathom.rendering {
    requires java.desktop;
    requires static transitive org.jspecify;
    requires transitive fathom.raster;

    exports fathom.rendering;
}
