package fathom.hub.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentProxiesTest {
    private static final URI HUB = URI.create("https://hub.example/x");

    private static Proxy proxy(Map<String, String> environment, URI address) {
        return EnvironmentProxies.of(environment).select(address).getFirst();
    }

    @Test
    void proxyOfTheSchemeIsUsed() {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy.example:3128"), HUB).address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 3128));
        assertThat(proxy(Map.of("https_proxy", "proxy.example:3129"), HUB).address())
                .isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 3129));
        assertThat(proxy(Map.of("HTTP_PROXY", "http://proxy.example:3128"), HUB)).isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void excludedHostsNeedNoProxy() {
        for (String excluded : new String[]{"hub.example", ".example", "*", "other, example", "*.example"}) {
            assertThat(proxy(Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", excluded), HUB)).as(excluded)
                    .isEqualTo(Proxy.NO_PROXY);
        }
        assertThat(proxy(Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", "b.example,xample"), HUB))
                .isNotEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void thisMachineNeedsNoProxy() {
        for (String address : new String[]{"http://localhost:8080/x", "http://127.0.0.1/x", "http://[::1]:9/x"}) {
            assertThat(proxy(Map.of("HTTP_PROXY", "proxy:1"), URI.create(address))).isEqualTo(Proxy.NO_PROXY);
        }
    }

    @Test
    void invalidProxyIsReportedWithoutItsPassword() {
        assertThatThrownBy(() -> proxy(Map.of("HTTPS_PROXY", "http://user:hunter2@ ex"), HUB))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("HTTPS_PROXY").message()
                .doesNotContain("hunter2");
    }
}
