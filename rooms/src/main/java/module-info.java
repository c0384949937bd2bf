/** Sample rooms, drawn with exact depth; see the package. */
module fathom.rooms {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires fathom.formats;

    exports fathom.rooms;
}
