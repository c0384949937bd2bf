package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.evaluation.metrics.TorchSum;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.normals.EvalMdeAlignment;
import fathom.evaluation.normals.EvalMdeAlignment.Space;
import fathom.evaluation.normals.RelativeNormals;
import fathom.evaluation.normals.SawaH;
import fathom.evaluation.ordinal.OrderAgreement;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitAnswer.Numbers;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.ValueStatistics;

/**
 * EvalMDE (princeton-vl/EvalMDE, commit ea9e21c). A pixel counts if its truth is finite and above 0. Terms and sums
 * are float32, as in EvalMDE.
 *
 * <p>Its peculiarities: RMSE log is in log10; 10⁻¹⁰ is added to denominators and to arguments of log10; a negative
 * prediction is within every δ; without a counted pixel a metric has no value (NaN) and an accuracy three of them.
 */
public final class EvalMdeToolkit implements Toolkit {
    private static final float EPSILON = 1e-10f;
    private static final Pattern SEED = Pattern.compile("manual_seed\\((\\d+)\\)");

    /** The thresholds of the accuracies by their names. */
    private static final Map<String, Double> ACCURACIES = Map.of("delta1", 1.25, "delta2", 1.25 * 1.25, "delta3",
            1.25 * 1.25 * 1.25, "delta0125", Math.pow(1.25, 0.125));

    /** Creates the toolkit. */
    public EvalMdeToolkit() {}

    @Override
    public String id() {
        return "evalmde";
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        Plane truth = pair.truth();
        Plane prediction = pair.prediction();
        if (prediction.height() != truth.height() || prediction.width() != truth.width()) {
            return new ToolkitAnswer.NotCovered("the prediction has another size than the truth");
        }
        Maps maps = new Maps(prediction, truth);
        try {
            return switch (record.protocol()) {
                case "standard" ->
                    new Numbers(maps.scores(prediction, List.of("absrel", "rmse", "rmse_log", "delta1", "delta2",
                            "delta3", "delta0125", "log10", "rmse_log_si")), Map.of(), OptionalLong.of(maps.count()));
                case "align depth_affine_lst_sq_clip_by_0" -> aligned(maps, Space.DEPTH);
                case "align disparity_affine_clip_by_0" -> aligned(maps, Space.INVERSE_DEPTH);
                case "align disparity_affine" -> aligned(maps, Space.INVERSE_DEPTH_WITHIN_TRUTH);
                case "boundary_f1" ->
                    Numbers.of(Map.of("error", 1 - SawaH.boundaryF1(prediction, maps.truth, maps.valid)));
                case "compute_rel_normal" -> relativeNormals(maps, pair);
                case "compute_sawa_h" -> sawaH(maps, pair, record);
                default -> new ToolkitAnswer.NotCovered("no reproduction of " + record.protocol());
            };
        } catch (UnscorableException e) {
            return new ToolkitAnswer.Raises("no score: " + e.reason());
        }
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        double pixels = Math.max(record.count().orElse(1), 1);
        String metric = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
        if (metric.equals("fit")) {
            return fitTolerance(record);
        }
        if (ACCURACIES.containsKey(metric)) {
            return Tolerance.relative(1e-6).withAbsolute(2 / pixels);
        }
        return switch (metric) {
            // The root of a difference of float32 sums
            case "rmse_log_si" ->
                Tolerance.relative(5e-5).withAbsolute(record.metrics().getOrDefault(key, 1.0) < 1e-3 ? 1e-3 : 0);
            case "rel_normal", "error" -> new Tolerance(1e-4, 1e-9);
            case "rel_depth_sampled", "rel_depth_all_pairs_own" -> Tolerance.relative(1e-6);
            // 0.18 and 0.01 of an accuracy each
            case "sawa_h" -> new Tolerance(1e-4, 0.19 * 2 / pixels);
            // A fit in float32 decides which pixels reach the floor of the inverse depth, 10 km. An exact fit leaves only
            // rounding.
            case "absrel" -> new Tolerance(record.fit().isEmpty() ? 1e-5 : 1e-3, 1e-6);
            default -> Tolerance.relative(1e-5).withAbsolute(1e-9);
        };
    }

    private static Tolerance fitTolerance(ToolkitRecord record) {
        double scale = Math.abs(record.fit().getOrDefault("scale", 0.0));
        double shift = Math.abs(record.fit().getOrDefault("shift", 0.0));
        double size = Double.isFinite(scale + shift) ? scale + shift : 0;
        boolean depth = record.protocol().contains("depth_affine");
        return Tolerance.relative(depth ? 1e-6 : 1e-4).withAbsolute((depth ? 1e-7 : 1e-5) * size);
    }

    private static Numbers aligned(Maps maps, Space space) throws UnscorableException {
        EvalMdeAlignment fit = EvalMdeAlignment.fit(maps.prediction, maps.truth, maps.valid, space);
        return new Numbers(maps.scores(fit.aligned(), List.of("absrel", "delta0125", "delta1")),
                Map.of("scale", (double) fit.scale(), "shift", (double) fit.shift()), OptionalLong.of(maps.count()));
    }

