/** The Hugging Face Hub and its cache; see the package. */
module fathom.hub {
    requires static transitive org.jspecify;
    requires fathom.cache;
    requires java.net.http;
    requires tools.jackson.core;
    requires tools.jackson.databind;

    exports fathom.hub;
    exports fathom.hub.http;
}
