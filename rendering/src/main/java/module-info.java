/** Colormaps, heatmaps, error maps, figures and thumbnails. */
module fathom.rendering {
    requires java.desktop;
    requires static transitive org.jspecify;
    requires transitive fathom.raster;

    exports fathom.rendering;
}
