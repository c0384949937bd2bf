package fathom.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import fathom.datasets.Datasets;
import fathom.datasets.values.DatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AppServerTest {
    @TempDir
    private Path folder;

    @Test
    void requestedPortInUseIsAnError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            AppOptions options = AppOptions.of(Datasets.at(folder)).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> AppServer.start(options)).isInstanceOf(BindException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort()).hasMessageContaining("choose another");
        }
    }

    @Test
    void nextFreePortIsUsedByDefault() throws IOException {
        AppOptions options = AppOptions.of(Datasets.at(folder));
        try (AppServer first = AppServer.start(options); AppServer second = AppServer.start(options)) {
            assertThat(first.port()).isGreaterThanOrEqualTo(AppOptions.DEFAULT_PORT);
            assertThat(second.port()).isGreaterThan(first.port());
        }
    }

    @Test
    void unknownDatasetIsRejectedBeforeTheServerStarts() {
        AppOptions options = AppOptions.of(Datasets.at(folder)).withDataset("nowhere").withPort(0);

        assertThatThrownBy(() -> AppServer.start(options)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void unknownHostIsAnError() {
        AppOptions options = AppOptions.of(Datasets.at(folder)).withHost("no such host").withPort(0);

        assertThatThrownBy(() -> AppServer.start(options)).isInstanceOf(IOException.class)
                .hasMessageContaining("no such host");
    }

    @Test
    void addressOfAnotherMachineIsAnError() {
        AppOptions options = AppOptions.of(Datasets.at(folder)).withHost("192.0.2.1").withPort(0);

        assertThatThrownBy(() -> AppServer.start(options)).isInstanceOf(IOException.class)
                .hasMessageContaining("192.0.2.1").hasMessageContaining("this machine");
    }

    @Test
    void portsOutOfRangeAreRejected() {
        AppOptions options = AppOptions.of(Datasets.at(folder));

        assertThatThrownBy(() -> options.withPort(65536)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> options.withPort(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void urlOpensTheChosenDataset() throws IOException {
        Datasets datasets = Rooms.create(folder, "rooms", 1);
        try (AppServer server = AppServer.start(AppOptions.of(datasets).withDataset("rooms").withPort(0))) {
            Client browser = new Client(server);

            assertThat(server.url()).startsWith("http://127.0.0.1:" + server.port() + "/datasets/rooms?token=");
            assertThat(browser.json("/api/datasets").get("initial").asString()).isEqualTo("rooms");
        }
    }

    @Test
    void closeReleasesThePort() throws IOException {
        AppServer server = AppServer.start(AppOptions.of(Datasets.at(folder)).withPort(0));
        int port = server.port();
        server.close();

        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(socket.getLocalPort()).isEqualTo(port);
        }
    }
}
