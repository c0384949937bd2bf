package fathom.workbench.reproduce;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import fathom.datasets.Dataset;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.statistics.Bootstrap;
import fathom.evaluation.statistics.Interval;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.evaluate.EvaluateDataset;

/**
 * A published score next to the score of a dataset's predictions under the same protocol.
 *
 * @param cell the published score
 * @param protocol the protocol
 * @param samples the number of samples with the metric
 * @param score the mean over these samples, or over their pixels if the protocol says so, in the unit of the metric
 * @param interval the bootstrap interval of the mean over samples; empty for one sample, or if pixels are pooled
 * @param bootstrap its settings
 * @param status whether the score is within the tolerance
 * @param unscored the samples without a score
 */
public record Reproduction(Cell cell, Protocol protocol, int samples, double score, Optional<Interval> interval,
        Bootstrap bootstrap, CellStatus status, List<EvaluateDataset.Unscored> unscored) {
    /** Copies the list. */
    public Reproduction {
        unscored = List.copyOf(unscored);
    }

    /** {@return whether the number of samples is the one of the test set, or that is not known} */
    public boolean isWholeTestSet() {
        return cell.samples() == 0 || cell.samples() == samples;
    }

    /**
     * Scores a dataset under the protocol of a cell, and stores the scores.
     *
     * @param cell the published score
     * @param protocol the protocol that the cell names
     * @param dataset the dataset, open for writing
     * @param field the prediction field
     * @param truth the field of measured depth
     * @param progress is advanced for each sample
     * @param cancellation stops the evaluation
     * @return the comparison
     * @throws IllegalArgumentException if the protocol does not compute the metric, or no sample has it
     * @throws Exception if the dataset cannot be read or written
     */
    public static Reproduction run(Cell cell, Protocol protocol, Dataset dataset, String field, String truth,
            Progress progress, Cancellation cancellation) throws Exception {
        if (!protocol.metrics().contains(cell.metric())) {
            throw new IllegalArgumentException("protocol " + protocol.name() + ": expected the metric " + cell.metric()
                    + " of cell " + cell.name() + ", found "
                    + String.join(", ", protocol.metrics().stream().map(String::valueOf).toList()));
        }
        EvaluateDataset.Outcome outcome = EvaluateDataset.run(dataset, field, truth, protocol, progress, cancellation);
        String path = field + "." + protocol.name() + "." + cell.metric().key();
        double[] scores = Arrays.stream(dataset.values(path)).filter(score -> !Double.isNaN(score)).toArray();
        if (scores.length == 0) {
            throw new IllegalArgumentException("field " + field + " of dataset " + dataset.name()
                    + ": expected a sample with " + cell.metric().title() + " under protocol " + protocol.name()
                    + ", found none" + outcome.unscored().stream().findFirst()
                            .map(first -> "; " + first.sample() + ": " + first.reason()).orElse(""));
        }
        double score = switch (protocol.pooling()) {
            case IMAGES -> Arrays.stream(scores).average().orElseThrow();
            case PIXELS -> outcome.means().getOrDefault(cell.metric(), Double.NaN);
        };
        // The bootstrap draws samples, so its interval is that of the mean over samples.
        Optional<Interval> interval = switch (protocol.pooling()) {
            case IMAGES -> Bootstrap.DEFAULT.of(scores).meanInterval();
            case PIXELS -> Optional.empty();
        };
        return new Reproduction(cell, protocol, scores.length, score, interval, Bootstrap.DEFAULT, cell.statusOf(score),
                outcome.unscored());
    }
}
