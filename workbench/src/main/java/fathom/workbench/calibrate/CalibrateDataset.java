package fathom.workbench.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldState;
import fathom.datasets.values.Names;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.evaluation.calibration.CrossValidation;
import fathom.evaluation.calibration.DepthPairs;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.workbench.Cancellation;
import fathom.workbench.ProgramVersion;
import fathom.workbench.Progress;
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.predict.ApplyModel;

/**
 * The calibration of a prediction field: fits a correction for each camera to measured depth, and applies a calibration to a
 * field.
 */
public final class CalibrateDataset {
    private CalibrateDataset() {}

    /**
     * How a calibration is fitted.
     *
     * @param name the name of the calibration
     * @param folds the number of folds of the cross-validation, at least 2
     * @param seed the seed of the cross-validation
     */
    public record Options(String name, int folds, long seed) {
        /** Checks the name and the number of folds. */
        public Options {
            Names.requirePart("calibration name", name);
            if (folds < 2) {
                throw new IllegalArgumentException("folds: expected at least 2, found " + folds);
            }
        }
    }

    /**
     * A sample that was left out.
     *
     * @param sample the name of the sample
     * @param reason the reason
     */
    public record Skipped(String sample, String reason) {}

    /**
     * The result of a fit.
     *
     * @param calibration the calibration
     * @param skipped the samples with a prediction that were left out, with reasons
     */
    public record Outcome(Calibration calibration, List<Skipped> skipped) {
        /** Copies the list. */
        public Outcome {
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * The result of an application.
     *
     * @param field the field of the corrected predictions
     * @param stored the number of stored predictions
     * @param skipped the samples that were left out, with reasons
     */
    public record Applied(String field, int stored, List<Skipped> skipped) {
        /** Copies the list. */
        public Applied {
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Fits a correction for each camera. Nothing is stored.
     *
     * @param dataset the dataset
     * @param field the prediction field: metric or scale-invariant depth of one model
     * @param truth the field of measured depth
     * @param options the name and the cross-validation
     * @param progress is advanced for each sample
     * @param cancellation stops the fit
     * @return the calibration
     * @throws IllegalArgumentException if there are no predictions, predictions of several models, of another kind, or no
     *             measured depth
     * @throws java.util.concurrent.CancellationException if the fit was cancelled
     */
    public static Outcome fit(Dataset dataset, String field, String truth, Options options, Progress progress,
            Cancellation cancellation) {
        List<Sample> samples = predicted(dataset, field);
        Provenance model = model(dataset, field);
        DepthKind kind = kind(samples, field);
        SequencedMap<String, List<DepthPairs>> cameras = new LinkedHashMap<>();
        List<Skipped> skipped = new ArrayList<>();
        progress.start("Calibrating " + field, samples.size());
        try {
            for (Sample sample : samples) {
                cancellation.check();
                try {
                    cameras.computeIfAbsent(Cameras.of(sample), _ -> new ArrayList<>())
                            .add(pairs(sample, field, truth));
                } catch (UnscorableException e) {
                    skipped.add(new Skipped(sample.name(), e.reason()));
                } catch (DatasetException e) {
                    skipped.add(new Skipped(sample.name(), media(e)));
                }
                progress.advance(1);
            }
        } finally {
            progress.finish();
        }
        if (skipped.size() == samples.size()) {
            throw new IllegalArgumentException("field " + field + " of dataset " + dataset.name()
                    + ": expected samples with measured depth " + truth + ", found none; the first one: "
                    + skipped.getFirst().sample() + ": " + skipped.getFirst().reason());
        }
        List<Calibration.Camera> corrections = new ArrayList<>();
        for (Map.Entry<String, List<DepthPairs>> camera : cameras.entrySet()) {
            corrections.add(new Calibration.Camera(camera.getKey(),
                    CrossValidation.of(camera.getValue(), options.folds(), options.seed())));
        }
        return new Outcome(new Calibration(options.name(), dataset.name(), field, truth, kind, model.model(),
                model.legacy().isEmpty() ? model.hash() : "", options.seed(), options.folds(), ProgramVersion.label(),
                corrections), skipped);
    }

    private static List<Sample> predicted(Dataset dataset, String field) {
        List<Sample> samples = dataset.samplesIn(field, FieldState.DONE);
        if (samples.isEmpty()) {
            throw new UsageException(
                    "field " + field + " of dataset " + dataset.name() + ": expected predictions, found none",
                    new Remedy.PredictFirst(dataset.name(), field));
        }
        return samples;
    }

    private static Provenance model(Dataset dataset, String field) {
        SequencedMap<Provenance, Integer> models = dataset.provenances(field);
        if (models.size() > 1) {
            throw new IllegalArgumentException("field " + field + " of dataset " + dataset.name()
                    + ": expected predictions of one model, found " + models.size() + " models or settings");
        }
        return models.firstEntry().getKey();
    }

    private static DepthKind kind(List<Sample> samples, String field) {
        DepthKind kind = field(samples.getFirst(), field).kind();
        return switch (kind) {
            case METRIC, SCALE_INVARIANT -> kind;
            case AFFINE, AFFINE_INVERSE, LEVELS -> throw new IllegalArgumentException("field " + field
                    + ": expected metric or scale-invariant depth, whose scale a camera determines, found "
                    + kind.label()
                    + "; its scale and shift differ from picture to picture: align each picture to known depths");
        };
    }

    private static Field.PredictionField field(Sample sample, String field) {
        return (Field.PredictionField) sample.field(field).orElseThrow();
    }

    private static DepthPairs pairs(Sample sample, String field, String truth) throws UnscorableException {
        if (!(sample.field(truth).orElse(null) instanceof Field.MeasuredDepthField)) {
            throw new UnscorableException("expected measured depth " + truth + ", found none");
        }
        MeasuredDepth measured = sample.measured(truth);
        return DepthPairs.of(EvaluateDataset.atImageSize(sample, field, measured.height(), measured.width()).values(),
                measured);
    }

    private static String media(DatasetException failure) {
        if (failure.problem() != DatasetException.Problem.MEDIA) {
            throw failure;
        }
        return ApplyModel.reason(failure);
    }

    /**
     * Stores corrected predictions in another field, as metric depth at the resolution of the model. The predictions of a camera
     * for which no correction was kept are copied if they are in metres, and left out otherwise.
     *
     * @param dataset the dataset, open for writing
     * @param field the prediction field
     * @param calibration the calibration, of this or another dataset
     * @param target the field for the corrected predictions, which must be empty
     * @param progress is advanced for each sample
     * @param cancellation stops the run
     * @return the number of stored predictions, and the samples that were left out
     * @throws IllegalArgumentException if there are no predictions, if they are of another kind or model, or if the target has
     *             predictions
     * @throws java.util.concurrent.CancellationException if the run was cancelled; the predictions so far are stored
     */
    public static Applied apply(Dataset dataset, String field, Calibration calibration, String target,
            Progress progress, Cancellation cancellation) {
        Names.requireField(target);
        List<Sample> samples = predicted(dataset, field);
        Provenance model = model(dataset, field);
        calibration.requireFor(field(samples.getFirst(), field).kind(), model.model(),
                model.legacy().isEmpty() ? model.hash() : "");
        if (dataset.fields().stream().anyMatch(summary -> summary.name().equalsIgnoreCase(target))) {
            throw new IllegalArgumentException("field " + target + " of dataset " + dataset.name()
                    + ": expected a new field for the corrected predictions, found an existing one; choose another name");
        }
        List<Skipped> skipped = new ArrayList<>();
        progress.start("Correcting " + field, samples.size());
        try {
            for (Sample sample : samples) {
                cancellation.check();
                try {
                    store(sample, field, calibration, target, model);
                } catch (UnscorableException e) {
                    skipped.add(new Skipped(sample.name(), e.reason()));
                } catch (DatasetException e) {
                    skipped.add(new Skipped(sample.name(), media(e)));
                }
                progress.advance(1);
            }
        } finally {
            dataset.save();
            progress.finish();
        }
        return new Applied(target, samples.size() - skipped.size(), skipped);
    }

    private static void store(Sample sample, String field, Calibration calibration, String target, Provenance model)
            throws UnscorableException {
        Calibration.Camera camera = CalibratedDepth.require(calibration, Cameras.of(sample));
        Prediction corrected = new CalibratedDepth.Corrected(calibration, camera).applied(sample.predictedDepth(field));
        Members settings = model.settings().with("calibration",
                Members.NONE.with("form", camera.choice().correction().form().label())
                        .with("exponent", camera.choice().correction().exponent())
                        .with("factor", camera.choice().correction().factor()).with("camera", camera.camera())
                        .with("dataset", calibration.dataset()).with("name", calibration.name()));
        sample.setPrediction(target,
                PredictionDraft.of(corrected, field(sample, field).resampling(),
                        new Provenance(model.model(), model.revision(), model.weightsHash(), model.service(), settings,
                                model.preprocessing(), ProgramVersion.label(), model.legacy())));
    }
}
