package fathom.server;

import java.util.Optional;
import java.util.OptionalInt;

import fathom.datasets.Datasets;

/**
 * What to serve and where.
 *
 * @param datasets the datasets on show
 * @param dataset the one to open first, if any
 * @param host name or address to listen on; anything but a loopback address opens the App to the network
 * @param port the port to listen on, 0 for any free one; empty for 5151 or, where that is taken, the next free one
 */
public record AppOptions(Datasets datasets, Optional<String> dataset, String host, OptionalInt port) {
    /** The port tried first where none is asked for. */
    public static final int DEFAULT_PORT = 5151;
    private static final int MAX_PORT = 65535;

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

    /** All of {@code datasets} on 127.0.0.1, port 5151 or the next free one. */
    public static AppOptions of(Datasets datasets) {
        return new AppOptions(datasets, Optional.empty(), "127.0.0.1", OptionalInt.empty());
    }

    /** The same, opening {@code name} first. */
    public AppOptions withDataset(String name) {
        return new AppOptions(datasets, Optional.of(name), host, port);
    }

    /** The same on another host. */
    public AppOptions withHost(String name) {
        return new AppOptions(datasets, dataset, name, port);
    }

    /** The same on exactly this port; 0 for any free one. */
    public AppOptions withPort(int number) {
        return new AppOptions(datasets, dataset, host, OptionalInt.of(number));
    }
}
