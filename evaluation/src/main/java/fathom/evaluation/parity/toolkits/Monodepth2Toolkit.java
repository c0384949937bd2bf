package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;

/** Monodepth2's evaluation, by the protocol {@code monodepth2}. */
public final class Monodepth2Toolkit extends PixelToolkit {
    private static final double STEREO_FACTOR = 5.4;
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("abs_rel", PixelSums::absRel, "sq_rel",
            PixelSums::sqRel, "rmse", PixelSums::rmse, "rmse_log", PixelSums::rmseLog, "a1", sums -> sums.share(1.25),
            "a2", sums -> sums.share(Math.pow(1.25, 2)), "a3", sums -> sums.share(Math.pow(1.25, 3)));

    /** Creates the toolkit. */
    public Monodepth2Toolkit() {
        super("monodepth2", 5e-6);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        StepProtocol protocol = protocol(record.protocol());
        Map<String, Double> metrics = new LinkedHashMap<>();
        long first = -1;
        for (int i = 0; i < record.cases().size(); i++) {
            ToolkitCase pair = record.cases().get(i);
            Work work;
            try {
                work = Pairs.work(protocol, pair);
            } catch (UnscorableException e) {
                return Pairs.raises(e);
            }
            PixelSums sums = protocol.sums(work);
            Map<String, Double> values = Pairs.values(sums, NAMES);
            if (record.cases().size() == 1) {
                return new ToolkitAnswer.Numbers(values, Pairs.fit(work), OptionalLong.of(sums.pixels()));
            }
            first = first < 0 ? sums.pixels() : first;
            int index = i;
            values.forEach((key, value) -> {
                metrics.put("per_image/" + index + "/" + key, value);
                metrics.merge("mean/" + key, value / record.cases().size(), Double::sum);
            });
        }
        return new ToolkitAnswer.Numbers(metrics, Map.of(), OptionalLong.of(first));
    }

    private static StepProtocol protocol(String name) {
        StepProtocol protocol = Pairs.protocol("monodepth2");
        List<Step> steps = new ArrayList<>();
        for (Step step : protocol.steps()) {
            boolean benchmark = name.endsWith("eigen_benchmark");
            if (benchmark && step instanceof Step.Keep) {
                continue;
            }
            steps.add(benchmark && step instanceof Step.Range
                    ? new Step.Range(0, Double.POSITIVE_INFINITY, false, true)
                    : step);
        }
        if (name.contains("eval_stereo")) {
            steps.add(1, new Step.Multiply(STEREO_FACTOR));
            return protocol.withSteps(steps).withAlignment(AlignMethod.NONE);
        }
        return protocol.withSteps(steps);
    }
}
