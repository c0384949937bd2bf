/** The HTTP server of the App. */
module fathom.server {
    requires io.helidon.common.parameters;
    requires io.helidon.common.uri;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires java.logging;
    requires static transitive org.jspecify;
    requires transitive fathom.raster;
    requires transitive fathom.formats;
    requires transitive fathom.datasets;
    requires transitive fathom.evaluation;
    requires transitive fathom.rendering;
    requires tools.jackson.databind;

    exports fathom.server;

    opens fathom.server.wire to tools.jackson.databind;
}
