package fathom.hub.http;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrivateAddressesTest {
    @ParameterizedTest
    @CsvSource({"localhost, this machine", "127.0.0.1, this machine", "127.8.9.1, this machine", "[::1], this machine",
            "2130706433, this machine", "0.0.0.0, this network", "[::], this machine", "10.1.2.3, a private network",
            "172.16.0.1, a private network", "172.31.255.255, a private network", "192.168.1.1, a private network",
            "100.64.0.1, the network of a provider", "100.127.255.255, the network of a provider",
            "169.254.169.254, the local link", "[fe80::1], the local link", "[fd12:3456::1], a private network",
            "[fc00::1], a private network", "224.0.0.1, a multicast group", "[ff02::1], a multicast group",
            "255.255.255.255, a reserved network", "198.18.0.1, a reserved network",
            "[::ffff:10.0.0.1], a private network", "[::ffff:127.0.0.1], this machine",
            "[64:ff9b::a00:1], a private network", "[2002:c0a8:101::1], a private network",
            "[::127.0.0.1], this machine"})
    void localNetworksAreRecognised(String host, String network) {
        assertThat(PrivateAddresses.network(URI.create("https://" + host + "/x.png")).orElseThrow())
                .startsWith(network + " (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "192.167.0.1",
            "126.0.0.1", "128.0.0.1", "223.255.255.1", "[2606:4700::1]", "[64:ff9b::808:808]", "[2002:808:808::1]",
            "[::ffff:8.8.8.8]", "no-such-host.invalid"})
    void otherAddressesAreNot(String host) {
        assertThat(PrivateAddresses.network(URI.create("https://" + host + "/x.png"))).isEmpty();
    }
}
