package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.Work;

/** UniDepth's evaluation of depth maps, by the protocol {@code unidepth} and the additional numbers of its script. */
public final class UniDepthToolkit extends PixelToolkit {
    private static final int EXPONENTS = 100;
    private static final double TAU = 1.03;
    /** A logarithm of a depth below 55 m is rounded to 2 units of the last place of 1; a difference has two of them. */
    private static final double UNITS_OF_LOGARITHM = 4;
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("d1", sums -> sums.share(1.25));
        NAMES.put("d2", sums -> sums.share(Math.pow(1.25, 2)));
        NAMES.put("d3", sums -> sums.share(Math.pow(1.25, 3)));
        NAMES.put("rmse", PixelSums::rmse);
        NAMES.put("rmselog", PixelSums::rmseLog);
        NAMES.put("arel", PixelSums::absRel);
        NAMES.put("sqrel", PixelSums::sqRel);
        NAMES.put("log10", PixelSums::log10);
        NAMES.put("silog", sums -> 100 * sums.logStandardDeviation());
        NAMES.put("tau", sums -> sums.share(TAU));
    }

    /** Creates the toolkit. */
    public UniDepthToolkit() {
        super("unidepth", 1e-5);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        StepProtocol protocol = Pairs.protocol("unidepth").withRange(pair.min(), pair.max());
        Work work;
        try {
            work = Pairs.workOnDepth(protocol, pair);
        } catch (UnscorableException e) {
            return Pairs.raises(e);
        }
        float[] g = selected(work, true, Double.POSITIVE_INFINITY);
        float[] p = selected(work, false, Double.POSITIVE_INFINITY);
        float[] line = line(p, g);
        if (line.length == 0) {
            return new ToolkitAnswer.Raises("the scale-and-shift numbers are absent, all others are given");
        }
        Map<String, Double> metrics = new LinkedHashMap<>(Pairs.values(sums(g, p), NAMES));
        rescaled(metrics, g, affine(p, line[0], line[1]), "ssi");
        rescaled(metrics, g, medianScaled(p, lowerMedian(g), lowerMedian(p)), "si");
        metrics.put("medianlog", medianLog(g, p));
        metrics.put("d_auc", area(g, p));
        return new ToolkitAnswer.Numbers(metrics, fit(work, pair.max()), OptionalLong.of(g.length));
    }

    /** Returns the alignments over the measurements below the maximum; the metrics count those at the maximum too. */
    private static Map<String, Double> fit(Work work, double max) {
        float[] g = selected(work, true, max);
        float[] p = selected(work, false, max);
        float[] line = line(p, g);
        Map<String, Double> fit = new LinkedHashMap<>();
        if (line.length > 0) {
            fit.put("ssi_scale", (double) line[0]);
            fit.put("ssi_shift", (double) line[1]);
        }
        fit.put("si_ratio", (double) (lowerMedian(g) / lowerMedian(p)));
        fit.values().removeIf(number -> !Double.isFinite(number));
        return fit;
    }

    private static void rescaled(Map<String, Double> metrics, float[] g, float[] p, String name) {
        PixelSums sums = sums(g, p);
        metrics.put("d1_" + name, sums.share(1.25));
        metrics.put("arel_" + name, sums.absRel());
        metrics.put("tau_" + name, sums.share(TAU));
    }

    private static PixelSums sums(float[] g, float[] p) {
        List<Double> thresholds = List.of(1.25, Math.pow(1.25, 2), Math.pow(1.25, 3), TAU);
        return Lists.sums(new PixelErrors(thresholds, false, Arithmetic.FLOAT32), g, p);
    }

    /**
     * Returns scale and shift of the normal equations by the inverse of their matrix in float32, from the inverses of
     * its triangular factors with pivoting, as LAPACK computes it for PyTorch; empty if it finds the matrix
     * singular. One pixel or a constant prediction make the matrix singular before rounding: then the numbers are
     * rounding errors, and the order of the operations decides.
     */
    private static float[] line(float[] p, float[] g) {
        double pp = 0;
        double sum = 0;
        double pg = 0;
        double gs = 0;
        for (int i = 0; i < p.length; i++) {
            pp += (double) p[i] * p[i];
            sum += p[i];
            pg += (double) p[i] * g[i];
            gs += g[i];
        }
        float a = (float) pp + 1e-9f;
        float b = (float) sum;
        float d = (float) p.length + 1e-9f;
        boolean exchanged = Math.abs(b) > Math.abs(a);
        float pivot = exchanged ? b : a;
        float upper = exchanged ? d : b;
        float factor = (exchanged ? a : b) * (1 / pivot);
        float last = (exchanged ? b : d) - factor * upper;
        if (pivot == 0 || last == 0) {
            return new float[0];
        }
        float reciprocal = 1 / pivot;
        float below = 1 / last;
        float side = -(upper * reciprocal * below);
        float corner = reciprocal - side * factor;
        float other = -below * factor;
        float product = (float) pg;
        float target = (float) gs;
        return exchanged
                ? new float[]{side * product + below * target, corner * product + other * target}
                : new float[]{corner * product + side * target, other * product + below * target};
    }

    private static float[] affine(float[] p, float scale, float shift) {
        float[] result = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            result[i] = p[i] * scale + shift;
        }
        return result;
    }

    private static float[] medianScaled(float[] p, float truth, float prediction) {
        float[] result = new float[p.length];
        for (int i = 0; i < p.length; i++) {
            result[i] = p[i] * truth / prediction;
        }
        return result;
    }

    /** Returns truth or prediction at the counted pixels whose truth is below {@code max}. */
    private static float[] selected(Work work, boolean truth, double max) {
        float[] values = new float[work.count()];
        int count = 0;
        int width = work.truth().width();
        for (int at = 0; at < work.counted().length; at++) {
            float measured = work.truth().array()[work.truth().rowStart(at / width) + at % width];
            if (work.counted()[at] && measured < (float) max) {
                values[count++] = truth ? measured : (float) work.prediction()[at];
            }
        }
        return Arrays.copyOf(values, count);
    }

    private static float lowerMedian(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        return count == 0 || Float.isNaN(sorted[count - 1]) ? Float.NaN : sorted[(count - 1) / 2];
    }

    private static double medianLog(float[] g, float[] p) {
        float[] logs = new float[g.length];
        for (int i = 0; i < g.length; i++) {
            logs[i] = (float) Math.log(p[i]) - (float) Math.log(g[i]);
        }
        return 100 * Math.abs(lowerMedian(logs));
    }

    /** Returns the area under δ over exponents 0.01 to 5. */
    private static double area(float[] g, float[] p) {
        List<Double> thresholds = new ArrayList<>();
        float[] exponents = new float[EXPONENTS];
        for (int i = 0; i < EXPONENTS; i++) {
            exponents[i] = (float) (0.01 + (5.0 - 0.01) * i / (EXPONENTS - 1));
            thresholds.add((double) (float) Math.pow(1.25, exponents[i]));
        }
        PixelSums sums = Lists.sums(new PixelErrors(thresholds, false, Arithmetic.FLOAT32), g, p);
        double area = 0;
        for (int i = 1; i < EXPONENTS; i++) {
            area += (exponents[i] - exponents[i - 1])
                    * (sums.share(thresholds.get(i)) + sums.share(thresholds.get(i - 1))) / 2;
        }
        return area / 5;
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        if (key.contains("ssi")) {
            return new Tolerance(1e-3, Math.max(1e-3, isShare(key) ? Pairs.twoPixels(record).absolute() : 0));
        }
        if (key.equals("medianlog")) {
            return new Tolerance(1e-5, 100 * UNITS_OF_LOGARITHM * Math.ulp(1f));
        }
        return key.equals("d_auc") ? new Tolerance(1e-5, 1e-5) : super.tolerance(record, key);
    }
}
