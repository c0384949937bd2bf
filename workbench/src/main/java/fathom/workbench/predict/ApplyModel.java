package fathom.workbench.predict;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.Failure;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.formats.json.JsonValue.Members;
import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Pipeline;
import fathom.workbench.ProgramVersion;
import fathom.workbench.Progress;

/**
 * Runs a model over a dataset and stores its predictions in a field. Samples that have a prediction are left alone, so that a
 * run which was stopped or killed is taken up by running it again; those that failed are tried again.
 */
public final class ApplyModel {
    /** A prediction that took as long, or was paid for, is saved at once, which is cheap beside it: a kill must not cost it. */
    private static final double SLOW_SECONDS = 0.05;

    private ApplyModel() {}

    /**
     * How a run went.
     *
     * @param done samples that had a prediction before
     * @param stored samples that got one
     * @param failures samples that have none, with reasons
     * @param seconds time in all
     * @param busy share of that time spent inside the model, 0 to 1; of as many times that as runs may overlap
     * @param remedies what may help the samples that failed in this run, each once
     */
    public record Outcome(int done, int stored, List<Failure> failures, double seconds, double busy,
            List<Remedy> remedies) {}

    /**
     * What a run would do.
     *
     * @param model the model's name
     * @param field the field that would take the predictions
     * @param samples samples of the dataset
     * @param done those that have a prediction and would be left alone
     * @param open those that would be run
     * @param failed those of them that failed before
     * @param calls calls of a service, which may cost money; 0 for a model that runs here
     */
    public record Plan(String model, String field, int samples, int done, int open, int failed, int calls) {}

    /**
     * What {@link #run} would do now; nothing is run and nothing is written.
     *
     * @param redo as if the field were emptied first
     * @throws IllegalArgumentException as {@link #run} would
     */
    public static Plan plan(Dataset dataset, DepthEstimator estimator, String field, boolean redo) {
        ModelDescription model = estimator.description();
        FieldSummary present = dataset.field(field);
        if (!redo) {
            requireSameModel(dataset, field, model);
        }
        int done = redo ? 0 : present.done();
        int failed = redo ? 0 : present.failed();
        int open = dataset.size() - done;
        return new Plan(model.name(), field, dataset.size(), done, open, failed, estimator.isRemote() ? open : 0);
    }

    /** What is stored with each prediction of {@code model}. */
    static Provenance provenance(ModelDescription model) {
        ModelIdentity identity = model.identity();
        Members settings = identity.settings().with("architecture", model.architecture())
                .with("kind", model.kind().label()).with("resampling", model.resampling());
        return new Provenance(model.name(), identity.revision(), identity.weightsHash(), identity.service(), settings,
                identity.preprocessing(), ProgramVersion.label(), "");
    }

    /**
     * Applies {@code estimator} to the samples that have no prediction in {@code field}.
     *
     * @throws IllegalArgumentException if the field holds predictions of another identity ({@link Provenance#hash}); the message
     *         names each part that differs
     * @throws java.util.concurrent.CancellationException if it was stopped; what was done is stored
     * @throws fathom.datasets.values.DatasetException if a prediction cannot be stored
     */
    public static Outcome run(Dataset dataset, DepthEstimator estimator, String field, Parallelism parallelism,
            Progress progress, Cancellation cancellation) throws Exception {
        ModelDescription model = estimator.description();
        Provenance provenance = provenance(model);
        requireSameModel(dataset, field, model);
        int done = dataset.field(field).done();
        Set<Remedy> remedies = new LinkedHashSet<>();
        List<Sample> open = dataset.samplesIn(field, FieldState.PENDING, FieldState.FAILED);
        progress.start("Applying " + model.name() + " to " + dataset.name(), open.size());
        try {
            Pipeline.Statistics statistics = Pipeline.run(open, estimator, new Pipeline.Stages<>() {
                @Override
                public PreparedInput load(Sample sample) {
                    return estimator.prepare(sample.image());
                }

                @Override
                public void store(Sample sample, Estimate estimate, double seconds) {
                    Map<String, Double> numbers = new LinkedHashMap<>(estimate.numbers());
                    numbers.put("seconds", seconds);
                    sample.setPrediction(field,
                            new PredictionDraft(estimate.prediction(), model.resampling(), provenance,
                                    estimate.maps(), numbers));
                    if (seconds >= SLOW_SECONDS || estimator.isRemote()) {
                        dataset.save();
                    }
                }

                @Override
                public void failed(Sample sample, Exception reason) {
                    dataset.recordFailure(sample, field, reason(reason));
                    HasRemedy.of(reason).ifPresent(remedies::add);
                }
            }, parallelism, progress, cancellation);
            double available = statistics.seconds() * parallelism.concurrency();
            double busy = available > 0 ? statistics.modelSeconds() / available : 1;
            return new Outcome(done, statistics.stored(), dataset.failures(field), statistics.seconds(), busy,
                    List.copyOf(remedies));
        } finally {
            dataset.save();
            progress.finish();
        }
    }

    private static void requireSameModel(Dataset dataset, String field, ModelDescription model) {
        if (dataset.field(field).done() == 0) {
            return;
        }
        Provenance expected = provenance(model);
        SequencedMap<Provenance, Integer> present = dataset.provenances(field);
        present.forEach((found, count) -> {
            List<Provenance.Difference> differences = found.legacy().isEmpty()
                    ? expected.differences(found)
                    : legacyDifferences(expected, model.inputPolicy(), found);
            if (!differences.isEmpty()) {
                throw new UsageException("field " + field + " of dataset " + dataset.name()
                        + ": expected predictions of " + model.name() + " as it would run now, found " + count + " of "
                        + found.model() + " that were made otherwise:\n"
                        + differences.stream().map(ApplyModel::line).collect(Collectors.joining("\n")),
                        new Remedy.RedoPredictions(field));
            }
        });
    }

    /**
     * How a provenance of schema 1 differs: it knows model, weights and, in {@code words}, what was set. Where the words
     * differ the run cannot be told to be the same, so it counts as another.
     */
    private static List<Provenance.Difference> legacyDifferences(Provenance expected, String words, Provenance found) {
        return Stream.of(new Provenance.Difference("model", expected.model(), found.model()),
                new Provenance.Difference("weights", expected.weightsHash(), found.weightsHash()),
                new Provenance.Difference("preprocessing and settings, as an earlier version described them", words,
                        found.legacy()))
                .filter(difference -> !difference.expected().equals(difference.found())).toList();
    }

    private static String line(Provenance.Difference difference) {
        return "  " + difference.key() + ": expected " + shown(difference.expected()) + ", found "
                + shown(difference.found());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }

    /** {@return a failure in one line} */
    public static String reason(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
