package fathom.server;

import java.util.Optional;
import java.util.OptionalInt;

import fathom.datasets.Datasets;

/**
 * The options of the App: datasets, host and port.
 *
 * @param datasets the datasets to serve
 * @param dataset the dataset to open first, if any
 * @param host the name or address to listen on; any address other than a loopback address opens the App to the network
 * @param port the port to listen on, 0 for any free port; empty for {@value #DEFAULT_PORT} or the next free port
 */
public record AppOptions(Datasets datasets, Optional<String> dataset, String host, OptionalInt port) {
    /** The default port. */
    public static final int DEFAULT_PORT = 5151;
    private static final int MAX_PORT = 65535;

    /** Validates host and port. */
    public AppOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: expected a name or address such as 127.0.0.1, found none");
        }
        port.ifPresent(number -> {
            if (number < 0 || number > MAX_PORT) {
                throw new IllegalArgumentException("port: expected 0 to " + MAX_PORT + ", found " + number);
            }
        });
    }

    /**
     * Returns the defaults: host 127.0.0.1, port {@value #DEFAULT_PORT} or the next free one, no dataset to open first.
     *
     * @param datasets the datasets to serve
     * @return the options
     */
    public static AppOptions of(Datasets datasets) {
        return new AppOptions(datasets, Optional.empty(), "127.0.0.1", OptionalInt.empty());
    }

    /**
     * Returns a copy with the dataset to open first.
     *
     * @param name the name of the dataset
     * @return the copy
     */
    public AppOptions withDataset(String name) {
        return new AppOptions(datasets, Optional.of(name), host, port);
    }

    /**
     * Returns a copy with another host.
     *
     * @param name the name or address to listen on
     * @return the copy
     */
    public AppOptions withHost(String name) {
        return new AppOptions(datasets, dataset, name, port);
    }

    /**
     * Returns a copy with a fixed port.
     *
     * @param number the port, 0 for any free port
     * @return the copy
     */
    public AppOptions withPort(int number) {
        return new AppOptions(datasets, dataset, host, OptionalInt.of(number));
    }
}
