package fathom.engine.onnxruntime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import fathom.engine.Engine;
import fathom.engine.Session;
import fathom.engine.SessionSettings;
import fathom.engine.SharedBuffers;
import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.ResizeMode;
import fathom.graph.Shape;
import fathom.raster.FloatTensor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Sessions whose runs need 64 MB and more each, with separate and with shared memory. */
class SharedBuffersTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int SIDE = 4096;
    private static final long MAP_BYTES = (long) SIDE * SIDE * Float.BYTES;
    private static final FloatTensor INPUT = FloatTensor.wrap(new float[]{0.25f, 0.5f, 0.75f, 1}, 1, 1, 2, 2);

    private final Engine engine = OnnxRuntimeEngine.instance();

    @Test
    void sessionReusesMemoryThatAnotherReleased() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "only Linux tells how much memory a process has");
        List<Session> sessions = new ArrayList<>();
        Optional<SharedBuffers> buffers = engine.shareBuffers();
        try {
            long before = privateBytes();
            runFour(sessions, buffers);
            long shared = privateBytes() - before;
            runFour(sessions, Optional.empty());
            long own = privateBytes() - before - shared;
            assertThat(shared).as("private bytes of four sessions with one memory").isLessThan(own - 2 * MAP_BYTES);
        } finally {
            sessions.forEach(Session::close);
            buffers.orElseThrow().close();
        }
    }

    @Test
    void memoryIsReleasedOnRequestAndWithTheLastHolder() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "only Linux tells how much memory a process has");
        SharedBuffers first = engine.shareBuffers().orElseThrow();
        SharedBuffers second = engine.shareBuffers().orElseThrow();
        run(first);
        long used = privateBytes();
        first.releaseUnused();
        assertThat(privateBytes()).as("after giving back").isLessThan(used - MAP_BYTES / 2);

        run(second);
        first.close();
        first.close();
        used = privateBytes();
        second.close();
        assertThat(privateBytes()).as("after the last holder closed").isLessThan(used - MAP_BYTES / 2);
    }

    @Test
    void concurrentRunsAreIndependent() throws InterruptedException, ExecutionException {
        SharedBuffers buffers = engine.shareBuffers().orElseThrow();
        try (Session one = open(1, Optional.of(buffers));
                Session two = open(2, Optional.of(buffers));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<float[]>> runs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Session session = i % 2 == 0 ? one : two;
                runs.add(threads.submit(() -> output(session)));
            }
            for (int i = 0; i < runs.size(); i++) {
                assertThat(runs.get(i).get()).as("run " + i).isEqualTo(expected(i % 2 + 1));
            }
        } finally {
            buffers.close();
        }
    }

    private void runFour(List<Session> sessions, Optional<SharedBuffers> buffers) {
        for (int factor = 1; factor <= 4; factor++) {
            Session session = open(factor, buffers);
            sessions.add(session);
            assertThat(output(session)).isEqualTo(expected(factor));
        }
    }

    private void run(SharedBuffers buffers) {
        try (Session session = open(3, Optional.of(buffers))) {
            assertThat(output(session)).isEqualTo(expected(3));
        }
    }

    /** Opens a graph that multiplies the four pixels of the input by {@code factor}, by way of a large map. */
    private Session open(int factor, Optional<SharedBuffers> buffers) {
        GraphBuilder g = new GraphBuilder("large");
        var large = g.resize(g.input("x", DataType.FLOAT32, Shape.of(INPUT.shape())), SIDE, SIDE, ResizeMode.NEAREST);
        var scaled = g.mul(large, g.scalar(factor));
        g.output("y", g.resize(scaled, 2, 2, ResizeMode.NEAREST));
        return engine.open(g.build(),
                new SessionSettings(1, Optional.empty(), SessionSettings.CopiedWeights.NONE, buffers));
    }

    private static float[] output(Session session) {
        return session.run(Map.of("x", INPUT)).get("y").values();
    }

    private static float[] expected(int factor) {
        return new float[]{0.25f * factor, 0.5f * factor, 0.75f * factor, factor};
    }

    private static long privateBytes() throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }
}
