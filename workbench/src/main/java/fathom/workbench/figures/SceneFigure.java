package fathom.workbench.figures;

import java.util.List;

import fathom.datasets.Sample;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.ErrorMap;
import fathom.rendering.Figure;
import fathom.rendering.Heatmap;
import fathom.rendering.Shading;
import fathom.workbench.evaluate.EvaluateDataset;

/** A figure that shows samples: picture, measured depth, each prediction and, for metric predictions, the error. */
public final class SceneFigure {
    private static final int PANEL_HEIGHT = 320;

    private SceneFigure() {}

    /**
     * Renders a figure with one row per sample. Measured depth and metric predictions share the colour range of the
     * measured depth; a prediction of another kind, or of a sample without a measured pixel, has a separate range.
     *
     * @param samples the samples
     * @param truth the field of measured depth
     * @param predictions the prediction fields, each stored for every sample
     * @return the figure
     */
    public static RgbImage draw(List<Sample> samples, String truth, List<String> predictions) {
        Figure figure = new Figure(PANEL_HEIGHT);
        for (Sample sample : samples) {
            MeasuredDepth measured = sample.measured(truth);
            Shading metres = Heatmap.shading(measured, Colormap.viridis());
            figure.add(sample.name(), sample.image());
            figure.add("measured", Heatmap.render(measured.metres(), measured.valid(), metres), metres, "m");
            for (String field : predictions) {
                Prediction prediction = EvaluateDataset.atImageSize(sample, field, measured.height(), measured.width());
                addPrediction(figure, field, prediction, measured, metres);
            }
            figure.nextRow();
        }
        return figure.render();
    }

    private static void addPrediction(Figure figure, String field, Prediction prediction, MeasuredDepth measured,
            Shading metres) {
        // Without a measurement there is neither a range to share nor an error to show.
        boolean metric = prediction.kind() == DepthKind.METRIC && measured.valid().count() > 0;
        Shading shading = metric ? metres : Heatmap.shading(prediction, Colormap.viridis());
        figure.add(field, Heatmap.render(prediction.values(), prediction.valid(), shading), shading,
                prediction.kind().unit());
        if (metric) {
            Plane errors = ErrorMap.values(measured.metres(), prediction.values(), measured.valid());
            Shading colours = ErrorMap.shading(errors);
            figure.add(field + " minus measured", ErrorMap.render(errors, colours), colours, "m");
        }
    }
}
