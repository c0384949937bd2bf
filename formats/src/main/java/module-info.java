/** Bytes to rasters and back; see the package. */
module fathom.formats {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;

}
