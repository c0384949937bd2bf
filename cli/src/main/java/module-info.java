/** One class per command; see the package. */
module fathom.cli {
    requires static transitive org.jspecify;

}
