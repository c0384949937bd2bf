package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import fathom.evaluation.alignment.MogeAlignment;
import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.boundaries.MogeBoundaries;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitAnswer.NotCovered;
import fathom.evaluation.parity.ToolkitAnswer.Numbers;
import fathom.evaluation.parity.ToolkitAnswer.Raises;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.formats.json.JsonValue;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** The evaluation of MoGe (microsoft/MoGe) by {@link MogeAlignment} and {@link MogeBoundaries}. */
public final class MogeToolkit implements Toolkit {
    private static final String METRICS = "compute_metrics";
    private static final double SMALLEST_BOUNDARY_INVERSE_DEPTH = 1e-6;

    /** Creates the toolkit. */
    public MogeToolkit() {}

    @Override
    public String id() {
        return "moge";
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        Plane prediction = pair.prediction();
        Plane truth = pair.truth();
        Mask counted = Mask.ofPositive(truth);
        if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
            return new Raises("the prediction is resized to the size of the truth before it is scored");
        }
        try {
            return answer(record, prediction, truth, counted);
        } catch (UnscorableException e) {
            return new Raises("the sample has no score: " + e.reason());
        }
    }

    private static ToolkitAnswer answer(ToolkitRecord record, Plane prediction, Plane truth, Mask counted)
            throws UnscorableException {
        String protocol = record.protocol();
        if (fitsLine(record) && MogeAlignment.isUndetermined(prediction, truth, counted)) {
            return new NotCovered(
                    "all sampled predictions are equal: MoGe's line through two of them depends on the order"
                            + " that an unstable sort leaves; Fathom gives scale 0 and the weighted median");
        }
        if (protocol.startsWith(METRICS)) {
            return metrics(record, prediction, truth, counted);
        }
        return switch (protocol) {
            case "align (L1 scale)" -> {
                Fit fit = MogeAlignment.scale(prediction, truth, counted);
                yield sampled(Map.of("scale", fit.scale(), "loss", fit.loss()), counted);
            }
            case "align trunc=0.1" -> {
                Fit fit = MogeAlignment.truncatedScale(prediction, truth, counted, truncation(record));
                yield sampled(Map.of("scale", fit.scale(), "loss", fit.loss()), counted);
            }
            case "align_depth_affine (L1 scale+shift)" -> {
                Fit fit = MogeAlignment.scaleShift(prediction, truth, counted);
                yield sampled(Map.of("scale", fit.scale(), "shift", fit.shift(), "loss", fit.loss()), counted);
            }
            case "align_affine_lstsq depth, w=1/truth" -> {
                Fit fit = MogeAlignment.leastSquares(prediction, truth, counted);
                yield numbers(Map.of("scale", fit.scale(), "shift", fit.shift()), Map.of(), counted.count());
            }
            case "align_affine_lstsq disparity" -> {
                Fit fit = MogeAlignment.inverseScaleShift(prediction, truth, counted);
                yield numbers(Map.of("scale", fit.scale(), "shift", fit.shift()), Map.of(), counted.count());
            }
            case "boundary F1" -> boundaries(record, prediction, truth, counted);
            case "boundary F1, utils3d as pinned" ->
                new Raises("boundary F1 is computed: Fathom does not depend on the missing function of utils3d");
            case "align_depth_affine_irls" -> new NotCovered("ill-defined: the weights are 1 / error, so the first line"
                    + " that meets a pixel takes over in float32 or makes the equations singular");
            default -> new NotCovered("unknown protocol: " + protocol);
        };
    }

    /** Whether an absolute-error line through depth is part of the record. */
    private static boolean fitsLine(ToolkitRecord record) {
        CaseKind kind = record.only().kind();
        return switch (record.protocol()) {
            case "align_depth_affine (L1 scale+shift)" -> true;
            case "boundary F1" -> kind == CaseKind.AFFINE_DEPTH;
            default -> record.protocol().startsWith(METRICS) && kind != CaseKind.AFFINE_DISPARITY;
        };
    }

    private static double truncation(ToolkitRecord record) {
        return record.settings().values().get("trunc") instanceof JsonValue.Numeral numeral ? numeral.value() : 0.1;
    }

    private static Numbers sampled(Map<String, Double> metrics, Mask counted) {
        return numbers(metrics, Map.of(), MogeAlignment.sample(counted).length);
    }

    private static Numbers numbers(Map<String, Double> metrics, Map<String, Double> fit, long count) {
        return new Numbers(metrics, fit, OptionalLong.of(count));
    }

    private static ToolkitAnswer metrics(ToolkitRecord record, Plane prediction, Plane truth, Mask counted)
            throws UnscorableException {
        ToolkitCase pair = record.only();
        MogeScores scores = new MogeScores(truth, counted);
        switch (pair.kind()) {
            case METRIC -> {
                scores.depth("depth_metric", prediction);
                scores.scaled(prediction);
                scores.affine(prediction);
                scores.affineInverse(inverse(prediction));
            }
            case SCALE -> {
                scores.scaled(prediction);
                scores.affine(prediction);
                scores.affineInverse(inverse(prediction));
            }
            case AFFINE_DEPTH -> scores.affine(prediction);
            case AFFINE_DISPARITY -> scores.affineInverse(prediction);
        }
        String suffix = record.protocol().substring(METRICS.length());
        if (!suffix.isEmpty()) {
            MogePointScores points = new MogePointScores(pair, prediction, truth, counted, scores);
            switch (suffix) {
                case "+points_metric" -> {
                    points.shifted();
                    points.scaled();
                    points.affine();
                }
                case "+points_scale_invariant" -> {
                    points.scaled();
                    points.affine();
                }
                case "+points_affine_invariant" -> points.affine();
                default -> {
                    return new NotCovered("unknown protocol: " + record.protocol());
                }
            }
            points.fieldOfView();
        }
        return scores.numbers();
    }

    private static ToolkitAnswer boundaries(ToolkitRecord record, Plane prediction, Plane truth, Mask counted)
            throws UnscorableException {
        Plane depth = switch (record.only().kind()) {
            case METRIC -> prediction;
            case SCALE -> MogeAlignment.aligned(prediction, MogeAlignment.scale(prediction, truth, counted));
            case AFFINE_DEPTH ->
                MogeAlignment.aligned(prediction, MogeAlignment.scaleShift(prediction, truth, counted));
            case AFFINE_DISPARITY -> MogeAlignment.depth(
                    MogeAlignment.aligned(prediction, MogeAlignment.inverseScaleShift(prediction, truth, counted)),
                    SMALLEST_BOUNDARY_INVERSE_DEPTH);
        };
        if (counted.count() == 0) {
            throw new UnscorableException("the truth has no valid pixel");
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int radius = 1; radius <= 3; radius++) {
            metrics.put("boundary/radius" + radius + "_f1", MogeBoundaries.f1(depth, truth, counted, radius));
        }
        return numbers(metrics, Map.of(), counted.count());
    }

    private static Plane inverse(Plane depth) {
        float[] values = depth.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = 1 / values[i];
        }
        return Plane.wrap(values, depth.height(), depth.width());
    }

    /**
     * Means of float32 errors agree to 1e-5. Shares may differ by two pixels whose float32 ratio is at the threshold.
     * PyTorch solves least squares in float32, to 1e-4; small errors of disparity follow from that.
     */
    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        if (key.endsWith("n_lr")) {
            return Tolerance.relative(0);
        }
        if (key.endsWith("/delta1")) {
            return Tolerance.relative(1e-6).withAbsolute(2.0 / Math.max(1, record.count().orElse(1)));
        }
        if (record.protocol().startsWith("align_affine_lstsq") || key.startsWith("fit/align_affine_lstsq")) {
            return Tolerance.relative(1e-4).withAbsolute(1e-5);
        }
        return Tolerance.relative(1e-5).withAbsolute(1e-6);
    }
}
