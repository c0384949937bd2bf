package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import fathom.evaluation.edges.BoundaryError;
import fathom.evaluation.edges.OcclusionEdges;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.points.Chamfer;
import fathom.evaluation.points.F1Curve;
import fathom.evaluation.points.FScore;
import fathom.evaluation.points.NearestDistances;
import fathom.evaluation.points.PointClouds;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * Answers the point cloud and edge protocols of three toolkits that have other protocols too: {@code mdec}
 * (jspenmar/monodepth_benchmark), {@code plumbline} (kmatzen/plumbline) and {@code unidepth} (lpiccinelli-eth/UniDepth).
 */
public final class PointCloudRecords {
    private static final String MDEC_CLOUD = "mdec metrics_pointcloud";
    private static final String MDEC_EDGES = "mdec metrics_ibims";
    private static final String PLUMBLINE_CLOUD = "plumbline chamfer_distance, f_score 0.1 m";
    private static final String PLUMBLINE_EDGES = "plumbline boundary_edge_mask";
    private static final String UNIDEPTH = "unidepth eval_3d";

    private static final double MDEC_PLANE = 10;
    private static final double MDEC_LOWEST_SHARE = 1e-3;
    private static final double PLUMBLINE_OUTLIER = 0.2;
    private static final double EDGE_TOLERANCE = 0.1;
    private static final ToolkitAnswer NO_CAMERA = new ToolkitAnswer.Raises(
            "point clouds are left out if the camera is unknown");
    private static final ToolkitAnswer NOT_FINITE = new ToolkitAnswer.Raises(
            "pixels whose prediction is not finite are left out of the clouds, and counted");
    private static final ToolkitAnswer NAN_IN_TREE = new ToolkitAnswer.NotCovered(
            "the k-d tree of SciPy misses nearest points if the prediction has NaN");
    private static final ToolkitAnswer NO_THRESHOLDS = new ToolkitAnswer.Raises(
            "F1 is NaN if the smallest depth is not above 0");

    private PointCloudRecords() {}

