/** The article's walk in Java; see the package. */
module fathom.examples {
    requires static org.jspecify;
    requires fathom.workbench;

    exports fathom.examples;
}
