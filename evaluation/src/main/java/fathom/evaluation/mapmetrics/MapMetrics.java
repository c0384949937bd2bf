package fathom.evaluation.mapmetrics;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import fathom.evaluation.boundaries.DepthProBoundaries;
import fathom.evaluation.boundaries.MogeBoundaries;
import fathom.evaluation.edges.BoundaryError;
import fathom.evaluation.edges.Canny;
import fathom.evaluation.edges.DirectedDepthError;
import fathom.evaluation.metrics.GradientError;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Metric.Better;
import fathom.evaluation.metrics.MetricFunction;
import fathom.evaluation.metrics.MetricUnit;
import fathom.evaluation.metrics.MultiScaleSsim;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.normals.NormalError;
import fathom.evaluation.normals.RelativeNormals;
import fathom.evaluation.normals.SawaH;
import fathom.evaluation.ordinal.OrderAgreement;
import fathom.evaluation.ordinal.SpearmanCorrelation;
import fathom.evaluation.points.Chamfer;
import fathom.evaluation.points.FScore;
import fathom.evaluation.points.NearestDistances;
import fathom.evaluation.points.PointClouds;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * The metrics that need whole maps, not only sums over pixels. A metric is NaN, so absent, where it is not defined: point
 * clouds and normals without a camera, boundaries of maps smaller than their window.
 */
public final class MapMetrics {
    private static final double PLANE_METRES = 3;
    private static final double POINT_METRES = 0.1;

