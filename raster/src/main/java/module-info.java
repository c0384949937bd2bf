/** Images, depth maps and cameras as plain values, and the kernels that resize them. */
module fathom.raster {
    requires static transitive org.jspecify;

    exports fathom.raster;
    exports fathom.raster.resampling;
    exports fathom.raster.advice;
}
