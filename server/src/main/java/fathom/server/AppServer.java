package fathom.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

import fathom.datasets.values.DatasetException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of the App. It reads datasets and never writes them. Each request requires the token of {@link #url()},
 * which is created at each start. {@link #close()} stops the server. Thread-safe.
 */
public final class AppServer implements AutoCloseable {
    private static final int PORTS_TRIED = 100;
    private static final int FIRST_UNPRIVILEGED = 1024;
    /** A strong reference, so that the logger and its level are not garbage-collected. */
    private static final Logger HELIDON_LOG = Logger.getLogger("io.helidon");

    private final AppOptions options;
    private final AccessToken token;
    private final Library library;
    private final WebServer server;

    private AppServer(AppOptions options, AccessToken token, Library library, WebServer server) {
        this.options = options;
        this.token = token;
        this.library = library;
        this.server = server;
    }

    /**
     * Starts the server. When this method returns, the server accepts requests.
     *
     * @param options datasets, host and port
     * @return the running server
     * @throws DatasetException if the dataset to open first does not exist
     * @throws IOException if the host is unknown or the port is in use
     */
    public static AppServer start(AppOptions options) throws IOException {
        options.dataset().ifPresent(name -> options.datasets().openReadOnly(name).close());
        // Browsers cancel requests while scrolling; Helidon would log each as a warning.
        HELIDON_LOG.setLevel(Level.SEVERE);
        InetAddress address = resolve(options.host());
        AccessToken token = AccessToken.random();
        Library library = new Library(options.datasets());
        try {
            WebServer server = options.port().isPresent()
                    ? onPort(options, address, token, library, options.port().getAsInt())
                    : onFreePort(options, address, token, library);
            return new AppServer(options, token, library, server);
        } catch (IOException | RuntimeException e) {
            library.close();
            throw e;
        }
    }

    private static InetAddress resolve(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("host: expected a name or address of this machine such as 127.0.0.1, found " + host,
                    e);
        }
    }

    private static WebServer onPort(AppOptions options, InetAddress address, AccessToken token, Library library,
            int port) throws IOException {
        WebServer server = tryPort(options, address, token, library, port);
        if (server == null) {
            throw new BindException("port: expected a free port, but another program listens on " + options.host() + ":"
                    + port + "; choose another port, or specify none to use the next free one");
        }
        return server;
    }

    private static WebServer onFreePort(AppOptions options, InetAddress address, AccessToken token, Library library)
            throws IOException {
        int first = AppOptions.DEFAULT_PORT;
        for (int port = first; port < first + PORTS_TRIED; port++) {
            WebServer server = tryPort(options, address, token, library, port);
            if (server != null) {
                return server;
            }
        }
        throw new BindException("port: expected a free port from " + first + " to " + (first + PORTS_TRIED - 1)
                + ", found all of them in use; specify another port");
    }

    /** Returns the started server, or null if the port is in use. */
    private static @Nullable WebServer tryPort(AppOptions options, InetAddress address, AccessToken token,
            Library library, int port) throws IOException {
        if (isTaken(options, address, port)) {
            return null;
        }
        Access access = new Access(token, address, options.host());
        Connections connections = new Connections();
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(connections).addFilter(access)
                .register(new DatasetRoutes(library, options.dataset().orElse(null)), new PageRoutes(access));
        Problems.register(routing);
        WebServer server = WebServer.builder().address(address).port(port).shutdownHook(false).routing(routing)
                .protocolsDiscoverServices(false).addConnectionSelector(connections)
                .idleConnectionTimeout(Connections.MAX_WAIT).idleConnectionPeriod(Connections.CHECK).maxPayloadSize(0)
                .shutdownGracePeriod(Duration.ZERO)
                .contentEncoding(encoding -> encoding.contentEncodingsDiscoverServices(false)).build();
        server.start();
        if (!server.isRunning()) {
            server.stop();
            return null;
        }
        access.setPort(server.port());
        return server;
    }

    /** Returns whether the port is in use. Checked here because Helidon only logs a failed bind. */
    private static boolean isTaken(AppOptions options, InetAddress address, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, address)) {
            return !probe.isBound();
        } catch (BindException e) {
            if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new IOException(
                        "host: expected an address of this machine such as 127.0.0.1, found " + options.host(), e);
            }
            if (port > 0 && port < FIRST_UNPRIVILEGED && !String.valueOf(e.getMessage()).contains("in use")) {
                throw new IOException("port: expected a port that this account may listen on, found " + port
                        + "; choose a port of " + FIRST_UNPRIVILEGED + " or higher", e);
            }
            return true;
        }
    }

    /** {@return the port of the server} */
    public int port() {
        return server.port();
    }

    /**
     * Returns the URL of the page with the token. Anyone with this URL can read the datasets. If the server listens on all
     * addresses of the machine, the URL contains 127.0.0.1.
     *
     * @return the URL, such as {@code http://127.0.0.1:5151/?token=…}
     */
    public String url() {
        boolean all = options.host().equals("0.0.0.0") || options.host().equals("::");
        String name = all ? "127.0.0.1" : options.host();
        String host = name.contains(":") ? "[" + name + "]" : name;
        String path = options.dataset().map(each -> "datasets/" + URLEncoder.encode(each, StandardCharsets.UTF_8))
                .orElse("");
        return "http://" + host + ":" + port() + "/" + path + "?" + Access.TOKEN_PARAMETER + "=" + token.text();
    }

    /** Stops the server and closes the datasets. */
    @Override
    public void close() {
        try {
            server.stop();
        } finally {
            library.close();
        }
    }
}
