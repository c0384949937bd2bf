package fathom.workbench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.models.Estimate;

/**
 * Runs a model over many pictures with decoding, inference and storing at the same time: while one picture is run, the next
 * ones are decoded and prepared, and results before it are stored. Results are stored one at a time, in the order of the
 * items. What fails for one item is handed to {@link Stages#failed}; what fails while storing ends the run, after the
 * results that came before are stored.
 */
final class Pipeline {
    /** Pictures decoded and prepared before their turn; bounds the memory. */
    private static final int AHEAD = 4;

    /** Results waiting to be stored; bounds the memory. */
    private static final int BEHIND = 2;

    private Pipeline() {}

    /** What is done with an item before and after the model. */
    interface Stages<T> {
        /** Decodes and prepares {@code item}; called from several threads. */
        PreparedInput load(T item) throws Exception;

        /** Stores what the model gave for {@code item}; called from one thread. */
        void store(T item, Estimate estimate, double seconds) throws Exception;

        /** Records why {@code item} has no result; called from the thread that stores. */
        void failed(T item, Exception reason) throws Exception;
    }

    /**
     * How a run went.
     *
     * @param stored items with a result
     * @param failed items without
     * @param modelSeconds time inside the model
     * @param seconds time in all
     */
    record Statistics(int stored, int failed, double modelSeconds, double seconds) {}

    static <T> Statistics run(List<T> items, DepthEstimator estimator, Stages<T> stages, Progress progress,
            Cancellation cancellation) throws Exception {
        long begin = System.nanoTime();
        double modelSeconds = 0;
        int failed = 0;
        int stored = 0;
        Iterator<T> upcoming = items.iterator();
        Deque<Loading<T>> ahead = new ArrayDeque<>();
        Deque<Future<?>> behind = new ArrayDeque<>();
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService loaders = Executors.newFixedThreadPool(Math.min(cores, AHEAD),
                Thread.ofPlatform().daemon().factory());
        ExecutorService storer = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
        try {
            while (true) {
                while (ahead.size() < AHEAD && upcoming.hasNext() && !cancellation.isRequested()) {
                    T item = upcoming.next();
                    ahead.add(new Loading<>(item, loaders.submit(() -> stages.load(item))));
                }
                if (ahead.isEmpty() || cancellation.isRequested()) {
                    break;
                }
                Loading<T> next = ahead.remove();
                try {
                    PreparedInput input = next.input().get();
                    long start = System.nanoTime();
                    Estimate estimate = estimator.run(input);
                    double seconds = (System.nanoTime() - start) / 1e9;
                    modelSeconds += seconds;
                    behind.add(storer.submit(() -> {
                        stages.store(next.item(), estimate, seconds);
                        progress.advance(1);
                        return null;
                    }));
                    stored++;
                } catch (CancellationException e) {
                    throw e;
                } catch (ExecutionException | RuntimeException e) {
                    Exception reason = e instanceof ExecutionException ? cause(e) : e;
                    behind.add(storer.submit(() -> {
                        stages.failed(next.item(), reason);
                        progress.advance(1);
                        return null;
                    }));
                    failed++;
                }
                while (behind.size() > BEHIND) {
                    await(behind.remove());
                }
            }
            while (!behind.isEmpty()) {
                await(behind.remove());
            }
        } finally {
            ahead.forEach(loading -> loading.input().cancel(true));
            loaders.shutdownNow();
            storer.close();
        }
        cancellation.check();
        return new Statistics(stored, failed, modelSeconds, (System.nanoTime() - begin) / 1e9);
    }

    private record Loading<T>(T item, Future<PreparedInput> input) {}

    private static void await(Future<?> storing) throws Exception {
        try {
            storing.get();
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** The exception of a stage; an error, such as lack of memory, ends the run. */
    private static Exception cause(Exception failure) {
        return switch (failure.getCause()) {
            case Exception exception -> exception;
            case Error error -> throw error;
            case null, default -> failure;
        };
    }
}
