package fathom.workbench.predict;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
import fathom.formats.TooLargeException;
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
import org.jspecify.annotations.Nullable;

/**
 * The application of a model to a dataset: predicts depth for its samples and stores the predictions in a field. Samples
 * that have a prediction are skipped, so a stopped or killed run is resumed by running it again. Failed samples are
 * retried.
 */
public final class ApplyModel {
    /**
     * Predictions that took at least this long, or were billed, are committed at once: the commit is cheap in
     * comparison, and a kill must not lose them.
     */
    private static final double SLOW_SECONDS = 0.05;

    private ApplyModel() {}

    /**
     * The result of a run.
     *
     * @param done the number of samples that had a prediction before
     * @param stored the number of samples that received one
     * @param failures the samples without a prediction, with reasons
     * @param seconds the total time
     * @param busy the share of the available run time that was spent in the model, 0 to 1; with concurrency n the
     *            available time is n times the total
     * @param remedies what may help the samples that failed in this run, each once
     * @param threads the number of threads of the last run; empty if this machine ran no network
     */
    public record Outcome(int done, int stored, List<Failure> failures, double seconds, double busy,
            List<Remedy> remedies, OptionalInt threads) {}

    /**
     * A preview of a run.
     *
     * @param model the name of the model
     * @param field the field for the predictions
     * @param samples the number of samples of the dataset
     * @param done the number of samples that have a prediction and would be skipped
     * @param open the number of samples that would be run
     * @param failed the number of those that failed before
     * @param calls the number of calls of a service, which may be billed; 0 for a local model
     */
    public record Plan(String model, String field, int samples, int done, int open, int failed, int calls) {}

    /**
     * Returns what {@link #run} would do. Runs and writes nothing.
     *
     * @param dataset the dataset
     * @param estimator the model
     * @param field the prediction field
     * @param redo whether to assume that the field is emptied first
     * @return the preview
     * @throws IllegalArgumentException if {@link #run} would throw it
     */
    public static Plan plan(Dataset dataset, DepthEstimator estimator, String field, boolean redo) {
        ModelDescription model = estimator.description();
        FieldSummary present = dataset.field(field);
        int done = redo ? 0 : present.done();
        if (done > 0) {
            requireSameModel(dataset, field, model);
        }
        int failed = redo ? 0 : present.failed();
        int open = dataset.size() - done;
        return new Plan(model.name(), field, dataset.size(), done, open, failed, estimator.isRemote() ? open : 0);
    }

    /**
     * Returns the provenance that is stored with each prediction of a model.
     *
     * @param model the model
     * @return its provenance
     */
    public static Provenance provenance(ModelDescription model) {
        ModelIdentity identity = model.identity();
        Members settings = identity.settings().with("architecture", model.architecture())
                .with("kind", model.kind().label()).with("resampling", model.resampling());
        return new Provenance(model.name(), identity.revision(), identity.weightsHash(), identity.service(), settings,
                identity.preprocessing(), ProgramVersion.label(), "");
    }

