package fathom.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import fathom.datasets.values.DatasetException;
import fathom.formats.TooLargeException;
import fathom.inference.DepthEstimator;
import fathom.inference.ModelRunException;
import fathom.inference.PreparedInput;
import fathom.inference.replicate.RemoteException;
import fathom.models.Estimate;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.raster.Plane;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that runs a model over many pictures. It decodes the next pictures, runs the current one, and stores
 * previous results at the same time. Results are stored by one thread in the order in which they are completed, which is
 * the order of the items unless several runs are in progress. A failure that concerns one item is passed to {@link
 * Stages#failed}. Any other failure, and a failure while storing, ends the run after the previous results are stored.
 *
 * <p>A cancellation request interrupts the runs in progress. A model that supports interruption stops; its picture then
 * counts as not attempted. Completed results are stored.
 *
 * @param <T> the type of the items
 */
public final class Pipeline<T> implements AutoCloseable {
    /** The number of pictures that are decoded and prepared in advance; limits the memory. */
    private static final int AHEAD = 4;

    /** The number of results that wait to be stored; limits the memory. */
    private static final int BEHIND = 2;

    /**
     * The work on an item before and after the model.
     *
     * @param <T> the type of the items
     */
    public interface Stages<T> {
        /**
         * Decodes and prepares an item. Called from several threads.
         *
         * @param item the item
         * @return the input of the model
         * @throws Exception if the item has no result; an exception about this item only is passed to {@link #failed}
         */
        PreparedInput load(T item) throws Exception;

        /**
         * Stores the result of an item. Called from one thread.
         *
         * @param item the item
         * @param estimate the result
         * @param seconds the time of the model for this item
         * @throws Exception if the result cannot be stored, which ends the run
         */
        void store(T item, Estimate estimate, double seconds) throws Exception;

        /**
         * Records why an item has no result. Called from the thread that stores.
         *
         * @param item the item
         * @param reason the failure
         * @throws Exception if it cannot be recorded, which ends the run
         */
        void failed(T item, Exception reason) throws Exception;
    }

    /**
     * The statistics of a run.
     *
     * @param stored the number of items with a result
     * @param failed the number of items without
     * @param modelSeconds the total time in the model; overlapping runs are added
     * @param seconds the total time
     */
    public record Statistics(int stored, int failed, double modelSeconds, double seconds) {}

    /** An item that waits for the model. */
    private record Loading<T>(T item, Future<PreparedInput> input) {}

    /** The result of an item: an estimate, or the reason why there is none. */
    private record Ran<T>(T item, @Nullable Estimate estimate, @Nullable Throwable reason, double seconds) {
        /** Returns a failure if no number of the map is finite, as after an overflow in half precision. */
        Ran<T> withoutEmptyMap() {
            return estimate == null || hasFinite(estimate.prediction().values())
                    ? this
                    : new Ran<>(item, null, new ModelRunException(
                            "expected a map with finite numbers, found none: every number of the model's output is NaN or "
                                    + "infinite"),
                            seconds);
        }

        private static boolean hasFinite(Plane values) {
            for (int row = 0; row < values.height(); row++) {
                for (int at = values.rowStart(row), end = at + values.width(); at < end; at++) {
                    if (Float.isFinite(values.array()[at])) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private final DepthEstimator estimator;
    private final Stages<T> stages;
    private final Parallelism parallelism;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Deque<Loading<T>> ahead = new ArrayDeque<>();
    private final BlockingQueue<List<Ran<T>>> finished = new LinkedBlockingQueue<>();
    private final Deque<Future<?>> behind = new ArrayDeque<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService loaders;
    private final ExecutorService runners;
    private final ExecutorService storer;
    private double modelSeconds;
    private int stored;
    private int failed;
    /** The results that could not be stored because the heap was exhausted. */
    private final AtomicInteger unstored = new AtomicInteger();
    private @Nullable Throwable end;

    private Pipeline(DepthEstimator estimator, Stages<T> stages, Parallelism parallelism, Progress progress,
            Cancellation cancellation) {
        this.estimator = estimator;
        this.stages = stages;
        this.parallelism = parallelism;
        this.progress = progress;
        this.cancellation = cancellation;
        int cores = Runtime.getRuntime().availableProcessors();
        loaders = threads(Math.min(cores, AHEAD));
        runners = threads(parallelism.concurrency());
        storer = threads(1);
    }

    private static ExecutorService threads(int count) {
        return Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory());
    }

    /**
     * Runs a model over items.
     *
     * @param items the items, in order
     * @param estimator the model
     * @param stages the work before and after the model
     * @param parallelism the number of runs at once and of pictures per run
     * @param progress is advanced for each item
     * @param cancellation stops the run
     * @param <T> the type of the items
     * @return the statistics
     * @throws java.util.concurrent.CancellationException if the run was cancelled; completed results are stored
     * @throws RemoteException if the service would reject every item
     * @throws Exception the first failure that does not concern a single item
     */
    public static <T> Statistics run(List<T> items, DepthEstimator estimator, Stages<T> stages, Parallelism parallelism,
            Progress progress, Cancellation cancellation) throws Exception {
        long begin = System.nanoTime();
        Statistics statistics;
        try (Pipeline<T> pipeline = new Pipeline<>(estimator, stages, parallelism, progress, cancellation)) {
            pipeline.work(items.iterator());
            double seconds = (System.nanoTime() - begin) / 1e9;
            statistics = new Statistics(pipeline.stored - pipeline.unstored.get(),
                    pipeline.failed + pipeline.unstored.get(), pipeline.modelSeconds, seconds);
        }
        cancellation.check();
        return statistics;
    }

    private void work(Iterator<T> upcoming) throws Exception {
        int window = Math.max(AHEAD, parallelism.batch());
        int underWay = 0;
        try (Cancellation.Registration _ = cancellation.onRequest(() -> running.forEach(Thread::interrupt))) {
            while (true) {
                while (shouldContinue()) {
                    while (ahead.size() < window && upcoming.hasNext()) {
                        T item = upcoming.next();
                        ahead.add(new Loading<>(item, loaders.submit(() -> stages.load(item))));
                    }
                    if (ahead.isEmpty() || underWay == parallelism.concurrency()) {
                        break;
                    }
                    List<Loading<T>> turn = nextTurn();
                    runners.execute(() -> finished.add(interruptible(turn)));
                    underWay++;
                }
                if (underWay == 0) {
                    break;
                }
                finished.take().forEach(this::settle);
                underWay--;
                while (behind.size() > BEHIND) {
                    await(behind.remove());
                }
            }
            while (!behind.isEmpty()) {
                await(behind.remove());
            }
        }
        switch (end) {
            case null -> {
            }
            case Exception exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(end);
        }
    }

    private boolean shouldContinue() {
        return end == null && !cancellation.isRequested();
    }

    private List<Loading<T>> nextTurn() {
        List<Loading<T>> turn = new ArrayList<>();
        while (turn.size() < parallelism.batch() && !ahead.isEmpty()) {
            turn.add(ahead.remove());
        }
        return turn;
    }

    /**
     * Calls {@link #ran(List)} in a thread that a cancellation request interrupts. Returns nothing if cancellation was
     * requested before.
     */
    private List<Ran<T>> interruptible(List<Loading<T>> turn) {
        Thread thread = Thread.currentThread();
        running.add(thread);
        try {
            return cancellation.isRequested() ? List.of() : ran(turn);
        } finally {
            running.remove(thread);
        }
    }

    /** Runs the model on the items of one turn in the thread of the caller. Never throws. */
    private List<Ran<T>> ran(List<Loading<T>> turn) {
        List<Ran<T>> results = new ArrayList<>();
        List<T> items = new ArrayList<>();
        List<PreparedInput> inputs = new ArrayList<>();
        for (Loading<T> loading : turn) {
            try {
                inputs.add(loading.input.get());
                items.add(loading.item);
            } catch (ExecutionException e) {
                if (isExhaustion(e.getCause())) {
                    again(loading.item, items, inputs, results);
                } else {
                    results.add(new Ran<>(loading.item, null, e.getCause(), 0));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                results.add(new Ran<>(loading.item, null, e, 0));
            }
        }
        if (inputs.size() > 1 && together(items, inputs, results)) {
            return results;
        }
        for (int i = 0; i < inputs.size(); i++) {
            results.add(ran(items.get(i), inputs.get(i)));
        }
        return results;
    }

    /**
     * Loads an item again, one at a time: a picture that was loaded at the same time may have used the memory.
     */
    private void again(T item, List<T> items, List<PreparedInput> inputs, List<Ran<T>> results) {
        synchronized (stages) {
            try {
                inputs.add(stages.load(item));
                items.add(item);
            } catch (Exception | OutOfMemoryError e) {
                results.add(new Ran<>(item, null, e, 0));
            }
        }
    }

    /**
     * Runs the model on all inputs as one batch. Returns false if that fails; then each input is run alone to find which
     * one fails.
     */
    private boolean together(List<T> items, List<PreparedInput> inputs, List<Ran<T>> results) {
        long start = System.nanoTime();
        List<Estimate> estimates;
        try {
            estimates = estimator.runAll(inputs);
        } catch (RuntimeException | OutOfMemoryError e) {
            return false;
        } catch (Error e) {
            items.forEach(item -> results.add(new Ran<>(item, null, e, 0)));
            return true;
        }
        double seconds = (System.nanoTime() - start) / 1e9 / inputs.size();
        for (int i = 0; i < inputs.size(); i++) {
            results.add(new Ran<>(items.get(i), estimates.get(i), null, seconds));
        }
        return true;
    }

    private Ran<T> ran(T item, PreparedInput input) {
        long start = System.nanoTime();
        try {
            Estimate estimate = estimator.run(input);
            return new Ran<>(item, estimate, null, (System.nanoTime() - start) / 1e9);
        } catch (RuntimeException | Error e) {
            return new Ran<>(item, null, e, (System.nanoTime() - start) / 1e9);
        }
    }

    /** Passes the result of an item to the thread that stores. */
    private void settle(Ran<T> result) {
        Ran<T> ran = result.withoutEmptyMap();
        modelSeconds += ran.seconds;
        Estimate estimate = ran.estimate;
        if (estimate != null) {
            stored++;
            behind.add(storer.submit(() -> {
                try {
                    stages.store(ran.item, estimate, ran.seconds);
                } catch (OutOfMemoryError e) {
                    unstored.incrementAndGet();
                    stages.failed(ran.item, tooLarge(e));
                }
                progress.advance(1);
                return null;
            }));
            return;
        }
        if (cancellation.isRequested()) {
            return; // cancelled, not failed
        }
        if (explained(ran.reason) instanceof Exception reason && concernsItem(reason)) {
            failed++;
            behind.add(storer.submit(() -> {
                stages.failed(ran.item, reason);
                progress.advance(1);
                return null;
            }));
        } else if (end == null) {
            end = ran.reason instanceof IllegalArgumentException defect
                    ? new IllegalStateException(
                            "internal error: an argument computed by the program was rejected: " + defect.getMessage(),
                            defect)
                    : ran.reason;
        }
    }

    private static boolean isExhaustion(@Nullable Throwable reason) {
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** Returns an exhausted heap as the failure of the item that needed the memory; other failures are unchanged. */
    private static @Nullable Throwable explained(@Nullable Throwable reason) {
        return reason instanceof OutOfMemoryError error ? tooLarge(error) : reason;
    }

    private static TooLargeException tooLarge(OutOfMemoryError error) {
        return new TooLargeException("model", "the work on this picture", error);
    }

    /**
     * Returns whether {@code reason} concerns one item only, such as a damaged picture; such failures are recorded and
     * the run continues. Anything else, especially a defect of the program, ends the run: if it were recorded, it would
     * look like bad data.
     */
    private static boolean concernsItem(Exception reason) {
        return switch (reason) {
            case IOException _,UncheckedIOException _,UnfitPictureException _,ModelRunException _ -> true;
            case DatasetException dataset -> dataset.problem() == DatasetException.Problem.MEDIA;
            case RemoteException remote -> !remote.concernsAllPictures();
            default -> false;
        };
    }

    private static void await(Future<?> storing) throws Exception {
        try {
            storing.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    /** Cancels work that has not started and waits for work that cannot be cancelled. */
    @Override
    public void close() {
        ahead.forEach(loading -> loading.input.cancel(true));
        loaders.shutdownNow();
        runners.shutdownNow();
        runners.close();
        storer.close();
    }
}
