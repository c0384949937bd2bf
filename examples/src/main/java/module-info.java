/** The article's walk in Java; see the package. */
module fathom.examples {
    requires static transitive org.jspecify;

}
