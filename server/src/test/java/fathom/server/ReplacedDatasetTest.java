package fathom.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Datasets that are deleted, and replaced by others of the same name, while clients read them. */
@Timeout(120)
final class ReplacedDatasetTest {
    private static final int ROUNDS = 12;

    @TempDir
    private Path folder;

    @Test
    void everyRequestIsAnsweredOrSaysThatTheDatasetIsNotThere() throws Exception {
        Datasets datasets = Rooms.create(folder, "rooms", 2);
        List<String> paths = new ArrayList<>(List.of("/api/datasets", "/api/datasets/rooms",
                "/api/datasets/rooms/revision", "/api/datasets/rooms/spread/gt", "/api/datasets/rooms/spread/dpt"));
        try (Dataset dataset = datasets.openReadOnly("rooms")) {
            String sample = "/api/datasets/rooms/samples/" + dataset.samples().getFirst().id();
            paths.addAll(List.of(sample + "/image", sample + "/thumbnail?side=64", sample + "/maps/gt",
                    sample + "/maps/dpt", sample + "/maps/dpt?side=32"));
        }
        AtomicBoolean stop = new AtomicBoolean();
        Map<Integer, String> answers = new ConcurrentHashMap<>();
        try (AppServer server = AppServer.start(AppOptions.of(datasets).withPort(0));
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(() -> {
                    Client browser = new Client(server);
                    while (!stop.get()) {
                        paths.forEach(path -> answers.computeIfAbsent(browser.get(path).statusCode(), code -> path));
                    }
                }));
            }
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    datasets.delete("rooms");
                    Thread.sleep(20);
                    replace(i);
                    Thread.sleep(60);
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
        assertThat(answers.keySet()).as("%s", answers).contains(200, 404).isSubsetOf(200, 404, 409);
    }

    private void replace(int round) throws IOException {
        Rooms.create(folder, "rooms", 1 + round % 3);
    }
}
