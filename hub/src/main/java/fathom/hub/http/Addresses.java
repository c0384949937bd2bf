package fathom.hub.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Questions about addresses that decide what a server may see and where a request may go. */
public final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /**
     * Returns whether both addresses have the same scheme, host and port, so that the second may receive the first's
     * token.
     *
     * @param a an address
     * @param b another address
     * @return whether they are the same server
     */
    public static boolean isSameServer(URI a, URI b) {
        return a.getHost() != null && b.getHost() != null && scheme(a).equals(scheme(b))
                && a.getHost().equalsIgnoreCase(b.getHost()) && port(a) == port(b);
    }

    /**
     * Returns whether an address names this machine: {@code localhost}, {@code 127.0.0.1} or {@code [::1]}.
     *
     * @param address the address
     * @return whether it does
     */
    public static boolean isLoopback(URI address) {
        return address.getHost() != null && LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT));
    }

    /**
     * Returns whether an address is https with a host.
     *
     * @param address the address
     * @return whether it is
     */
    public static boolean isHttps(URI address) {
        return scheme(address).equals("https") && address.getHost() != null;
    }

    /**
     * Returns whether an address is http with a host.
     *
     * @param address the address
     * @return whether it is
     */
    public static boolean isHttp(URI address) {
        return scheme(address).equals("http") && address.getHost() != null;
    }

    /**
     * Returns an address for a message: without user, query and fragment, which may contain a secret.
     *
     * @param address the address
     * @return the text
     */
    public static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + address.getPath();
    }

    private static String scheme(URI address) {
        return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return scheme(address).equals("https") ? 443 : 80;
    }
}
