package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.ScoringContext;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** What the toolkits of this package have in common. */
final class Pairs {
    private Pairs() {}

    /** Returns a built-in protocol. */
    static StepProtocol protocol(String name) {
        return (StepProtocol) Protocol.named(name);
    }

    /** Returns a built-in protocol that refuses a prediction of another size, as the toolkit does. */
    static StepProtocol ofSameSize(String name) {
        StepProtocol protocol = protocol(name);
        return protocol.withSteps(protocol.steps().stream()
                .map(step -> step instanceof Step.Resize ? new Step.SameSize() : step).toList());
    }

    /** Returns the truth of a case; every value counts that the protocol's range accepts. */
    static MeasuredDepth truth(ToolkitCase pair) throws IOException {
        Plane metres = pair.truth();
        return new MeasuredDepth(metres, metres, Mask.filled(metres.height(), metres.width(), true));
    }

    /** Returns the state after the steps of a protocol. */
    static Work work(StepProtocol protocol, ToolkitCase pair) throws IOException, UnscorableException {
        return protocol.work(truth(pair), new Prediction(pair.kind().depthKind(), pair.prediction()),
                ScoringContext.DEFAULT);
    }

    /** Returns the same for a toolkit that gets 1/p of inverse depth as depth. */
    static Work workOnDepth(StepProtocol protocol, ToolkitCase pair) throws IOException, UnscorableException {
        Plane values = pair.prediction();
        return protocol.work(truth(pair),
                new Prediction(DepthKind.METRIC, pair.kind() == CaseKind.AFFINE_DISPARITY ? inverse(values) : values),
                ScoringContext.DEFAULT);
    }

    /** Returns the numbers of a toolkit. */
    static ToolkitAnswer.Numbers numbers(Work work, PixelSums sums, Map<String, ToDoubleFunction<PixelSums>> names) {
        return new ToolkitAnswer.Numbers(values(sums, names), fit(work), OptionalLong.of(sums.pixels()));
    }

    static Map<String, Double> values(PixelSums sums, Map<String, ToDoubleFunction<PixelSums>> names) {
        Map<String, Double> values = new LinkedHashMap<>();
        names.forEach((name, function) -> values.put(name, function.applyAsDouble(sums)));
        return values;
    }

    static Map<String, Double> fit(Work work) {
        Map<String, Double> fit = new LinkedHashMap<>();
        work.fit().ifPresent(line -> {
            fit.put("scale", line.scale());
            fit.put("shift", line.shift());
            fit.put("ratio", line.scale());
            fit.put("n_fit", (double) line.pixels());
        });
        return fit;
    }

    /** Returns 1/x in float32. */
    static Plane inverse(Plane values) {
        float[] inverse = values.toArray();
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / inverse[i];
        }
        return Plane.wrap(inverse, values.height(), values.width());
    }

    /** Returns the answer where the toolkit raises and Fathom has a reason. */
    static ToolkitAnswer raises(UnscorableException reason) {
        return new ToolkitAnswer.Raises(reason.reason());
    }

    /** Returns 2/n: two pixels may lie on either side of a threshold. */
    static Tolerance twoPixels(ToolkitRecord record) {
        long count = record.count().orElse(0);
        return new Tolerance(1e-6, count > 0 ? 2.0 / count : 0);
    }
}