    /** Scale-invariant boundary F1 of Depth Pro, NaN outside the mask. */
    public static final Metric BOUNDARY_F1 = metric("boundary_f1", "boundary F1", MetricUnit.NONE, Better.HIGHER, 4,
            "F1 of occlusion edges: ratios of neighbours above t, mean over t = 1.05 … 1.25 weighted by t",
            "Bochkovskii et al., Depth Pro, 2024, src/depth_pro/eval/boundary_metrics.py SI_boundary_F1",
            maps -> DepthProBoundaries.f1(maps.prediction(), maps.truth(), maps.counted()));
    /** Boundary F1 of MoGe within one pixel. */
    public static final Metric BOUNDARY_RADIUS_1 = moge(1);
    /** Boundary F1 of MoGe within two pixels. */
    public static final Metric BOUNDARY_RADIUS_2 = moge(2);
    /** Boundary F1 of MoGe within three pixels. */
    public static final Metric BOUNDARY_RADIUS_3 = moge(3);
    /** Depth boundary error of iBims-1: accuracy. */
    public static final Metric DBE_ACCURACY = metric("dbe_acc", "DBE acc", MetricUnit.PIXELS, Better.LOWER, 2,
            "mean distance from predicted edges to true edges, up to 10 px",
            "Koch et al., iBims-1, 2018, section 4.3; edges of both maps by Canny with σ = √2",
            maps -> boundaryError(maps).accuracy());
    /** Depth boundary error of iBims-1: completeness. */
    public static final Metric DBE_COMPLETENESS = metric("dbe_com", "DBE com", MetricUnit.PIXELS, Better.LOWER, 2,
            "mean distance from true edges to predicted edges, up to 10 px",
            "Koch et al., iBims-1, 2018, section 4.3; edges of both maps by Canny with σ = √2",
            maps -> boundaryError(maps).completeness());
    /** Directed depth error of iBims-1: the share on the right side of a plane. */
    public static final Metric DDE_CORRECT = metric("dde_0", "DDE 0", MetricUnit.PERCENT, Better.HIGHER, 2,
            "share of pixels on the same side of the plane at 3 m as the truth",
            "Koch et al., iBims-1, 2018, section 4.3", maps -> directed(maps).correct());
    /** Directed depth error of iBims-1: the share that is predicted too near. */
    public static final Metric DDE_NEAR = metric("dde_m", "DDE −", MetricUnit.PERCENT, Better.LOWER, 2,
            "share of pixels beyond the plane at 3 m that are predicted before it",
            "Koch et al., iBims-1, 2018, section 4.3", maps -> directed(maps).tooNear());
    /** Directed depth error of iBims-1: the share that is predicted too far. */
    public static final Metric DDE_FAR = metric("dde_p", "DDE +", MetricUnit.PERCENT, Better.LOWER, 2,
            "share of pixels before the plane at 3 m that are predicted beyond it",
            "Koch et al., iBims-1, 2018, section 4.3", maps -> directed(maps).tooFar());
    /** Chamfer distance of the two point clouds. */
    public static final Metric CHAMFER = cameraMetric("chamfer", "Chamfer", MetricUnit.METRES, Better.LOWER, 4,
            "mean distance from predicted points to true points, plus the mean from true to predicted",
            "MDEC, src/core/metrics.py metrics_pointcloud; both clouds by the camera of the truth",
            maps -> clouds(maps).map(Chamfer::sum).orElse(Double.NaN));
    /** F-score of the two point clouds at 10 cm. */
    public static final Metric F_SCORE = cameraMetric("f_score", "F-score", MetricUnit.NONE, Better.HIGHER, 4,
            "harmonic mean of the shares of predicted and true points within 0.1 m of the other cloud",
            "Knapitsch et al., Tanks and Temples, 2017; both clouds by the camera of the truth",
            maps -> clouds(maps).map(distances -> FScore.at(distances, POINT_METRES).f1()).orElse(Double.NaN));
    /** Mean angle between surface normals. */
    public static final Metric NORMAL_MEAN = cameraMetric("normal_mean", "normals", MetricUnit.DEGREES, Better.LOWER, 2,
            "mean angle between the surface normals of truth and prediction",
            "Eigen, Fergus 2015; both maps by the camera of the truth", maps -> normals(maps).mean());
    /** Relative normals error of EvalMDE. */
    public static final Metric RELATIVE_NORMALS = cameraMetric("rel_normal", "rel. normals", MetricUnit.NONE,
            Better.LOWER, 4, "mean difference of the angles between pairs of normals, radians, over four scales",
            "EvalMDE, evalmde/metrics/rel_normal.py", maps -> camera(maps,
                    camera -> RelativeNormals.error(maps.prediction(), camera, maps.truth(), camera, maps.counted())));
    /** SAWA-H of EvalMDE. */
    public static final Metric SAWA_H = cameraMetric("sawa_h", "SAWA-H", MetricUnit.NONE, Better.LOWER, 4,
            "3.65·(1 − order) + 0.18·(1 − δ0.125 aligned in inverse depth) + 0.01·(1 − δ0.125 aligned in depth) + "
                    + "0.20·(1 − boundary F1) + 1.94·relative normals",
            "EvalMDE, evalmde/metrics/sawa_h.py; order over all pairs", MapMetrics::sawaH);
    /** Spearman's rank correlation. */
    public static final Metric SPEARMAN = metric("spearman", "Spearman", MetricUnit.NONE, Better.HIGHER, 4,
            "correlation of the ranks of truth and prediction; equal values have their mean rank",
            "Spearman 1904; scipy.stats.spearmanr", maps -> SpearmanCorrelation.of(predicted(maps), measured(maps)));
    /** Share of pairs of pixels in the right order. */
    public static final Metric ORDER = metric("order", "order", MetricUnit.NONE, Better.HIGHER, 4,
            "share of ordered pairs of pixels for which p₁ < p₂ exactly if g₁ < g₂",
            "EvalMDE, evalmde/metrics/standard.py rel_depth, over all pairs",
            maps -> OrderAgreement.ofAllPairs(ordered(maps), measured(maps)));
    /** Gradient error of log depth. */
    public static final Metric GRADIENT = metric("gradient", "gradient", MetricUnit.NONE, Better.LOWER, 4,
            "mean absolute difference of the gradients of ln p and ln g between neighbours",
            "Li, Snavely, MegaDepth, 2018, section 4.2",
            maps -> GradientError.of(maps.prediction(), maps.truth(), maps.counted()));
    /** Multi-scale structural similarity over the span of the truth; only for maps without a missing pixel. */
    public static final Metric MS_SSIM = metric("ms_ssim", "MS-SSIM", MetricUnit.NONE, Better.HIGHER, 4,
            "product of structural similarities at five scales, data range: span of the truth",
            "Wang, Simoncelli, Bovik, Multiscale Structural Similarity, 2003", MapMetrics::multiScale);

    private static final List<Metric> ALL = List.of(BOUNDARY_F1, BOUNDARY_RADIUS_1, BOUNDARY_RADIUS_2,
            BOUNDARY_RADIUS_3, DBE_ACCURACY, DBE_COMPLETENESS, DDE_CORRECT, DDE_NEAR, DDE_FAR, CHAMFER, F_SCORE,
            NORMAL_MEAN, RELATIVE_NORMALS, SAWA_H, SPEARMAN, ORDER, GRADIENT, MS_SSIM);

    private MapMetrics() {}

    /** {@return every metric of the program: the pixelwise ones, those of pictures, and those of maps} */
    public static List<Metric> withPixelwise() {
        return Stream.concat(Metric.all().stream(), ALL.stream()).toList();
    }

    /**
     * {@return the metric with that key, empty if there is none}
     *
     * @param key the key, for example {@code "absrel"}
     */
    public static Optional<Metric> named(String key) {
        return withPixelwise().stream().filter(metric -> metric.key().equals(key)).findFirst();
    }

    private interface MapFunction {
        double apply(ScoredMaps maps) throws UnscorableException;
    }

