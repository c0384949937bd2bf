/** The cache folder; see the package. */
module fathom.cache {
    requires static transitive org.jspecify;

    exports fathom.cache;
}
