package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.AlignMethod;
import fathom.evaluation.steps.Work;

/**
 * The two versions of Ultralytics' depth metrics, by the protocols {@code ultralytics-pooled} and {@code ultralytics}.
 * Where nothing was counted they give zeros; Fathom's protocols then have no scores.
 */
public final class UltralyticsToolkit extends PixelToolkit {
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("abs_rel", PixelSums::absRel, "rmse",
            PixelSums::rmse, "silog", sums -> 100 * sums.logDeviation(1), "delta1", sums -> sums.share(1.25), "delta2",
            sums -> sums.share(Math.pow(1.25, 2)), "delta3", sums -> sums.share(Math.pow(1.25, 3)), "fitness",
            sums -> sums.share(1.25));

    private final boolean pooled;

    private UltralyticsToolkit(String id, boolean pooled) {
        super(id, 1e-5);
        this.pooled = pooled;
    }

    /** {@return the version that pools pixels} */
    public static UltralyticsToolkit pooled() {
        return new UltralyticsToolkit("ultralytics_pooled", true);
    }

    /** {@return the newer version that averages images} */
    public static UltralyticsToolkit perImage() {
        return new UltralyticsToolkit("ultralytics_perimage", false);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        double max = record.cases().size() == 1 ? record.only().max() : 10;
        StepProtocol protocol = Pairs.protocol(pooled ? "ultralytics-pooled" : "ultralytics").withRange(1e-3, max);
        if (record.protocol().contains("align=none")) {
            protocol = protocol.withAlignment(AlignMethod.NONE);
        }
        PixelSums total = null;
        Map<String, Double> sum = new LinkedHashMap<>();
        Map<String, Double> fit = new HashMap<>();
        int images = 0;
        for (ToolkitCase pair : record.cases()) {
            Work work;
            try {
                work = Pairs.workOnDepth(protocol, pair);
            } catch (UnscorableException e) {
                continue;
            }
            PixelSums sums = protocol.sums(work);
            fit.putAll(Pairs.fit(work));
            images++;
            Pairs.values(sums, NAMES).forEach((key, value) -> sum.merge(key, value, Double::sum));
            if (total == null) {
                total = sums;
            } else {
                total.add(sums);
            }
        }
        if (total == null || total.pixels() == 0) {
            Map<String, Double> zeros = new LinkedHashMap<>();
            NAMES.keySet().forEach(key -> zeros.put(key, 0.0));
            return new ToolkitAnswer.Numbers(zeros, Map.of(), OptionalLong.of(0));
        }
        if (pooled) {
            return new ToolkitAnswer.Numbers(Pairs.values(total, NAMES), fit, OptionalLong.of(total.pixels()));
        }
        double count = images;
        sum.replaceAll((key, value) -> value / count);
        return new ToolkitAnswer.Numbers(sum, fit, OptionalLong.of(images));
    }
}