    /**
     * Applies a model to the samples that have no prediction in a field.
     *
     * @param dataset the dataset, open for writing
     * @param estimator the model
     * @param field the prediction field
     * @param parallelism the number of runs at once and of pictures per run
     * @param progress is advanced for each sample
     * @param cancellation stops the run
     * @return the number of stored predictions, and the failures
     * @throws IllegalArgumentException if the field contains predictions of another identity ({@link Provenance#hash});
     *            the message lists each part that differs
     * @throws java.util.concurrent.CancellationException if the run was cancelled; completed predictions are stored
     * @throws fathom.datasets.values.DatasetException if a prediction cannot be stored
     * @throws Exception any other failure that does not concern a single sample
     */
    public static Outcome run(Dataset dataset, DepthEstimator estimator, String field, Parallelism parallelism,
            Progress progress, Cancellation cancellation) throws Exception {
        int done = dataset.field(field).done();
        if (done > 0) {
            requireSameModel(dataset, field, estimator.description());
        }
        Set<Remedy> remedies = new LinkedHashSet<>();
        List<Sample> open = dataset.samplesIn(field, FieldState.PENDING, FieldState.FAILED);
        progress.start("Applying " + estimator.name() + " to " + dataset.name(), open.size());
        try {
            Pipeline.Statistics statistics = Pipeline.run(open, estimator, new Pipeline.Stages<>() {
                private @Nullable Provenance provenance;

                // The provenance contains the hash of the weights, which are read while the model is loaded.
                private Provenance provenance() {
                    Provenance known = provenance;
                    if (known == null) {
                        known = ApplyModel.provenance(estimator.description());
                        provenance = known;
                    }
                    return known;
                }

                @Override
                public PreparedInput load(Sample sample) {
                    return estimator.prepare(sample.image());
                }

                @Override
                public void store(Sample sample, Estimate estimate, double seconds) {
                    Map<String, Double> numbers = new LinkedHashMap<>(estimate.numbers());
                    numbers.put("seconds", seconds);
                    sample.setPrediction(field, new PredictionDraft(estimate.prediction(),
                            estimator.description().resampling(), provenance(), estimate.maps(), numbers));
                    if (seconds >= SLOW_SECONDS || estimator.isRemote()) {
                        dataset.save();
                    }
                }

                @Override
                public void failed(Sample sample, Exception reason) {
                    String size = reason instanceof TooLargeException
                            ? sample.width() + "x" + sample.height() + " pixels: "
                            : "";
                    dataset.recordFailure(sample, field, size + reason(reason));
                    HasRemedy.of(reason).ifPresent(remedies::add);
                }
            }, parallelism, progress, cancellation);
            double available = statistics.seconds() * parallelism.concurrency();
            double busy = available > 0 ? statistics.modelSeconds() / available : 1;
            return new Outcome(done, statistics.stored(), dataset.failures(field), statistics.seconds(), busy,
                    List.copyOf(remedies), statistics.modelSeconds() > 0 ? estimator.threads() : OptionalInt.empty());
        } finally {
            dataset.save();
            progress.finish();
        }
    }

    private static void requireSameModel(Dataset dataset, String field, ModelDescription model) {
        Provenance expected = provenance(model);
        SequencedMap<Provenance, Integer> present = dataset.provenances(field);
        present.forEach((found, count) -> {
            List<Provenance.Difference> differences = found.legacy().isEmpty()
                    ? expected.differences(found)
                    : legacyDifferences(expected, model.inputPolicy(), found);
            if (!differences.isEmpty()) {
                throw new UsageException(
                        "field " + field + " of dataset " + dataset.name() + ": expected predictions of " + model.name()
                                + " as it would run now, found " + count + " of " + found.model()
                                + " with other settings:\n"
                                + differences.stream().map(ApplyModel::line).collect(Collectors.joining("\n")),
                        new Remedy.RedoPredictions(field));
            }
        });
    }

    /**
     * Returns how a provenance of schema 1 differs. It contains the model, the weights and a text about the settings. If
     * that text differs from {@code words}, the identity of the run cannot be verified, so it counts as another run.
     */
    private static List<Provenance.Difference> legacyDifferences(Provenance expected, String words, Provenance found) {
        return Stream
                .of(new Provenance.Difference("model", expected.model(), found.model()),
                        new Provenance.Difference("weights", expected.weightsHash(), found.weightsHash()),
                        new Provenance.Difference("preprocessing and settings, as an earlier version described them",
                                words, found.legacy()))
                .filter(difference -> !difference.expected().equals(difference.found())).toList();
    }

    private static String line(Provenance.Difference difference) {
        return "  " + difference.key() + ": expected " + shown(difference.expected()) + ", found "
                + shown(difference.found());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }

    /**
     * Returns a failure in one line.
     *
     * @param failure the failure
     * @return its message, or its class if it has none
     */
    public static String reason(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
