package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import fathom.evaluation.edges.BoundaryError;
import fathom.evaluation.edges.DirectedDepthError;
import fathom.evaluation.edges.PlanarityError;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.formats.NdArray;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * The Python script of the authors of iBims-1, {@code evaluate_ibims_error_metrics.py}, in the copy of
 * xuefeng-cvr/BS-Net.
 */
public final class IbimsToolkit implements Toolkit {
    private static final String PLANARITY = "compute_planarity_error ";
    private static final int LAST_BIN = 20;
    private static final double DIRECTED_DEPTH = 3;
    private static final int NORMAL_COLUMN = 4;
    private static final ToolkitAnswer SHAPES_DIFFER = new ToolkitAnswer.Raises(
            "a pixel without a prediction is left out together with its truth, and counted");
    private static final ToolkitAnswer NO_PLANE = new ToolkitAnswer.Raises(
            "pixels without a finite prediction are left out; NaN if fewer than three remain");

    /** Creates the toolkit. */
    public IbimsToolkit() {}

    @Override
    public String id() {
        return "ibims";
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        String protocol = record.protocol();
        if (protocol.startsWith(PLANARITY)) {
            return planarity(pair, protocol.substring(PLANARITY.length()));
        }
        return switch (protocol) {
            case "compute_global_errors" -> globalErrors(IbimsPairs.of(pair));
            case "compute_directed_depth_error 3 m" -> directedDepth(IbimsPairs.of(pair));
            case "compute_depth_boundary_error" -> boundary(pair);
            case "compute_distance_related_errors" -> distanceBins(IbimsPairs.of(pair));
            default -> new ToolkitAnswer.NotCovered("protocol \"" + protocol + "\" is unknown");
        };
    }

    /**
     * {@inheritDoc} The script sums float32 values in pairs, Fathom in float64 (2e-6). Shares, boundary errors and edge
     * counts are equal; plane fits differ in the last digits (1e-8).
     */
    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        if (record.protocol().startsWith(PLANARITY)) {
            return Tolerance.relative(1e-8);
        }
        return switch (key) {
            case "thr1", "thr2", "thr3", "dde_0", "dde_m", "dde_p", "dbe_acc", "dbe_com", "n_estimated_edges" ->
                Tolerance.relative(1e-12);
            default -> Tolerance.relative(2e-6);
        };
    }

    private static ToolkitAnswer globalErrors(IbimsPairs pairs) {
        if (!pairs.broadcast()) {
            return SHAPES_DIFFER;
        }
        IbimsErrors errors = IbimsErrors.of(pairs.truth(), pairs.prediction());
        Map<String, Double> metrics = Map.of("abs_rel", errors.absRel(), "sq_rel", errors.sqRel(), "rmse",
                errors.rmse(), "log10", errors.log10(), "thr1", errors.delta1(), "thr2", errors.delta2(), "thr3",
                errors.delta3());
        return new ToolkitAnswer.Numbers(metrics, Map.of(), OptionalLong.of(pairs.valid()));
    }

    private static ToolkitAnswer directedDepth(IbimsPairs pairs) {
        if (!pairs.broadcast()) {
            return SHAPES_DIFFER;
        }
        DirectedDepthError error = DirectedDepthError.of(pairs.truth(), pairs.prediction(), DIRECTED_DEPTH);
        Map<String, Double> metrics = Map.of("dde_0", error.correct(), "dde_m", error.tooNear(), "dde_p",
                error.tooFar());
        return new ToolkitAnswer.Numbers(metrics, Map.of(), OptionalLong.of(pairs.valid()));
    }

    private static ToolkitAnswer distanceBins(IbimsPairs pairs) {
        if (!pairs.match()) {
            return SHAPES_DIFFER;
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int bin = 0; bin < LAST_BIN; bin++) {
            IbimsPairs inside = pairs.between(bin, bin + 1f);
            IbimsErrors errors = IbimsErrors.of(inside.truth(), inside.prediction());
            metrics.put("abs_rel/" + bin, errors.absRel());
            metrics.put("log10/" + bin, errors.log10());
            metrics.put("rms/" + bin, errors.rmse());
        }
        return ToolkitAnswer.Numbers.of(metrics);
    }

    private static ToolkitAnswer boundary(ToolkitCase pair) throws IOException {
        Plane prediction = pair.prediction();
        Mask edges = pair.has("edges")
                ? Mask.where(pair.plane("edges"), value -> value != 0)
                : Mask.filled(prediction.height(), prediction.width(), false);
        BoundaryError error = BoundaryError.ibims(edges, prediction);
        double count = edges.count() == 0 ? Double.NaN : error.predictedEdges();
        return ToolkitAnswer.Numbers
                .of(Map.of("dbe_acc", error.accuracy(), "dbe_com", error.completeness(), "n_estimated_edges", count));
    }

    private static ToolkitAnswer planarity(ToolkitCase pair, String surface) throws IOException {
        Plane truth = pair.truth();
        Plane prediction = pair.prediction();
        Plane labels = pair.plane("mask_" + surface);
        NdArray parameters = pair.array("paras_" + surface);
        int[] shape = parameters.shape();
        int columns = shape[shape.length - 1];
        int planes = parameters.size() / columns;
        double[] values = parameters.toDoubles();
        Intrinsics camera = camera(pair.array("calib").toDoubles());
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int plane = 0; plane < planes; plane++) {
            float label = plane + 1f;
            Mask mask = Mask.where(labels, value -> value == label);
            int from = plane * columns + NORMAL_COLUMN;
            double[] normal = {values[from], values[from + 1], values[from + 2]};
            PlanarityError error = PlanarityError.of(truth, prediction, mask, normal, camera);
            if (mask.count() >= PlanarityError.MIN_PIXELS
                    && (error.points() < 3 || mask.and(infinite(prediction)).count() > 0)) {
                return NO_PLANE;
            }
            String suffix = planes == 1 ? "" : "/" + plane;
            metrics.put("pe_fla_cm" + suffix, error.flatness());
            metrics.put("pe_ori_deg" + suffix, error.orientation());
        }
        return ToolkitAnswer.Numbers.of(metrics);
    }

    private static Mask infinite(Plane values) {
        return Mask.where(values, Float::isInfinite);
    }

    /** {@return the camera of a transposed 3×3 matrix whose first pixel has the centre (1, 1)} */
    private static Intrinsics camera(double[] calibration) {
        return new Intrinsics(calibration[0], calibration[4], calibration[6] - 1, calibration[7] - 1);
    }
}
