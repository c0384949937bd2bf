/** Colormaps, heatmaps, error maps, figures and thumbnails. */
module fathom.rendering {
    requires java.desktop;
    requires static transitive org.jspecify;
    requires transitive fathom.raster;

    requires org.apache.xmlgraphics.batik.svggen;
    requires org.jfree.jfreechart;

    exports fathom.rendering;
    exports fathom.rendering.charts;
}
