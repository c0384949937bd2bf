package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.Crop;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;
import fathom.raster.Plane;

/** ZoeDepth's evaluation, by the protocol {@code zoedepth}. */
public final class ZoeDepthToolkit extends PixelToolkit {
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("abs_rel", PixelSums::absRel, "sq_rel",
            PixelSums::sqRel, "rmse", PixelSums::rmse, "rmse_log", PixelSums::rmseLog, "log_10", PixelSums::log10,
            "silog", sums -> 100 * sums.logDeviation(1), "a1", sums -> sums.share(1.25), "a2",
            sums -> sums.share(Math.pow(1.25, 2)), "a3", sums -> sums.share(Math.pow(1.25, 3)));

    /** Creates the toolkit. */
    public ZoeDepthToolkit() {
        super("zoedepth", 2e-6);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        if (record.protocol().endsWith("crop no crop")) {
            return new ToolkitAnswer.Raises("every pixel in the range counts");
        }
        if (record.protocol().equals("compute_errors on the mask")) {
            return single(record.only(), Optional.empty(), Step.NotANumber.KEEP);
        }
        Plane truth = record.only().truth();
        if (truth.height() == 1 || truth.width() == 1) {
            return new ToolkitAnswer.Raises("a map of one row or column is evaluated like any other");
        }
        Crop crop = switch (record.protocol().substring(record.protocol().indexOf("crop ") + 5)) {
            case "garg" -> Crop.GARG;
            case "eigen kitti" -> Crop.EIGEN_KITTI;
            default -> Crop.EIGEN_NYU;
        };
        Map<String, Double> mean = new LinkedHashMap<>();
        for (ToolkitCase pair : record.cases()) {
            if (!(single(pair, Optional.of(crop), Step.NotANumber.MIN) instanceof ToolkitAnswer.Numbers numbers)) {
                return new ToolkitAnswer.NotCovered("a case has no numbers");
            }
            if (record.cases().size() == 1) {
                return numbers;
            }
            numbers.metrics().forEach((key, value) -> mean.merge(key, value / record.cases().size(), Double::sum));
        }
        return ToolkitAnswer.Numbers.of(mean);
    }

    private static ToolkitAnswer single(ToolkitCase pair, Optional<Crop> crop, Step.NotANumber notANumber)
            throws IOException {
        StepProtocol base = Pairs.protocol("zoedepth").withRange(pair.min(), pair.max()).withCrop(crop);
        StepProtocol protocol = base.withSteps(base.steps().stream()
                .map(step -> step instanceof Step.Clip clip ? new Step.Clip(clip.min(), clip.max(), notANumber) : step)
                .toList());
        try {
            Work work = Pairs.work(protocol, pair);
            return Pairs.numbers(work, protocol.sums(work), NAMES);
        } catch (UnscorableException e) {
            return Pairs.raises(e);
        }
    }
}
