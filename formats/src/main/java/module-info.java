/** Readers and writers of image, array and point cloud files. */
module fathom.formats {
    requires java.desktop;
    requires static transitive org.jspecify;
    requires transitive fathom.raster;

    exports fathom.formats;
    exports fathom.formats.images;
    exports fathom.formats.jpeg;
    exports fathom.formats.json;
    exports fathom.formats.npy;
    exports fathom.formats.ply;
    exports fathom.formats.png;
    exports fathom.formats.pnm;
}
