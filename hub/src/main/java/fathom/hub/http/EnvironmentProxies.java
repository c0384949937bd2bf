package fathom.hub.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that Python's programs use: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code ALL_PROXY}, in upper or
 * lower case, unless {@code NO_PROXY} names the host or the address is that of this machine. If none is set, those of
 * the Java platform's properties.
 */
final class EnvironmentProxies extends ProxySelector {
    private final Map<String, String> environment;

    private EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
    }

    static ProxySelector of(Map<String, String> environment) {
        return new EnvironmentProxies(environment);
    }

    @Override
    public List<Proxy> select(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        Optional<String> proxy = variable(scheme + "_proxy").or(() -> variable("all_proxy"));
        if (proxy.isEmpty()) {
            ProxySelector platform = ProxySelector.getDefault();
            return platform == null ? List.of(Proxy.NO_PROXY) : platform.select(address);
        }
        return Addresses.isLoopback(address) || isDirect(address.getHost())
                ? List.of(Proxy.NO_PROXY)
                : List.of(parse(proxy.get()));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // The failed request reports it.
    }

    private static Proxy parse(String text) {
        try {
            URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
            if (proxy.getHost() != null) {
                int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            // Reported below, without the text: it may contain a password.
            throw unusable();
        }
        throw unusable();
    }

    private static IllegalArgumentException unusable() {
        return new IllegalArgumentException(
                "HTTPS_PROXY: expected an address such as http://proxy.example:3128, found " + "something else");
    }

    /** Returns whether {@code NO_PROXY} names the host, one of its domains, or {@code *}. */
    private boolean isDirect(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (String part : variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split(",", -1)) {
            String domain = part.strip().replaceFirst("^\\*?\\.", "");
            if (!domain.isEmpty() && (domain.equals("*") || name.equals(domain) || name.endsWith("." + domain))) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }
}
