/** Bytes to rasters and back; see the package. */
module fathom.formats {
    requires java.desktop;
    requires static transitive org.jspecify;
    requires transitive fathom.raster;

    exports fathom.formats;
}
