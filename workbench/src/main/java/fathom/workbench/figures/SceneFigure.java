package fathom.workbench.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.datasets.Sample;
import fathom.evaluation.errors.ErrorKind;
import fathom.evaluation.errors.ErrorMap;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.ErrorShading;
import fathom.rendering.Figure;
import fathom.rendering.Heatmap;
import fathom.rendering.Legend;
import fathom.rendering.Shading;
import fathom.workbench.evaluate.EvaluateDataset;

/**
 * A figure that shows samples, one per row: picture, measured depth, each prediction, and errors. Pixels without a value, and
 * pixels that a protocol does not compare, are gray.
 */
public final class SceneFigure {
    private static final int PANEL_HEIGHT = 320;
    private static final List<String> DELTA_CLASSES = List.of("< 1.25", "< 1.25²", "< 1.25³", "≥ 1.25³");

    private final List<String> predictions;
    private final Figure figure = new Figure(PANEL_HEIGHT);
    private final List<String> notes = new ArrayList<>();

    /**
     * A rendered figure.
     *
     * @param picture the figure
     * @param notes one line for each prediction that the protocol cannot score, with the reason
     */
    public record Drawn(RgbImage picture, List<String> notes) {}

    private SceneFigure(List<String> predictions) {
        this.predictions = predictions;
    }

    /**
     * Renders a figure with one row per sample. Measured depth and metric predictions share the colour range of the
     * measured depth; a prediction of another kind, or of a sample without a measured pixel, has a separate range. A metric
     * prediction is followed by its signed errors.
     *
     * @param samples the samples
     * @param truth the field of measured depth
     * @param predictions the prediction fields, each stored for every sample
     * @return the figure
     */
    public static RgbImage draw(List<Sample> samples, String truth, List<String> predictions) {
        SceneFigure scenes = new SceneFigure(predictions);
        for (Sample sample : samples) {
            MeasuredDepth measured = sample.measured(truth);
            Shading metres = scenes.addTruth(sample, measured);
            for (String field : predictions) {
                scenes.addPrediction(sample, field, measured, metres);
            }
            scenes.figure.nextRow();
        }
        return scenes.figure.render();
    }

    /**
     * Renders a figure with one row per sample and the columns that a protocol gives. Errors of one kind share the colours
     * of their row, so that the predictions can be compared.
     *
     * @param samples the samples
     * @param truth the field of measured depth
     * @param predictions the prediction fields, each stored for every sample
     * @param columns the columns
     * @return the figure
     * @throws IllegalArgumentException if the protocol does not compare depth pixel by pixel
     */
    public static Drawn draw(List<Sample> samples, String truth, List<String> predictions, ScoredColumns columns) {
        SceneFigure scenes = new SceneFigure(predictions);
        for (Sample sample : samples) {
            MeasuredDepth measured = sample.measured(truth);
            scenes.addScored(sample, measured, scenes.addTruth(sample, measured), columns);
            scenes.figure.nextRow();
        }
        return new Drawn(scenes.figure.render(), List.copyOf(scenes.notes));
    }

    private Shading addTruth(Sample sample, MeasuredDepth measured) {
        Shading metres = Heatmap.shading(measured, Colormap.viridis());
        figure.add(sample.name(), sample.image());
        figure.add("measured", Heatmap.render(measured.metres(), measured.valid(), metres), metres, "m");
        return metres;
    }

    private void addPrediction(Sample sample, String field, MeasuredDepth measured, Shading metres) {
        Prediction prediction = EvaluateDataset.atImageSize(sample, field, measured.height(), measured.width());
        // Without a measurement there is neither a range to share nor an error to show.
        boolean metric = prediction.kind() == DepthKind.METRIC && measured.valid().count() > 0;
        Shading shading = metric ? metres : Heatmap.shading(prediction, Colormap.viridis());
        figure.add(field, Heatmap.render(prediction.values(), prediction.valid(), shading), shading,
                prediction.kind().unit());
        if (metric) {
            Plane errors = ErrorMap.of(unaligned(measured, prediction), ErrorKind.SIGNED).values();
            Shading colours = ErrorShading.signed(List.of(errors));
            figure.add(field + " minus measured", render(errors, colours), colours, ErrorKind.SIGNED.unit());
        }
    }

    private static ScoredMaps unaligned(MeasuredDepth measured, Prediction prediction) {
        return new ScoredMaps(measured.metres(), prediction.values(), measured.valid().and(prediction.valid()),
                Optional.empty(), Optional.empty());
    }

    private void addScored(Sample sample, MeasuredDepth measured, Shading metres, ScoredColumns columns) {
        Map<String, ScoredMaps> scored = new LinkedHashMap<>();
        for (String field : predictions) {
            try {
                scored.put(field, compared(sample, field, measured, columns));
            } catch (UnscorableException e) {
                notes.add(sample.name() + ", " + field + ": " + e.reason());
            }
        }
        Map<ErrorKind, Shading> shadings = new LinkedHashMap<>();
        for (ErrorKind kind : columns.errors()) {
            shadings.put(kind,
                    shading(kind, scored.values().stream().map(maps -> ErrorMap.of(maps, kind).values()).toList()));
        }
        for (String field : predictions) {
            ScoredMaps maps = scored.get(field);
            if (maps == null) {
                addUnscored(measured, field, columns);
                continue;
            }
            if (columns.asScored()) {
                figure.add(field + " as scored", Heatmap.render(maps.prediction(), maps.counted(), metres), metres,
                        "m");
            }
            shadings.forEach((kind, shading) -> figure.add(field + ": " + kind.formula(),
                    render(ErrorMap.of(maps, kind).values(), shading), legend(kind, shading)));
        }
    }

    private static ScoredMaps compared(Sample sample, String field, MeasuredDepth measured, ScoredColumns columns)
            throws UnscorableException {
        return EvaluateDataset.compared(sample, field, measured, columns.protocol())
                .orElseThrow(() -> new IllegalArgumentException("protocol " + columns.protocol().name()
                        + ": it compares pictures of depth, so there is no error in metres at a pixel; expected a protocol "
                        + "that compares depth"));
    }

    /** Adds gray panels in place of the maps that do not exist, so that the columns of all rows agree. */
    private void addUnscored(MeasuredDepth measured, String field, ScoredColumns columns) {
        Plane none = Plane.allocate(measured.height(), measured.width());
        RgbImage gray = Heatmap.render(none, Mask.filled(none.height(), none.width(), false),
                ErrorShading.size(List.of(none)));
        int panels = columns.errors().size() + (columns.asScored() ? 1 : 0);
        for (int i = 0; i < panels; i++) {
            figure.add(field + ": not scored", gray);
        }
    }

    private static RgbImage render(Plane errors, Shading shading) {
        return Heatmap.render(errors, Mask.ofFinite(errors), shading);
    }

    private static Shading shading(ErrorKind kind, List<Plane> errors) {
        return switch (kind) {
            case SIGNED -> ErrorShading.signed(errors);
            case ABSOLUTE, RELATIVE -> ErrorShading.size(errors);
            case DELTA -> ErrorShading.classes(ErrorMap.CLASSES);
        };
    }

    private static Legend legend(ErrorKind kind, Shading shading) {
        return switch (kind) {
            case SIGNED, ABSOLUTE, RELATIVE -> new Legend(shading, kind.unit());
            case DELTA -> new Legend(shading, kind.unit(), DELTA_CLASSES);
        };
    }
}
