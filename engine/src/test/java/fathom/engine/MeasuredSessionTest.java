package fathom.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import fathom.graph.Port;
import fathom.raster.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MeasuredSessionTest {
    private static final long MILLISECOND = 1_000_000;
    private static final int PAIRED = MeasuredSession.FIRST_RUNS + MeasuredSession.PAIRS + 1;

    private long now;
    private final List<Integer> ran = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** A session that takes a fixed time by the test's clock and adds {@code added} to its input. */
    private final class Timed implements Session {
        private final int threads;
        private final long milliseconds;
        private final float added;

        Timed(int threads, long milliseconds, float added) {
            this.threads = threads;
            this.milliseconds = milliseconds;
            this.added = added;
            events.add("open " + threads);
        }

        @Override
        public List<Port> inputs() {
            return List.of();
        }

        @Override
        public List<Port> outputs() {
            return List.of();
        }

        @Override
        public Map<String, FloatTensor> run(Map<String, FloatTensor> inputs) {
            now += milliseconds * MILLISECOND;
            float[] values = inputs.values().iterator().next().values().clone();
            values[0] += added;
            return Map.of("y", FloatTensor.wrap(values, values.length));
        }

        @Override
        public void close() {
            events.add("close " + threads);
        }
    }

    private MeasuredSession session(long all, long one) {
        return new MeasuredSession(threads -> new Timed(threads, threads == 1 ? one : all, 1), 4, ran::add, () -> now);
    }

    private static Map<String, FloatTensor> input(float... values) {
        return Map.of("x", FloatTensor.wrap(values, values.length));
    }

    @ParameterizedTest
    @CsvSource({"20, 10, 1", "20, 20, 1", "20, 21, 1", "20, 22, 4", "20, 35, 4", "100, 50, 4", "60, 10, 4",
            "59, 10, 1"})
    void oneThreadIsChosenIfRunsAreShortAndAboutAsFast(long all, long one, int expected) {
        try (MeasuredSession session = session(all, one)) {
            for (int run = 0; run < PAIRED + 2; run++) {
                assertThat(session.run(input(run, 2)).get("y").values()).containsExactly(run + 1, 2);
            }
        }
        assertThat(ran).hasSize(PAIRED + 2).startsWith(4, 4, 4, 4).endsWith(expected, expected);
        assertThat(events.stream().filter(event -> event.startsWith("open")).count())
                .isEqualTo(events.stream().filter(event -> event.startsWith("close")).count());
    }

    @Test
    void resultsOfAllThreadsAreReturnedWhileOneIsMeasured() {
        try (MeasuredSession session = session(20, 10)) {
            for (int run = 0; run < PAIRED; run++) {
                session.run(input(run));
            }
        }
        assertThat(ran).containsOnly(4);
        assertThat(events).containsExactly("open 4", "open 1", "close 4", "close 1");
    }

    @Test
    void otherNumbersKeepAllThreads() {
        try (MeasuredSession session = new MeasuredSession(
                threads -> new Timed(threads, threads == 1 ? 5 : 20, threads == 1 ? Math.nextUp(1f) : 1), 4, ran::add,
                () -> now)) {
            for (int run = 0; run < PAIRED + 2; run++) {
                assertThat(session.run(input(0)).get("y").values()).containsExactly(1);
            }
        }
        assertThat(ran).containsOnly(4);
        assertThat(events).containsExactly("open 4", "open 1", "close 1", "close 4");
    }

    @Test
    void failureWithOneThreadKeepsAllThreads() {
        try (MeasuredSession session = new MeasuredSession(threads -> {
            if (threads == 1) {
                throw new EngineException("no memory", new IllegalStateException());
            }
            return new Timed(threads, 20, 1);
        }, 4, ran::add, () -> now)) {
            for (int run = 0; run < PAIRED + 2; run++) {
                assertThat(session.run(input(0)).get("y").values()).containsExactly(1);
            }
        }
        assertThat(ran).containsOnly(4);
    }

    @Test
    void inputsOfOtherShapesAreNotMeasured() {
        try (MeasuredSession session = session(20, 10)) {
            session.run(input(0));
            for (int run = 0; run < 2 * PAIRED; run++) {
                session.run(input(0, 0));
            }
        }
        assertThat(ran).containsOnly(4);
        assertThat(events).containsExactly("open 4", "close 4");
    }

    @Test
    void overlappingRunsReturnTheirOwnResults() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        try (MeasuredSession session = new MeasuredSession(threads -> {
            opened.incrementAndGet();
            return new Timed(threads, 1, 1);
        }, 4, threads -> {}); ExecutorService workers = Executors.newFixedThreadPool(8)) {
            List<Future<Float>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                float value = i;
                results.add(workers.submit(() -> {
                    start.await();
                    return session.run(input(value)).get("y").values()[0];
                }));
            }
            start.countDown();
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(i + 1f);
            }
        }
        assertThat(opened).hasValue(2);
    }

    @Test
    void oneThreadCannotBeMeasuredAgainstItself() {
        assertThatThrownBy(() -> new MeasuredSession(threads -> new Timed(threads, 1, 1), 1, ran::add))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("expected at least 2 threads, found 1");
    }
}
