package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.AlignMethod;
import fathom.evaluation.steps.AlignRule;
import fathom.evaluation.steps.Crop;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;

/** Marigold's evaluation, by the protocol {@code marigold} with other ranges and crops. */
public final class MarigoldToolkit extends PixelToolkit {
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("abs_relative_difference",
            PixelSums::absRel, "squared_relative_difference", PixelSums::sqRel, "rmse_linear", PixelSums::rmse,
            "rmse_log", PixelSums::rmseLog, "log10", PixelSums::log10, "delta1_acc", sums -> sums.share(1.25),
            "delta2_acc", sums -> sums.share(Math.pow(1.25, 2)), "delta3_acc", sums -> sums.share(Math.pow(1.25, 3)),
            "i_rmse", PixelSums::inverseRmse, "silog_rmse", sums -> 100 * sums.logDeviation(1));
    private static final int SMALL = 64;

    /** Creates the toolkit. */
    public MarigoldToolkit() {
        super("marigold", 1e-5);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        String name = record.protocol();
        StepProtocol protocol = Pairs.ofSameSize("marigold").withRange(pair.min(), pair.max()).withCrop(crop(name))
                .withRule(rule -> rule(rule, name));
        if (name.contains("kitti_benchmark_crop")) {
            List<Step> steps = new ArrayList<>(protocol.steps());
            steps.add(1, new Step.Cut(Crop.KITTI_BENCHMARK));
            protocol = protocol.withSteps(steps);
        }
        if (name.startsWith("eval none")) {
            protocol = protocol.withSteps(protocol.steps().stream()
                    .map(step -> step instanceof Step.Clip clip
                            ? new Step.Clip(clip.min(), clip.max(), Step.NotANumber.KEEP)
                            : step)
                    .toList());
        }
        try {
            Work work = Pairs.work(protocol, pair);
            Map<String, Double> fit = new LinkedHashMap<>(Pairs.fit(work));
            if (name.endsWith("alignment_max_res 64")) {
                fit.remove("n_fit");
            }
            PixelSums sums = protocol.sums(work);
            return new ToolkitAnswer.Numbers(Pairs.values(sums, NAMES), fit, OptionalLong.of(sums.pixels()));
        } catch (UnscorableException e) {
            return Pairs.raises(e);
        }
    }

    private static AlignRule rule(AlignRule rule, String name) {
        AlignMethod method = name.startsWith("eval none")
                ? AlignMethod.NONE
                : name.startsWith("eval least_square_disparity") ? AlignMethod.INVERSE : AlignMethod.DEPTH;
        return rule.with(method).withFitResolution(name.endsWith("alignment_max_res 64") ? SMALL : 0);
    }

    private static Optional<Crop> crop(String name) {
        return switch (name.substring(name.lastIndexOf(' ') + 1)) {
            case "garg" -> Optional.of(Crop.GARG);
            case "eigen" -> Optional.of(Crop.EIGEN_KITTI);
            case "nyu_eigen" -> Optional.of(Crop.EIGEN_NYU);
            default -> Optional.empty();
        };
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        return key.startsWith("fit/") ? new Tolerance(1e-4, 1e-5) : super.tolerance(record, key);
    }
}
