package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import fathom.evaluation.parity.ToolkitFolder;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.verification.ParityVerification;
import fathom.evaluation.verification.RecordOutcome;
import fathom.evaluation.verification.ToolkitSummary;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;

/** The comparison of the built-in protocols with what other toolkits gave for the same maps. */
public final class VerifyProtocols {
    private VerifyProtocols() {}

    /**
     * The result of a comparison.
     *
     * @param toolkits one summary for each toolkit
     * @param remaining the number of records that were not compared because the comparison was cancelled
     */
    public record Outcome(List<ToolkitSummary> toolkits, int remaining) {}

    /**
     * Compares every record of a folder, on all processors.
     *
     * @param folder a folder with {@code cases.json}, {@code expected.json} and {@code inputs}
     * @param progress is advanced for each record
     * @param cancellation stops the comparison; records that were compared by then are in the result
     * @return the result
     * @throws IOException if a file cannot be read or has unexpected content
     * @throws InterruptedException if the thread is interrupted
     */
    public static Outcome run(Path folder, Progress progress, Cancellation cancellation)
            throws IOException, InterruptedException {
        List<ToolkitRecord> records = ToolkitFolder.read(folder);
        progress.start("Comparing with other toolkits", records.size());
        ExecutorService threads = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().factory());
        try {
            List<Future<RecordOutcome>> running = records.stream().map(record -> threads.submit(() -> {
                cancellation.check();
                RecordOutcome outcome = ParityVerification.compare(record);
                progress.advance(1);
                return outcome;
            })).toList();
            List<RecordOutcome> outcomes = new ArrayList<>();
            int remaining = 0;
            for (Future<RecordOutcome> outcome : running) {
                try {
                    outcomes.add(outcome.get());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof CancellationException)) {
                        throw e;
                    }
                    remaining++;
                }
            }
            return new Outcome(ToolkitSummary.of(outcomes), remaining);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException problem -> throw problem;
                case RuntimeException problem -> throw problem;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            threads.shutdownNow();
            progress.finish();
        }
    }
}