    private static ToolkitAnswer relativeNormals(Maps maps, ToolkitCase pair) {
        if (pair.intrinsics().isEmpty()) {
            return new ToolkitAnswer.NotCovered("the case has no intrinsics");
        }
        Intrinsics camera = single(pair.intrinsics().get());
        return Numbers.of(
                Map.of("rel_normal", RelativeNormals.error(maps.prediction, camera, maps.truth, camera, maps.valid)));
    }

    /** Answers with the pairs of the seed that the settings name; with all pairs if they name none. */
    private static ToolkitAnswer sawaH(Maps maps, ToolkitCase pair, ToolkitRecord record) throws UnscorableException {
        if (pair.intrinsics().isEmpty()) {
            return new ToolkitAnswer.NotCovered("the case has no intrinsics");
        }
        Intrinsics camera = single(pair.intrinsics().get());
        SawaH errors = SawaH.of(maps.prediction, camera, maps.truth, camera, maps.valid);
        double all = 1 - errors.order();
        Matcher seed = SEED.matcher(String.valueOf(record.settings().flat().get("random")));
        double sampled = all;
        if (seed.find()) {
            sampled = OrderAgreement.ofSampledPairs(maps.predicted, maps.measured, OrderAgreement.EVALMDE_PAIRS,
                    Long.parseLong(seed.group(1)));
            errors = errors.withOrder(1 - sampled);
        }
        return new Numbers(
                Map.of("sawa_h", errors.value(), "rel_depth_sampled", sampled, "rel_depth_all_pairs_own", all),
                Map.of(), OptionalLong.of(maps.count()));
    }

    /** Returns the camera with float32 numbers, as EvalMDE reads it. */
    private static Intrinsics single(Intrinsics camera) {
        return new Intrinsics((float) camera.fx(), (float) camera.fy(), (float) camera.cx(), (float) camera.cy());
    }

    /** The maps of a case and their counted pixels. */
    private static final class Maps {
        final Plane prediction;
        final Plane truth;
        final Mask valid;
        final float[] predicted;
        final float[] measured;

        Maps(Plane prediction, Plane truth) {
            this.prediction = prediction;
            this.truth = truth;
            valid = Mask.ofPositive(truth);
            predicted = ValueStatistics.selected(prediction, valid);
            measured = ValueStatistics.selected(truth, valid);
        }

        int count() {
            return measured.length;
        }

        Map<String, Double> scores(Plane values, List<String> names) {
            float[] p = ValueStatistics.selected(values, valid);
            Map<String, Double> scores = new LinkedHashMap<>();
            for (String name : names) {
                Double threshold = ACCURACIES.get(name);
                if (count() > 0) {
                    scores.put(name,
                            (double) (threshold == null ? score(name, values) : share(p, threshold.floatValue())));
                } else if (threshold == null) {
                    scores.put(name, Double.NaN);
                } else {
                    for (int i = 0; i < 3; i++) {
                        scores.put(name + "/" + i, Double.NaN);
                    }
                }
            }
            return scores;
        }

        private float share(float[] p, float threshold) {
            int within = 0;
            for (int i = 0; i < p.length; i++) {
                float tp = measured[i] / (p[i] + EPSILON);
                float pt = p[i] / (measured[i] + EPSILON);
                within += tp < threshold && pt < threshold ? 1 : 0;
            }
            return (float) within / p.length;
        }

        private float score(String name, Plane values) {
            float[] terms = terms(name, values);
            float n = count();
            return switch (name) {
                case "absrel", "log10" -> TorchSum.of(terms) / n;
                case "rmse", "rmse_log" -> (float) Math.sqrt(TorchSum.of(squares(terms)) / n);
                case "rmse_log_si" -> {
                    float sum = TorchSum.of(terms);
                    float pixels = (long) count() * count();
                    yield (float) Math.sqrt(TorchSum.of(squares(terms)) / n - sum * sum / pixels);
                }
                default -> throw unknown(name);
            };
        }

        /** Returns the term of each pixel, 0 where the pixel is not counted. */
        private float[] terms(String name, Plane values) {
            float[] p = values.toArray();
            float[] t = truth.toArray();
            for (int i = 0; i < p.length; i++) {
                p[i] = valid.array()[i] ? term(name, p[i], t[i]) : 0;
            }
            return p;
        }

        private static float[] squares(float[] terms) {
            float[] squares = new float[terms.length];
            for (int i = 0; i < squares.length; i++) {
                squares[i] = terms[i] * terms[i];
            }
            return squares;
        }

        private static float term(String name, float p, float t) {
            return switch (name) {
                case "absrel" -> Math.abs(t - p) / (t + EPSILON);
                case "rmse" -> t - p;
                case "rmse_log" -> log10(p) - log10(t);
                case "log10" -> Math.abs(log10(p) - log10(t));
                case "rmse_log_si" -> (float) Math.log(p) - (float) Math.log(t);
                default -> throw unknown(name);
            };
        }

        private static IllegalArgumentException unknown(String name) {
            return new IllegalArgumentException("metric: expected one of EvalMDE, found " + name);
        }

        private static float log10(float value) {
            return (float) Math.log10(value + EPSILON);
        }
    }
}
