package fathom.engine;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

import fathom.graph.Port;
import fathom.raster.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * A session that chooses its number of threads by measurement. A short run can be as fast with one thread, and then uses
 * less processor time: pictures are decoded on the other processors meanwhile. After {@value #FIRST_RUNS} runs with all
 * threads, the next inputs of the same shapes are run with one thread as well. The results are those of all threads until
 * one thread has returned the same numbers, bit for bit, for each of these inputs and is about as fast; so the choice
 * never changes a result. Runs that overlap wait for each other until the number is chosen.
 */
public final class MeasuredSession implements Session {
    /** Runs with all threads before one thread is tried; the first one is slower and is not measured. */
    static final int FIRST_RUNS = 4;

    /** The measured pairs of runs. */
    static final int PAIRS = 3;

    /** Longer runs, in seconds, keep all threads: they gain from them, and comparing takes too much time. */
    static final double SHORT_SECONDS = 0.06;

    /** One thread uses less processor time in total, so it may be slower by this factor. */
    static final double TOLERANCE = 1.05;

    private final IntFunction<Session> open;
    private final int threads;
    private final IntConsumer ran;
    private final LongSupplier clock;
    private final List<Double> secondsOfAll = new ArrayList<>();
    private final List<Double> secondsOfOne = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Session session;
    private volatile boolean isChosen;
    private volatile int number;
    private @Nullable Session single;
    private @Nullable Map<String, List<Integer>> shapes;
    private int runs;
    private double fastest = Double.POSITIVE_INFINITY;

    /**
     * Opens the session with all threads.
     *
     * @param open opens the session with a number of threads; is called again with 1 if runs are short
     * @param threads the number of all threads, at least 2
     * @param ran receives the number of threads of each run
     */
    public MeasuredSession(IntFunction<Session> open, int threads, IntConsumer ran) {
        this(open, threads, ran, System::nanoTime);
    }

    MeasuredSession(IntFunction<Session> open, int threads, IntConsumer ran, LongSupplier clock) {
        if (threads < 2) {
            throw new IllegalArgumentException("expected at least 2 threads, found " + threads);
        }
        this.open = open;
        this.threads = threads;
        this.ran = ran;
        this.clock = clock;
        this.session = open.apply(threads);
    }

    /** Returns 1 if one thread is about as fast as {@code threads}, by the medians of the times, else {@code threads}. */
    static int choice(int threads, List<Double> secondsOfAll, List<Double> secondsOfOne) {
        return median(secondsOfOne) <= TOLERANCE * median(secondsOfAll) ? 1 : threads;
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    @Override
    public List<Port> inputs() {
        return session.inputs();
    }

    @Override
    public List<Port> outputs() {
        return session.outputs();
    }

    @Override
    public Map<String, FloatTensor> run(Map<String, FloatTensor> inputs) {
        if (!isChosen) {
            lock.lock();
            try {
                if (!isChosen) {
                    return measuredRun(inputs);
                }
            } finally {
                lock.unlock();
            }
        }
        ran.accept(number);
        return session.run(inputs);
    }

    private Map<String, FloatTensor> measuredRun(Map<String, FloatTensor> inputs) {
        boolean isMeasured = haveFirstShapes(inputs);
        long start = clock.getAsLong();
        Map<String, FloatTensor> outputs = session.run(inputs);
        double seconds = (clock.getAsLong() - start) / 1e9;
        ran.accept(threads);
        if (isMeasured) {
            runs++;
            if (runs > 1) {
                fastest = Math.min(fastest, seconds);
            }
            if (runs > FIRST_RUNS) {
                if (fastest >= SHORT_SECONDS) {
                    choose(threads);
                } else {
                    compare(inputs, outputs, seconds);
                }
            }
        }
        return outputs;
    }

    /** Returns whether the inputs have the shapes of the first run; only such times can be compared. */
    private boolean haveFirstShapes(Map<String, FloatTensor> inputs) {
        Map<String, List<Integer>> found = new HashMap<>();
        inputs.forEach((name, tensor) -> found.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
        if (shapes == null) {
            shapes = found;
        }
        return found.equals(shapes);
    }

    /** Runs the inputs with one thread, which must not make a run fail that all threads completed. */
    private void compare(Map<String, FloatTensor> inputs, Map<String, FloatTensor> outputs, double seconds) {
        try {
            boolean isFirst = single == null;
            Session one = single == null ? open.apply(1) : single;
            single = one;
            long start = clock.getAsLong();
            Map<String, FloatTensor> found = one.run(inputs);
            double taken = (clock.getAsLong() - start) / 1e9;
            if (!areEqual(found, outputs)) {
                choose(threads);
            } else if (!isFirst) {
                secondsOfAll.add(seconds);
                secondsOfOne.add(taken);
                if (secondsOfOne.size() == PAIRS) {
                    choose(choice(threads, secondsOfAll, secondsOfOne));
                }
            }
        } catch (EngineException | UncheckedIOException | OutOfMemoryError e) {
            choose(threads);
        }
    }

    private static boolean areEqual(Map<String, FloatTensor> found, Map<String, FloatTensor> expected) {
        return found.keySet().equals(expected.keySet()) && found.entrySet().stream().allMatch(output -> {
            FloatTensor other = Objects.requireNonNull(expected.get(output.getKey()));
            return Arrays.equals(output.getValue().shape(), other.shape())
                    && Arrays.equals(output.getValue().values(), other.values());
        });
    }

    /** Ends the measurement and closes the session that is not used any more. */
    private void choose(int chosen) {
        Session one = single;
        single = null;
        if (one != null) {
            Session unused = chosen == 1 ? session : one;
            session = chosen == 1 ? one : session;
            unused.close();
        }
        number = chosen;
        isChosen = true;
    }

    @Override
    public void close() {
        session.close();
        if (single != null) {
            single.close();
        }
    }
}
