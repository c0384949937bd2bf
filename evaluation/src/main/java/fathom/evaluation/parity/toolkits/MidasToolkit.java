package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import fathom.evaluation.metrics.TorchSum;
import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.raster.Plane;

/**
 * The bad-pixel metric of MiDaS' evaluation: the normal equations in float32 as PyTorch sums them, no alignment (scale
 * and shift 0) if their determinant is not above 0, and a cap of the prediction only. The protocol
 * {@code midas-zero-shot} solves the same problem in float64.
 */
public final class MidasToolkit extends PixelToolkit {
    private static final double PERCENT = 100;
    private static final float THRESHOLD = 1.25f;

    /** Creates the toolkit. */
    public MidasToolkit() {
        super("midas_gist", 1e-5);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        Plane truth = pair.truth();
        Plane values = pair.prediction();
        float[] g = truth.toArray();
        float[] p = (pair.kind() == CaseKind.AFFINE_DISPARITY ? values : Pairs.inverse(values)).toArray();
        boolean[] counted = new boolean[g.length];
        float[] square = new float[g.length];
        float[] linear = new float[g.length];
        float[] ones = new float[g.length];
        float[] product = new float[g.length];
        float[] target = new float[g.length];
        int count = 0;
        for (int i = 0; i < g.length; i++) {
            counted[i] = Float.isFinite(g[i]) && g[i] > 0;
            count += counted[i] ? 1 : 0;
            float mask = counted[i] ? 1 : 0;
            float inverse = counted[i] ? 1 / g[i] : 0;
            square[i] = mask * p[i] * p[i];
            linear[i] = mask * p[i];
            ones[i] = mask;
            product[i] = mask * p[i] * inverse;
            target[i] = mask * inverse;
        }
        float a00 = TorchSum.of(square);
        float a01 = TorchSum.of(linear);
        float a11 = TorchSum.of(ones);
        float b0 = TorchSum.of(product);
        float b1 = TorchSum.of(target);
        float determinant = a00 * a11 - a01 * a01;
        float scale = determinant > 0 ? (a11 * b0 - a01 * b1) / determinant : 0;
        float shift = determinant > 0 ? (-a01 * b0 + a00 * b1) / determinant : 0;
        return new ToolkitAnswer.Numbers(
                Map.of("bad_pixel_percent", bad(p, g, counted, scale, shift, pair.max(), count)), fit(scale, shift),
                OptionalLong.of(count));
    }

    private static Map<String, Double> fit(float scale, float shift) {
        Map<String, Double> fit = new LinkedHashMap<>();
        fit.put("scale", (double) scale);
        fit.put("shift", (double) shift);
        return fit;
    }

    private static double bad(float[] p, float[] g, boolean[] counted, float scale, float shift, double cap,
            int count) {
        float least = (float) (1 / cap);
        int bad = 0;
        for (int i = 0; i < p.length; i++) {
            if (counted[i]) {
                float aligned = scale * p[i] + shift;
                float depth = 1 / (aligned < least ? least : aligned);
                bad += Math.max(depth / g[i], g[i] / depth) > THRESHOLD ? 1 : 0;
            }
        }
        return count == 0 ? Double.NaN : PERCENT * bad / count;
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        if (key.startsWith("fit/")) {
            return new Tolerance(1e-3, 1e-3);
        }
        long count = record.count().orElse(0);
        return new Tolerance(1e-6, count > 0 ? 2 * PERCENT / count : 0);
    }
}