    /**
     * {@return Fathom's numbers; empty if the record is of another toolkit or protocol}
     *
     * @param record a record
     * @throws IOException if an array of a case cannot be read
     */
    public static Optional<ToolkitAnswer> answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        return switch (name(record)) {
            case MDEC_CLOUD -> Optional.of(mdecCloud(pair));
            case MDEC_EDGES -> Optional.of(mdecEdges(pair));
            case PLUMBLINE_CLOUD -> Optional.of(plumblineCloud(pair));
            case PLUMBLINE_EDGES -> Optional.of(plumblineEdges(pair));
            case UNIDEPTH -> Optional.of(UniDepthClouds.answer(pair));
            default -> Optional.empty();
        };
    }

    /**
     * {@return the largest accepted difference for a number of a record that {@link #answer} answers} MDEC and UniDepth
     * compute in float32 (1e-5); two points of each cloud may be on the other side of a threshold. Plumbline computes in
     * float64 (1e-9).
     *
     * @param record the record
     * @param key the name of the number; numbers of the alignment start with {@code fit/}
     */
    public static Tolerance tolerance(ToolkitRecord record, String key) {
        double twoPoints = 2.0 / Math.max(1, record.count().orElse(Long.MAX_VALUE));
        return switch (name(record)) {
            case MDEC_CLOUD -> key.equals("Chamfer")
                    ? Tolerance.relative(1e-5)
                    : Tolerance.relative(1e-6).withAbsolute(100 * twoPoints);
            case UNIDEPTH -> key.equals("F1")
                    ? Tolerance.relative(1e-5).withAbsolute(twoPoints / F1Curve.THRESHOLDS)
                    : Tolerance.relative(1e-5);
            default -> Tolerance.relative(1e-9);
        };
    }

    /**
     * {@return whether {@link #answer} has an answer}
     *
     * @param record a record
     */
    public static boolean answers(ToolkitRecord record) {
        return switch (name(record)) {
            case MDEC_CLOUD, MDEC_EDGES, PLUMBLINE_CLOUD, PLUMBLINE_EDGES, UNIDEPTH -> true;
            default -> false;
        };
    }

    private static String name(ToolkitRecord record) {
        return record.toolkit() + " " + record.protocol();
    }

    /** {@return where min < truth < max, compared in float32} */
    static Mask inRange(ToolkitCase pair, Plane truth) {
        float min = (float) pair.min();
        float max = (float) pair.max();
        return Mask.where(truth, value -> Float.isFinite(value) && value > min && value < max);
    }

    static ToolkitAnswer noCamera() {
        return NO_CAMERA;
    }

    static ToolkitAnswer notFinite() {
        return NOT_FINITE;
    }

    static ToolkitAnswer noThresholds() {
        return NO_THRESHOLDS;
    }

    private static Plane clipped(ToolkitCase pair) throws IOException {
        Plane prediction = pair.prediction();
        float[] values = prediction.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i], (float) pair.min()), (float) pair.max());
        }
        return Plane.wrap(values, prediction.height(), prediction.width());
    }

    private static ToolkitAnswer mdecCloud(ToolkitCase pair) throws IOException {
        if (pair.intrinsics().isEmpty()) {
            return NO_CAMERA;
        }
        Intrinsics camera = pair.intrinsics().get();
        Plane truth = pair.truth();
        Mask mask = inRange(pair, truth);
        float[] predicted = PointClouds.unproject(clipped(pair), camera, mask);
        if (!PointClouds.isFinite(predicted)) {
            return NOT_FINITE;
        }
        NearestDistances distances = NearestDistances.between(predicted, PointClouds.unproject(truth, camera, mask));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("Chamfer", Chamfer.sum(distances));
        mdecScore(FScore.at(distances, 0.1), "", metrics);
        mdecScore(FScore.at(distances, 0.2), "-20", metrics);
        return new ToolkitAnswer.Numbers(metrics, Map.of(), OptionalLong.of(mask.count()));
    }

    /** MDEC gives the precision instead of both numbers if precision and recall are below a limit. */
    private static void mdecScore(FScore score, String suffix, Map<String, Double> metrics) {
        boolean low = score.precision() < MDEC_LOWEST_SHARE && score.recall() < MDEC_LOWEST_SHARE;
        metrics.put("F-Score" + suffix, 100 * (low ? score.precision() : score.f1()));
        metrics.put("IoU" + suffix, 100 * (low ? score.precision() : score.intersectionOverUnion()));
    }

    private static ToolkitAnswer mdecEdges(ToolkitCase pair) throws IOException {
        Plane truth = pair.truth();
        Plane prediction = clipped(pair);
        Mask edges = inRange(pair, truth).and(Mask.where(pair.plane("edges"), value -> value > 0));
        BoundaryError error = BoundaryError.monodepthBenchmark(edges, prediction);
        float[] t = truth.toArray();
        float[] p = prediction.toArray();
        int near = 0;
        int far = 0;
        for (int i = 0; i < t.length; i++) {
            boolean before = t[i] <= MDEC_PLANE;
            boolean predictedBefore = p[i] <= MDEC_PLANE;
            near += predictedBefore && !before ? 1 : 0;
            far += before && !predictedBefore ? 1 : 0;
        }
        double percent = 100.0 / t.length;
        return ToolkitAnswer.Numbers.of(Map.of("DirAcc", percent * (t.length - near - far), "Dir (-)", percent * near,
                "Dir (+)", percent * far, "EdgeAcc", error.accuracy(), "EdgeComp", error.completeness()));
    }

    private static ToolkitAnswer plumblineCloud(ToolkitCase pair) throws IOException {
        if (pair.intrinsics().isEmpty()) {
            return NO_CAMERA;
        }
        Intrinsics camera = pair.intrinsics().get();
        Plane truth = pair.truth();
        Mask mask = inRange(pair, truth);
        float[] predicted = PointClouds.unproject(pair.prediction(), camera, mask);
        if (hasNan(predicted)) {
            return NAN_IN_TREE;
        }
        NearestDistances distances = NearestDistances.between(predicted, PointClouds.unproject(truth, camera, mask));
        FScore score = FScore.at(distances, 0.1);
        Map<String, Double> metrics = Map.of("chamfer", Chamfer.sum(distances), "precision", 100 * score.precision(),
                "recall", 100 * score.recall(), "f_score", 100 * score.f1(), "chamfer_outlier1",
                Chamfer.withoutOutliers(distances, PLUMBLINE_OUTLIER));
        return new ToolkitAnswer.Numbers(metrics, Map.of(), OptionalLong.of(mask.count()));
    }

    private static boolean hasNan(float[] points) {
        for (float coordinate : points) {
            if (Float.isNaN(coordinate)) {
                return true;
            }
        }
        return false;
    }

    private static ToolkitAnswer plumblineEdges(ToolkitCase pair) throws IOException {
        Plane truth = pair.truth();
        Mask mask = inRange(pair, truth);
        double count = OcclusionEdges.of(truth, mask, EDGE_TOLERANCE).count();
        return new ToolkitAnswer.Numbers(Map.of("n_edge", count), Map.of(), OptionalLong.of(mask.count()));
    }
}
