package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import fathom.evaluation.boundaries.DepthProBoundaries;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitAnswer.NotCovered;
import fathom.evaluation.parity.ToolkitAnswer.Numbers;
import fathom.evaluation.parity.ToolkitAnswer.Raises;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** The boundary scores of Depth Pro (apple/ml-depth-pro) by {@link DepthProBoundaries}. */
public final class DepthProToolkit implements Toolkit {
    private static final double[] RATIOS = {1.05, 1.15, 1.25};
    /** The first label of objects in the foreground. */
    private static final float FOREGROUND = 3;

    /** Creates the toolkit. */
    public DepthProToolkit() {}

    @Override
    public String id() {
        return "depthpro";
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        Plane truth = pair.truth();
        Plane prediction = pair.prediction();
        if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
            return new Raises(String.format(Locale.ROOT,
                    "the prediction, %d×%d, is resized to the truth, %d×%d, before it is scored", prediction.width(),
                    prediction.height(), truth.width(), truth.height()));
        }
        return switch (record.protocol()) {
            case "SI_boundary_F1" -> Numbers.of(Map.of("f1", DepthProBoundaries.f1(prediction, truth)));
            case "SI_boundary_F1, NaN outside the mask (as EvalMDE does)" ->
                Numbers.of(Map.of("f1", DepthProBoundaries.f1(prediction, truth, Mask.ofPositive(truth))));
            case "boundary_f1 per threshold" -> Numbers.of(perRatio(prediction, truth));
            case "SI_boundary_Recall" -> Numbers.of(Map.of("recall", DepthProBoundaries.recall(prediction,
                    Mask.where(pair.plane("labels"), label -> label >= FOREGROUND))));
            default -> new NotCovered("unknown protocol: " + record.protocol());
        };
    }

    private static Map<String, Double> perRatio(Plane prediction, Plane truth) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (double ratio : RATIOS) {
            DepthProBoundaries.Scores scores = DepthProBoundaries.scores(prediction, truth, ratio);
            metrics.put("t=" + ratio + "/f1", scores.f1());
            metrics.put("t=" + ratio + "/precision", scores.precision());
            metrics.put("t=" + ratio + "/recall", scores.recall());
        }
        return metrics;
    }

    /** Counts of float32 ratios are exact; only the last digits of the sums differ. */
    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        return Tolerance.relative(1e-12);
    }
}