    private interface CameraFunction {
        double apply(Intrinsics camera) throws UnscorableException;
    }

    private static Metric metric(String key, String title, MetricUnit unit, Better better, int decimals, String formula,
            String source, MapFunction function) {
        return Metric.ofMaps(key, title, unit, better, decimals, formula, source,
                new MetricFunction.OfMaps(value(function), false));
    }

    private static Metric cameraMetric(String key, String title, MetricUnit unit, Better better, int decimals,
            String formula, String source, MapFunction function) {
        return Metric.ofMaps(key, title, unit, better, decimals, formula, source,
                new MetricFunction.OfMaps(value(function), true));
    }

    private static ToDoubleFunction<ScoredMaps> value(MapFunction function) {
        return maps -> {
            try {
                return maps.counted().count() == 0 ? Double.NaN : function.apply(maps);
            } catch (UnscorableException e) {
                return Double.NaN;
            }
        };
    }

    private static Metric moge(int radius) {
        return metric("boundary_r" + radius, "boundary r" + radius, MetricUnit.NONE, Better.HIGHER, 4,
                "F1 of occlusion edges matched within " + radius
                        + " px, mean over ratios 1.05 … 1.25 weighted by the ratio",
                "Wang et al., MoGe, 2024, moge/test/metrics.py boundary_f1",
                maps -> MogeBoundaries.f1(maps.prediction(), maps.truth(), maps.counted(), radius));
    }

    private static double camera(ScoredMaps maps, CameraFunction function) throws UnscorableException {
        return maps.intrinsics().isPresent() ? function.apply(maps.intrinsics().get()) : Double.NaN;
    }

    private static BoundaryError boundaryError(ScoredMaps maps) {
        Plane truth = maps.truth();
        return BoundaryError.ibims(Canny.withSigma(Math.sqrt(2)).edges(normalised(truth), maps.counted()),
                maps.prediction());
    }

    /** Returns the values divided by their maximum, as iBims-1 scales a map before it looks for edges. */
    private static Plane normalised(Plane values) {
        float[] scaled = values.toArray();
        float max = 0;
        for (float value : scaled) {
            max = Float.isFinite(value) ? Math.max(max, value) : max;
        }
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = max > 0 ? scaled[i] / max : 0;
        }
        return Plane.wrap(scaled, values.height(), values.width());
    }

    private static DirectedDepthError directed(ScoredMaps maps) {
        return DirectedDepthError.of(measured(maps), predicted(maps), PLANE_METRES);
    }

    private static Optional<NearestDistances> clouds(ScoredMaps maps) {
        if (maps.intrinsics().isEmpty()) {
            return Optional.empty();
        }
        Intrinsics camera = maps.intrinsics().get();
        float[] prediction = PointClouds.unproject(maps.prediction(), camera, maps.counted());
        return PointClouds.isFinite(prediction)
                ? Optional.of(NearestDistances.between(prediction,
                        PointClouds.unproject(maps.truth(), camera, maps.counted())))
                : Optional.empty();
    }

    private static NormalError normals(ScoredMaps maps) throws UnscorableException {
        if (maps.intrinsics().isEmpty()) {
            throw new UnscorableException("normals need a camera");
        }
        Intrinsics camera = maps.intrinsics().get();
        return NormalError.of(maps.prediction(), camera, maps.truth(), camera, maps.counted());
    }

    private static double multiScale(ScoredMaps maps) {
        int side = Math.min(maps.truth().height(), maps.truth().width());
        if (maps.counted().count() < maps.truth().size() || side < MultiScaleSsim.LEAST_SIDE) {
            return Double.NaN;
        }
        ValueStatistics span = ValueStatistics.of(maps.truth(), maps.counted());
        return span.max() > span.min()
                ? MultiScaleSsim.of(maps.truth(), maps.prediction(), (double) span.max() - span.min())
                : Double.NaN;
    }

    private static double sawaH(ScoredMaps maps) throws UnscorableException {
        ordered(maps);
        return camera(maps,
                camera -> SawaH.of(maps.prediction(), camera, maps.truth(), camera, maps.counted()).value());
    }

    /** Returns the counted predictions, which have an order only if none is NaN. */
    private static float[] ordered(ScoredMaps maps) throws UnscorableException {
        float[] values = predicted(maps);
        for (float value : values) {
            if (Float.isNaN(value)) {
                throw new UnscorableException("a prediction that is not a number has no order");
            }
        }
        return values;
    }

    private static float[] predicted(ScoredMaps maps) {
        return ValueStatistics.selected(maps.prediction(), maps.counted());
    }

    private static float[] measured(ScoredMaps maps) {
        return ValueStatistics.selected(maps.truth(), maps.counted());
    }
}
