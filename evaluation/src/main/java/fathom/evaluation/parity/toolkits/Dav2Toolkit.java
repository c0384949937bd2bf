package fathom.evaluation.parity.toolkits;

import java.io.IOException;
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
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;

/** Depth Anything V2's metric evaluation, by the protocol {@code depth-anything}. */
public final class Dav2Toolkit extends PixelToolkit {
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = new LinkedHashMap<>(Map.of("abs_rel",
            PixelSums::absRel, "sq_rel", PixelSums::sqRel, "rmse", PixelSums::rmse, "rmse_log", PixelSums::rmseLog,
            "log10", PixelSums::log10, "silog", sums -> sums.logDeviation(0.5), "d1", sums -> sums.share(1.25), "d2",
            sums -> sums.share(Math.pow(1.25, 2)), "d3", sums -> sums.share(Math.pow(1.25, 3))));

    /** Creates the toolkit. */
    public Dav2Toolkit() {
        super("dav2", 1e-5);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        StepProtocol protocol = Pairs.protocol("depth-anything").withRange(pair.min(), pair.max());
        try {
            Work work = Pairs.work(protocol, pair);
            return Pairs.numbers(work, protocol.sums(work), NAMES);
        } catch (UnscorableException e) {
            StepProtocol counting = protocol
                    .withSteps(protocol.steps().stream().filter(step -> !(step instanceof Step.AtLeast)).toList());
            return new ToolkitAnswer.Numbers(Map.of("skipped", 1.0), Map.of(), OptionalLong.of(count(counting, pair)));
        }
    }

    private static long count(StepProtocol protocol, ToolkitCase pair) throws IOException {
        try {
            return Pairs.work(protocol, pair).count();
        } catch (UnscorableException e) {
            return 0;
        }
    }
}
