package fathom.hub.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recognises addresses of this machine and of its local network, which a service on the internet has no reason to name. A
 * name is resolved, and each of its addresses is checked. The ranges are those that IANA lists as not globally reachable
 * (RFC 6890), multicast, and IPv6 addresses that contain such an IPv4 address.
 */
public final class PrivateAddresses {
    private static final List<Range> RANGES = List.of(range("0.0.0.0", 8, "this network"),
            range("10.0.0.0", 8, "a private network"), range("100.64.0.0", 10, "the network of a provider"),
            range("127.0.0.0", 8, "this machine"), range("169.254.0.0", 16, "the local link"),
            range("172.16.0.0", 12, "a private network"), range("192.0.0.0", 24, "a reserved network"),
            range("192.0.2.0", 24, "a reserved network"), range("192.168.0.0", 16, "a private network"),
            range("198.18.0.0", 15, "a reserved network"), range("198.51.100.0", 24, "a reserved network"),
            range("203.0.113.0", 24, "a reserved network"), range("224.0.0.0", 4, "a multicast group"),
            range("240.0.0.0", 4, "a reserved network"), range("::1", 128, "this machine"),
            range("::", 128, "this machine"), range("fc00::", 7, "a private network"),
            range("fe80::", 10, "the local link"), range("fec0::", 10, "a private network"),
            range("ff00::", 8, "a multicast group"), range("100::", 64, "a reserved network"),
            range("2001:db8::", 32, "a reserved network"));
    /** IPv6 ranges whose addresses contain an IPv4 address, with its first byte: NAT64, 6to4 and IPv4-compatible ones. */
    private static final List<Embedding> EMBEDDINGS = List.of(new Embedding(range("64:ff9b::", 96, ""), 12),
            new Embedding(range("2002::", 16, ""), 2), new Embedding(range("::", 96, ""), 12));
    private static final int IPV4_BYTES = 4;

    private PrivateAddresses() {}

    private record Embedding(Range range, int offset) {}

    /** The addresses that begin with the first {@code bits} bits of {@code start}. */
    private record Range(InetAddress start, int bits, String what) {
        boolean contains(byte[] address) {
            byte[] first = start.getAddress();
            if (first.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit & 7);
                if (((first[bit >> 3] ^ address[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Range range(String start, int bits, String what) {
        return new Range(InetAddress.ofLiteral(start), bits, what);
    }

    /**
     * Returns where an address leads if not to the internet.
     *
     * @param address the address, with a host
     * @return the network, such as {@code this machine}, with the number of the address; empty if all addresses of the host are
     *         public, or if the host cannot be resolved, so that no connection is possible or a proxy resolves it
     */
    public static Optional<String> network(URI address) {
        String host = String.valueOf(address.getHost());
        try {
            for (InetAddress each : InetAddress.getAllByName(host)) {
                Optional<String> network = network(each.getAddress());
                if (network.isPresent()) {
                    return Optional.of(network.get() + " (" + each.getHostAddress() + ")");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Returns the network of an IPv4 or IPv6 address; empty if it is public. */
    static Optional<String> network(byte[] address) {
        Optional<String> own = RANGES.stream().filter(range -> range.contains(address)).map(Range::what).findFirst();
        if (own.isPresent()) {
            return own;
        }
        return EMBEDDINGS.stream().filter(embedding -> embedding.range().contains(address))
                .map(embedding -> Arrays.copyOfRange(address, embedding.offset(), embedding.offset() + IPV4_BYTES))
                .flatMap(inner -> network(inner).stream()).findFirst();
    }
}
