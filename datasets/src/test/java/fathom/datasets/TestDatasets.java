package fathom.datasets;

import java.nio.file.Path;
import java.util.Map;

import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.datasets.values.StoredPrediction;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** Datasets whose media files need not exist. */
final class TestDatasets {
    static final Provenance PROVENANCE = new Provenance("test-model", "abc123", "00", "",
            Members.NONE.with("options", Members.NONE.with("fov", "60")), Members.NONE.with("size", 384), "fathom test",
            "");

    private TestDatasets() {}

    /** Creates a dataset with samples {@code s000}, {@code s001} and so on. */
    static Dataset create(Datasets datasets, String name, Path media, int samples) {
        return datasets.create(name, DatasetOptions.of(media), dataset -> {
            for (int i = 0; i < samples; i++) {
                dataset.add(SampleDraft.of("s%03d".formatted(i), media.resolve(i + ".png"), 4, 6));
            }
        });
    }

    /** Returns a prediction whose values identify the sample. */
    static PredictionDraft prediction(Sample sample, int height, int width) {
        Plane plane = Plane.allocate(height, width);
        java.util.Arrays.fill(plane.array(), value(sample));
        return PredictionDraft.of(new Prediction(DepthKind.METRIC, plane), "torch-bicubic", PROVENANCE);
    }

    /** Returns whether the stored prediction is complete and belongs to this sample. */
    static boolean isWhole(Sample sample, StoredPrediction stored) {
        for (float value : stored.prediction().values().toArray()) {
            if (value != value(sample)) {
                return false;
            }
        }
        return stored.prediction().values().size() > 0;
    }

    private static float value(Sample sample) {
        return Integer.parseInt(sample.name().substring(1)) + 0.5f;
    }

    /** Returns a protocol definition that depends on {@code version}. */
    static Members definition(String version) {
        return Members.NONE.with("version", version);
    }

    static void score(Sample sample, Evaluation evaluation, double rmse) {
        evaluation.set(sample, Map.of("rmse", rmse));
    }
}
