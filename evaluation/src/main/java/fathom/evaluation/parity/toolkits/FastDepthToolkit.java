package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * FastDepth's evaluation in its own words: the mask is a logical OR of truth and prediction above 0, lengths are
 * millimetres from the start, whose rounding decides which ratios lie below a threshold. The protocol {@code fastdepth} leaves unmeasured pixels out and has metres.
 */
public final class FastDepthToolkit extends PixelToolkit {
    private static final float MILLIMETRES = 1000;
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("irmse", PixelSums::inverseRmse);
        NAMES.put("imae", PixelSums::inverseMae);
        NAMES.put("mse", PixelSums::mse);
        NAMES.put("rmse", PixelSums::rmse);
        NAMES.put("mae", PixelSums::mae);
        NAMES.put("absrel", PixelSums::absRel);
        NAMES.put("lg10", PixelSums::log10);
        NAMES.put("delta1", sums -> sums.share(1.25));
        NAMES.put("delta2", sums -> sums.share(Math.pow(1.25, 2)));
        NAMES.put("delta3", sums -> sums.share(Math.pow(1.25, 3)));
    }

    /** Creates the toolkit. */
    public FastDepthToolkit() {
        super("fastdepth", 1e-5);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        Map<String, Double> mean = new LinkedHashMap<>();
        long count = 0;
        for (ToolkitCase pair : record.cases()) {
            Plane truth = pair.truth();
            Plane prediction = pair.prediction();
            if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
                return new ToolkitAnswer.Raises("a prediction of another size has no scores");
            }
            PixelSums sums = sums(truth, prediction);
            count = sums.pixels();
            Pairs.values(sums, NAMES)
                    .forEach((key, value) -> mean.merge(key, value / record.cases().size(), Double::sum));
        }
        return new ToolkitAnswer.Numbers(mean, Map.of(), OptionalLong.of(count));
    }

    private static PixelSums sums(Plane truth, Plane prediction) {
        float[] g = truth.toArray();
        float[] p = prediction.toArray();
        boolean[] counted = new boolean[g.length];
        for (int i = 0; i < g.length; i++) {
            counted[i] = g[i] > 0 || p[i] > 0;
            g[i] *= MILLIMETRES;
            p[i] *= MILLIMETRES;
        }
        return new PixelErrors(List.of(1.25, Math.pow(1.25, 2), Math.pow(1.25, 3)), false, Arithmetic.FLOAT32)
                .sums(new ScoredMaps(Plane.wrap(g, truth.height(), truth.width()),
                        Plane.wrap(p, truth.height(), truth.width()), Mask.wrap(counted, truth.height(), truth.width()),
                        Optional.empty(), Optional.empty()));
    }
}
