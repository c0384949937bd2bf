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

import fathom.datasets.values.DatasetException;
import fathom.inference.DepthEstimator;
import fathom.inference.ModelRunException;
import fathom.inference.PreparedInput;
import fathom.inference.replicate.RemoteException;
import fathom.models.Estimate;
import fathom.models.preprocessing.UnfitPictureException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a model over many pictures with decoding, inference and storing at the same time: while one picture is run, the next
 * ones are decoded and prepared, and results before it are stored. Results are stored one at a time as they come, which is
 * the order of the items unless several runs are under way at once. What fails for one item is handed to
 * {@link Stages#failed}; what would fail for every item, and what fails while storing, ends the run after the results that
 * came before are stored.
 *
 * <p>A request to stop interrupts the runs under way: a model that heeds it gives its picture up, which then counts as not
 * tried; the results of others are stored.
 */
public final class Pipeline<T> implements AutoCloseable {
    /** Pictures decoded and prepared before their turn; bounds the memory. */
    private static final int AHEAD = 4;

    /** Results waiting to be stored; bounds the memory. */
    private static final int BEHIND = 2;

    /** What is done with an item before and after the model. */
    public interface Stages<T> {
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
     * @param modelSeconds time inside the model, that of overlapping runs added up
     * @param seconds time in all
     */
    public record Statistics(int stored, int failed, double modelSeconds, double seconds) {}

    /** An item on its way to the model. */
    private record Loading<T>(T item, Future<PreparedInput> input) {}

    /** What became of an item: an estimate, or the reason why there is none. */
    private record Ran<T>(T item, @Nullable Estimate estimate, @Nullable Throwable reason, double seconds) {}

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
     * Runs {@code estimator} over {@code items}.
     *
     * @throws java.util.concurrent.CancellationException if it was stopped; what was done is stored
     * @throws RemoteException if the service refuses what would be asked for every item
     */
    public static <T> Statistics run(List<T> items, DepthEstimator estimator, Stages<T> stages, Parallelism parallelism,
            Progress progress, Cancellation cancellation) throws Exception {
        long begin = System.nanoTime();
        Statistics statistics;
        try (Pipeline<T> pipeline = new Pipeline<>(estimator, stages, parallelism, progress, cancellation)) {
            pipeline.work(items.iterator());
            double seconds = (System.nanoTime() - begin) / 1e9;
            statistics = new Statistics(pipeline.stored, pipeline.failed, pipeline.modelSeconds, seconds);
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

    /** {@link #ran(List)} in a thread that a request to stop interrupts; nothing if it came before. */
    private List<Ran<T>> interruptible(List<Loading<T>> turn) {
        Thread thread = Thread.currentThread();
        running.add(thread);
        try {
            return cancellation.isRequested() ? List.of() : ran(turn);
        } finally {
            running.remove(thread);
        }
    }

    /** Runs the model on the items of one turn, in a thread of its own; never throws. */
    private List<Ran<T>> ran(List<Loading<T>> turn) {
        List<Ran<T>> results = new ArrayList<>();
        List<T> items = new ArrayList<>();
        List<PreparedInput> inputs = new ArrayList<>();
        for (Loading<T> loading : turn) {
            try {
                inputs.add(loading.input.get());
                items.add(loading.item);
            } catch (ExecutionException e) {
                results.add(new Ran<>(loading.item, null, e.getCause(), 0));
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

    /** Runs the model on all inputs at once; where that fails, each is to be tried alone, to tell which one it is. */
    private boolean together(List<T> items, List<PreparedInput> inputs, List<Ran<T>> results) {
        long start = System.nanoTime();
        List<Estimate> estimates;
        try {
            estimates = estimator.runAll(inputs);
        } catch (RuntimeException e) {
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

    /** Hands what became of an item to the thread that stores. */
    private void settle(Ran<T> ran) {
        modelSeconds += ran.seconds;
        Estimate estimate = ran.estimate;
        if (estimate != null) {
            stored++;
            behind.add(storer.submit(() -> {
                stages.store(ran.item, estimate, ran.seconds);
                progress.advance(1);
                return null;
            }));
            return;
        }
        if (cancellation.isRequested()) {
            return; // given up, not failed
        }
        if (ran.reason instanceof Exception reason && concernsItem(reason)) {
            failed++;
            behind.add(storer.submit(() -> {
                stages.failed(ran.item, reason);
                progress.advance(1);
                return null;
            }));
        } else if (end == null) {
            end = ran.reason instanceof IllegalArgumentException defect
                    ? new IllegalStateException("an argument that the program itself made was refused: "
                            + defect.getMessage(), defect)
                    : ran.reason;
        }
    }

    /**
     * Returns whether {@code reason} is a fact about one item, such as a damaged picture, which is recorded while the
     * others go on. Anything else, a defect of the program above all, ends the run: recorded, it would read as bad data.
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

    /** Gives up what is not done yet and waits for what cannot be given up. */
    @Override
    public void close() {
        ahead.forEach(loading -> loading.input.cancel(true));
        loaders.shutdownNow();
        runners.shutdownNow();
        runners.close();
        storer.close();
    }
}
