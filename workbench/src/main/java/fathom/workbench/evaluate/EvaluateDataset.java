package fathom.workbench.evaluate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import fathom.datasets.Dataset;
import fathom.datasets.Evaluation;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.SampleAttributes;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.ScoringContext;
import fathom.evaluation.protocols.StepProtocol;
import fathom.formats.TooLargeException;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.raster.resampling.Resampling;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.predict.ApplyModel;

/**
 * The evaluation of a dataset: scores the stored predictions of a field against measured depth, sample by sample, and
 * stores the scores with them.
 */
public final class EvaluateDataset {
    private EvaluateDataset() {}

    /**
     * A sample without scores, or without some of them.
     *
     * @param sample the name of the sample
     * @param reason the reason
     */
    public record Unscored(String sample, String reason) {}

    /**
     * The result of an evaluation.
     *
     * @param scored the number of samples with scores
     * @param means the mean of each metric over the samples that have it
     * @param unscored the samples or single metrics without a score, with reasons
     * @param pending the number of samples without a prediction
     * @param notes sizes at which samples are scored, if these are not the sizes of their pictures; pixels that are not
     *        counted because they have no prediction
     * @param warnings probable mistakes in the predictions, the truth or the protocol, one for each kind
     */
    public record Outcome(int scored, Map<Metric, Double> means, List<Unscored> unscored, int pending,
            List<String> notes, List<EvaluationWarning> warnings) {}

    /**
     * Scores every stored prediction of a field.
     *
     * @param dataset the dataset, open for writing
     * @param field the prediction field
     * @param truth the field of measured depth
     * @param protocol the protocol
     * @param progress is advanced for each sample
     * @param cancellation stops the evaluation
     * @return the means, and the samples without scores
     * @throws IllegalArgumentException if there is no such field, or no prediction in it
     * @throws java.util.concurrent.CancellationException if the evaluation was cancelled; scores so far are stored
     * @throws Exception if the dataset cannot be read or written
     */
    public static Outcome run(Dataset dataset, String field, String truth, Protocol protocol, Progress progress,
            Cancellation cancellation) throws Exception {
        List<Sample> predicted = predicted(dataset, field);
        requireTruth(dataset, truth, predicted);
        Evaluation evaluation = dataset.beginEvaluation(field, protocol.name(), truth, protocol.definition());
        List<Unscored> unscored = new ArrayList<>();
        SampleNotes remarks = new SampleNotes();
        int scored = 0;
        int threads = Runtime.getRuntime().availableProcessors();
        Deque<Scoring> running = new ArrayDeque<>();
        SampleChecks checks = new SampleChecks(predicted);
        progress.start("Evaluating " + field + " under " + protocol.name(), predicted.size());
        ExecutorService scorers = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
        try {
            int submitted = 0;
            while (submitted < predicted.size() || !running.isEmpty()) {
                cancellation.check();
                while (submitted < predicted.size() && running.size() < 2 * threads) {
                    Sample sample = predicted.get(submitted++);
                    running.add(
                            new Scoring(sample, scorers.submit(() -> score(sample, field, truth, protocol, checks))));
                }
                Scoring oldest = running.remove();
                scored += store(evaluation, oldest, field, protocol, unscored, remarks) ? 1 : 0;
                progress.advance(1);
            }
        } finally {
            scorers.shutdownNow();
            dataset.save();
            progress.finish();
        }
        List<EvaluationWarning> warnings = checks.warnings();
        WarningFiles.write(dataset.folder(), field, protocol.name(), protocol.hash(), warnings);
        List<String> notes = new ArrayList<>(notes(predicted, truth));
        notes.addAll(remarks.lines());
        return new Outcome(scored, means(dataset, field, protocol, scored), unscored, dataset.size() - predicted.size(),
                notes, warnings);
    }

    /** Returns a note for each size of measured depth that is not the size of the picture. */
    private static List<String> notes(List<Sample> samples, String truth) {
        Map<String, Integer> sizes = new TreeMap<>();
        for (Sample sample : samples) {
            String size = sample.attributes().get(SampleAttributes.sizeKey(truth));
            if (size != null) {
                sizes.merge(size, 1, Integer::sum);
            }
        }
        return sizes.entrySet().stream()
                .map(entry -> entry.getValue() + (entry.getValue() == 1 ? " sample is" : " samples are")
                        + " scored at the size of the measured depth, " + entry.getKey()
                        + ", which is not the size of the picture")
                .toList();
    }

