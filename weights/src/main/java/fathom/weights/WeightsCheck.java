package fathom.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The hash of a checkpoint's weight files and the check that its weights are finite, in a thread of its own. Results of
 * the weights must not be used before {@link #await} returned. Safe for use by several threads.
 */
public final class WeightsCheck implements AutoCloseable {
    private final Checkpoint checkpoint;
    private final Map<Path, List<StoredTensor>> inFiles = new HashMap<>();
    private final List<StoredTensor> inMemory = new ArrayList<>();
    private final CompletableFuture<List<String>> hashes;
    private volatile boolean closed;

    /** Starts to check {@code tensors} of {@code checkpoint}. */
    WeightsCheck(Checkpoint checkpoint, Collection<StoredTensor> tensors) {
        this.checkpoint = checkpoint;
        for (StoredTensor tensor : tensors) {
            if (tensor.copy().isPresent()) {
                inMemory.add(tensor);
            } else {
                inFiles.computeIfAbsent(tensor.file(), _ -> new ArrayList<>()).add(tensor);
            }
        }
        hashes = CompletableFuture.supplyAsync(this::hashesOfChecked,
                task -> Thread.ofPlatform().daemon().name("weights-check").start(task));
    }

    private List<String> hashesOfChecked() {
        try {
            List<String> found = new ArrayList<>();
            Set<Path> derived = new HashSet<>(inFiles.keySet());
            for (Path source : checkpoint.files()) {
                found.add(checked(source, true).hash());
                derived.remove(source);
            }
            for (Path file : derived) {
                checked(file, false);
            }
            checkpoint.requireFinite(inMemory);
            return List.copyOf(found);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the weights of " + checkpoint.folder(), e);
        }
    }

    /** Returns the record of a file whose weights are finite, with its hash if it is {@code hashed}. */
    private FileRecord checked(Path file, boolean hashed) throws IOException {
        List<StoredTensor> tensors = inFiles.getOrDefault(file, List.of());
        FloatRanges ranges = FloatRanges.of(tensors);
        Path place = FileRecord.placeOf(file);
        FileRecord known = FileRecord.at(place);
        FileRecord found = known;
        if (hashed && known.hash().isEmpty()) {
            WeightsPass.Result pass = WeightsPass.read(file, ranges, () -> closed);
            found = new FileRecord(pass.hash(), pass.finite() ? known.finite().and(ranges) : known.finite());
        }
        if (!found.finite().contain(ranges)) {
            checkpoint.requireFinite(tensors);
            found = found.withFinite(ranges);
        }
        if (!found.equals(known)) {
            found.keep(place);
        }
        return found;
    }

    /**
     * Waits until all weights are checked.
     *
     * @throws CheckpointException if a weight is not finite; the message names it
     * @throws UncheckedIOException if a file cannot be read
     * @throws CancellationException if the check was closed before its end
     */
    public void await() {
        hashes();
    }

    /**
     * Waits like {@link #await} and returns the hash of the weight files.
     *
     * @return the same as {@link WeightsHash#of(List)} of {@link Checkpoint#files}
     */
    public String hash() {
        return WeightsHash.combined(hashes());
    }

    /**
     * Waits like {@link #await} and returns the hashes of the weight files.
     *
     * @return one for each of {@link Checkpoint#files}, in their order
     */
    public List<String> hashes() {
        try {
            return hashes.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Stops the check if it has not ended, and waits for its end. Closing again has no effect. */
    @Override
    public void close() {
        closed = true;
        hashes.exceptionally(_ -> List.of()).join();
    }
}
