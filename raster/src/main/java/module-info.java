/** Pictures and depth maps as values; see the package. */
module fathom.raster {
    requires static transitive org.jspecify;

    exports fathom.raster;
    exports fathom.raster.resampling;
    exports fathom.raster.advice;
}