    /** Thrown for a sample without the measured depth that other samples have. */
    private static final class MissingTruthException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingTruthException(String message) {
            super(message);
        }
    }

    private record Scoring(Sample sample, Future<Scores> scores) {}

    /** Returns the samples with a prediction, at least one. */
    static List<Sample> predicted(Dataset dataset, String field) {
        List<Sample> predicted = dataset.samplesIn(field, FieldState.DONE);
        if (predicted.stream()
                .anyMatch(sample -> sample.field(field).orElse(null) instanceof Field.MeasuredDepthField)) {
            throw new IllegalArgumentException("field " + field + " of dataset " + dataset.name()
                    + ": expected a prediction, found measured depth");
        }
        if (predicted.isEmpty()) {
            throw new UsageException(
                    "field " + field + " of dataset " + dataset.name() + ": expected predictions, found none",
                    new Remedy.PredictFirst(dataset.name(), field));
        }
        return predicted;
    }

    private static void requireTruth(Dataset dataset, String truth, List<Sample> predicted) {
        if (predicted.stream()
                .noneMatch(sample -> sample.field(truth).orElse(null) instanceof Field.MeasuredDepthField)) {
            throw new IllegalArgumentException("field " + truth + " of dataset " + dataset.name()
                    + ": expected measured depth, found none. It has the fields "
                    + String.join(", ", dataset.fields().stream().map(summary -> summary.name()).toList()) + ".");
        }
    }

    private static Scores score(Sample sample, String field, String truth, Protocol protocol, SampleChecks checks)
            throws UnscorableException, MissingTruthException {
        if (!(sample.field(truth).orElse(null) instanceof Field.MeasuredDepthField)) {
            throw new MissingTruthException("expected measured depth " + truth + ", found none");
        }
        MeasuredDepth measured = sample.measured(truth);
        Prediction stored = sample.predictedDepth(field);
        Optional<Scores> scores = Optional.empty();
        try {
            scores = Optional.of(protocol.score(measured, stored, context(sample, field, measured)));
            return scores.get();
        } finally {
            checks.take(sample, measured, stored, scores);
        }
    }

    /**
     * Returns exactly what a protocol compares for a stored prediction, the same maps that its scores are computed from.
     *
     * @param sample the sample
     * @param field the prediction field
     * @param measured the measured depth of the sample
     * @param protocol the protocol
     * @return both maps; empty if the protocol compares pictures
     * @throws UnscorableException if the sample has no scores under this protocol
     */
    public static Optional<ScoredMaps> compared(Sample sample, String field, MeasuredDepth measured, Protocol protocol)
            throws UnscorableException {
        if (!sample.hasPrediction(field)) {
            throw new UnscorableException("it has no prediction " + field);
        }
        ScoringContext context = context(sample, field, measured);
        return protocol instanceof StepProtocol steps
                ? Optional.of(steps.compared(measured, sample.predictedDepth(field), context))
                : protocol.compared(measured, atImageSize(sample, field, measured.height(), measured.width()),
                        context.intrinsics());
    }

    private static ScoringContext context(Sample sample, String field, MeasuredDepth measured) {
        Field.PredictionField stored = (Field.PredictionField) sample.field(field).orElseThrow();
        return new ScoringContext(Resampling.ofLabel(stored.resampling()), sample.intrinsics()
                .map(camera -> camera.resized(sample.height(), sample.width(), measured.height(), measured.width())));
    }

    /**
     * Returns a stored prediction, resized to a given size by the kernel that the reference of its model uses.
     *
     * @param sample the sample
     * @param field the prediction field
     * @param height the number of rows
     * @param width the number of columns
     * @return the prediction, [height, width]
     * @throws IllegalArgumentException if the sample has no prediction of that name
     * @throws DatasetException if the file is missing or damaged
     */
    public static Prediction atImageSize(Sample sample, String field, int height, int width) {
        return resized(sample, field, sample.predictedDepth(field), height, width);
    }

    private static Prediction resized(Sample sample, String field, Prediction prediction, int height, int width) {
        Plane values = prediction.values();
        if (values.height() == height && values.width() == width) {
            return prediction;
        }
        Field.PredictionField stored = (Field.PredictionField) sample.field(field).orElseThrow();
        return prediction.withValues(Resampling.ofLabel(stored.resampling()).resized(values, height, width));
    }

    private static boolean store(Evaluation evaluation, Scoring scoring, String field, Protocol protocol,
            List<Unscored> unscored, SampleNotes remarks) throws InterruptedException {
        Sample sample = scoring.sample();
        Map<String, Double> numbers = ScoreNumbers.none(protocol);
        try {
            Scores scores = scoring.scores().get();
            numbers.putAll(ScoreNumbers.of(protocol, scores));
            remarks.add(sample.name(), scores.notes());
            scores.absent().forEach(
                    (metric, reason) -> unscored.add(new Unscored(sample.name(), metric.title() + ": " + reason)));
            return true;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case UnscorableException reason -> unscored.add(new Unscored(sample.name(), reason.reason()));
                case DatasetException reason when reason.problem() == DatasetException.Problem.MEDIA ->
                    unscored.add(new Unscored(sample.name(), ApplyModel.reason(reason)));
                case MissingTruthException reason ->
                    unscored.add(new Unscored(sample.name(), ApplyModel.reason(reason)));
                case OutOfMemoryError error -> unscored.add(new Unscored(sample.name(), ApplyModel.reason(
                        new TooLargeException(field, sample.width() + "x" + sample.height() + " pixels", error))));
                case RuntimeException other -> throw other;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
            return false;
        } finally {
            evaluation.set(sample, numbers);
        }
    }

    /** Returns the mean over the samples, or over their pixels if the protocol says so. */
    private static double mean(Dataset dataset, String path, Metric metric, Protocol protocol) {
        return switch (protocol.pooling()) {
            case IMAGES -> dataset.mean(path + metric.key());
            case PIXELS -> metric.pooled(dataset.values(path + metric.key()),
                    dataset.values(path + ScoreNumbers.PIXELS), dataset.values(path + ScoreNumbers.LOG_MEAN));
        };
    }

    private static Map<Metric, Double> means(Dataset dataset, String field, Protocol protocol, int scored) {
        Map<Metric, Double> means = new LinkedHashMap<>();
        if (scored > 0) {
            for (Metric metric : protocol.metrics()) {
                means.put(metric, mean(dataset, field + "." + protocol.name() + ".", metric, protocol));
            }
        }
        return means;
    }
}
