/** Sample rooms with exact depth, rendered by a small ray tracer. */
module fathom.rooms {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires fathom.formats;

    exports fathom.rooms;
}
