/** Persistent datasets of samples with measured depth, predictions and scores, and readers of dataset layouts. */
module fathom.datasets {
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires fathom.cache;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports fathom.datasets;
    exports fathom.datasets.depth;
    exports fathom.datasets.values;
    exports fathom.datasets.readers;
}
