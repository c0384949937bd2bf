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
import fathom.evaluation.steps.Crop;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Work;

/** The evaluation of the Monocular Depth Estimation Challenge, by the protocol {@code mdec}. */
public final class MdecToolkit extends PixelToolkit {
    private static final double HUNDRED = 100;
    private static final double THOUSAND = 1000;
    private static final double STEREO_FACTOR = 5.4;
    private static final Map<String, ToDoubleFunction<PixelSums>> EIGEN = new LinkedHashMap<>();
    private static final Map<String, ToDoubleFunction<PixelSums>> BENCHMARK = new LinkedHashMap<>();

    static {
        EIGEN.put("AbsRel", PixelSums::absRel);
        EIGEN.put("SqRel", PixelSums::sqRel);
        EIGEN.put("RMSE", PixelSums::rmse);
        EIGEN.put("LogRMSE", PixelSums::rmseLog);
        EIGEN.put("$\\delta < 1.25$", sums -> sums.share(1.25));
        EIGEN.put("$\\delta < 1.25^2$", sums -> sums.share(Math.pow(1.25, 2)));
        EIGEN.put("$\\delta < 1.25^3$", sums -> sums.share(Math.pow(1.25, 3)));
        BENCHMARK.put("MAE", PixelSums::mae);
        BENCHMARK.put("RMSE", PixelSums::rmse);
        BENCHMARK.put("InvMAE", sums -> THOUSAND * sums.inverseMae());
        BENCHMARK.put("InvRMSE", sums -> THOUSAND * sums.inverseRmse());
        BENCHMARK.put("LogMAE", sums -> HUNDRED * sums.maeLog());
        BENCHMARK.put("LogRMSE", sums -> HUNDRED * sums.rmseLog());
        BENCHMARK.put("LogSI", sums -> HUNDRED * sums.logDeviation(1));
        BENCHMARK.put("AbsRel", sums -> HUNDRED * sums.absRel());
        BENCHMARK.put("SqRel", sums -> HUNDRED * sums.sqRelSquared());
    }

    /** Creates the toolkit. */
    public MdecToolkit() {
        super("mdec", 1e-5);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        StepProtocol base = Pairs.protocol("mdec").withRange(pair.min(), pair.max());
        if (record.protocol().startsWith("metrics_")) {
            StepProtocol unaligned = base
                    .withSteps(base.steps().stream()
                            .map(step -> step instanceof Step.Resize ? new Step.SameSize() : step).toList())
                    .withAlignment(AlignMethod.NONE);
            return numbers(unaligned, pair, record.protocol().equals("metrics_eigen") ? EIGEN : BENCHMARK);
        }
        StepProtocol protocol = base
                .withCrop(record.protocol().endsWith("crop True") ? Optional.of(Crop.GARG) : Optional.empty());
        List<Step> steps = new ArrayList<>(protocol.steps());
        if (record.protocol().contains(" stereo,")) {
            steps.add(1, new Step.Multiply(STEREO_FACTOR));
            protocol = protocol.withSteps(steps).withAlignment(AlignMethod.NONE);
        }
        Map<String, ToDoubleFunction<PixelSums>> names = new LinkedHashMap<>(EIGEN);
        names.putAll(BENCHMARK);
        return numbers(protocol, pair, names);
    }

    private static ToolkitAnswer numbers(StepProtocol protocol, ToolkitCase pair,
            Map<String, ToDoubleFunction<PixelSums>> names) throws IOException {
        try {
            Work work = Pairs.work(protocol, pair);
            PixelSums sums = protocol.sums(work);
            if (sums.pixels() == 0 && names.size() > BENCHMARK.size()) {
                return new ToolkitAnswer.Raises("a sample without a pixel in the range has no scores");
            }
            Map<String, Double> fit = new LinkedHashMap<>(Pairs.fit(work));
            fit.putIfAbsent("ratio", STEREO_FACTOR);
            return new ToolkitAnswer.Numbers(Pairs.values(sums, names), fit, OptionalLong.of(sums.pixels()));
        } catch (UnscorableException e) {
            return Pairs.raises(e);
        }
    }

    /** AbsRel and SqRel are in percent. */
    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        Tolerance usual = super.tolerance(record, key);
        return key.equals("AbsRel") || key.equals("SqRel") ? usual.withAbsolute(HUNDRED * usual.absolute()) : usual;
    }
}
