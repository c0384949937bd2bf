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
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.AlignMethod;
import fathom.evaluation.steps.AlignRule;
import fathom.evaluation.steps.FitPixels;
import fathom.evaluation.steps.Step;
import fathom.evaluation.steps.Undefined;
import fathom.evaluation.steps.Work;

/** plumbline's depth metrics, by the protocol {@code plumbline} with its other alignments. */
public final class PlumblineToolkit extends PixelToolkit {
    private static final double TINY = 1e-8;
    private static final double PERCENT = 100;
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("abs_rel", PixelSums::absRel, "sq_rel",
            PixelSums::sqRel, "rmse", PixelSums::rmse, "rmse_log", PixelSums::rmseLog, "log10", PixelSums::log10,
            "silog", sums -> 100 * sums.logDeviation(1), "delta_1", sums -> sums.share(1.25), "delta_2",
            sums -> sums.share(Math.pow(1.25, 2)), "delta_3", sums -> sums.share(Math.pow(1.25, 3)));

    /** Creates the toolkit. */
    public PlumblineToolkit() {
        super("plumbline", 1e-9);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        String mode = record.protocol().substring(record.protocol().indexOf(' ') + 1).replace(", clip", "");
        StepProtocol protocol = Pairs.protocol("plumbline").withRange((float) pair.min(), (float) pair.max())
                .withRule(rule -> rule(rule, mode));
        if (record.protocol().endsWith(", clip")) {
            List<Step> steps = new ArrayList<>(protocol.steps());
            steps.add(steps.size() - 1, new Step.Clip(pair.min(), pair.max(), Step.NotANumber.KEEP));
            protocol = protocol.withSteps(steps);
        }
        try {
            Work work = Pairs.workOnDepth(protocol, pair);
            Map<String, Double> fit = new LinkedHashMap<>(Pairs.fit(work));
            if (work.fit().isEmpty()) {
                fit.put("scale", Double.NaN);
                fit.put("shift", Double.NaN);
            }
            long measured = measured(pair);
            return new ToolkitAnswer.Numbers(Pairs.values(protocol.sums(work), NAMES), fit, OptionalLong.of(measured));
        } catch (UnscorableException e) {
            return Pairs.raises(e);
        }
    }

    /** Returns the number of measurements in the range: plumbline's count does not leave out predictions. */
    private static long measured(ToolkitCase pair) throws IOException {
        long count = 0;
        for (float depth : pair.truth().toArray()) {
            count += Float.isFinite(depth) && depth > (float) pair.min() && depth < (float) pair.max() ? 1 : 0;
        }
        return count;
    }

    private static AlignRule rule(AlignRule rule, String mode) {
        AlignMethod method = switch (mode) {
            case "none" -> AlignMethod.NONE;
            case "median" -> AlignMethod.MEDIAN_OF_RATIOS;
            case "median_lineage" -> AlignMethod.MEDIAN;
            case "scale_weiszfeld" -> AlignMethod.LEAST_ABSOLUTE_SCALE;
            case "lstsq" -> AlignMethod.SCALE;
            case "scale_shift", "scale_shift_clamped" -> AlignMethod.INVERSE;
            case "scale_shift_robust" -> AlignMethod.ROBUST_INVERSE;
            case "scale_shift_depth" -> AlignMethod.DEPTH;
            default ->
                throw new IllegalArgumentException("mode: expected one of plumbline's alignments, found " + mode);
        };
        AlignRule all = rule.with(method);
        return new AlignRule(all.methods(), mode.equals("scale_shift_clamped") ? Double.NaN : TINY, FitPixels.POSITIVE,
                Undefined.UNCHANGED, 0);
    }

    /** Least squares amplify rounding; ten rounds of reweighting with 1/error amplify it by 10⁹ and more. */
    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        if (record.protocol().endsWith("scale_weiszfeld")) {
            return new Tolerance(1e-2, 1e-2);
        }
        if (key.startsWith("fit/")) {
            return new Tolerance(1e-6, 1e-9);
        }
        Tolerance usual = super.tolerance(record, key);
        if (key.startsWith("delta_")) {
            return usual;
        }
        boolean resized = record.only().tags().contains("resize");
        boolean fitted = record.protocol().contains("scale_shift") || resized;
        if (key.equals("silog") && !fitted) {
            double squared = cancellation(record, PERCENT, Math.ulp(1.0)).squared();
            return new Tolerance(1e-9, 1e-6, squared);
        }
        return fitted ? new Tolerance(1e-6, 1e-12) : usual;
    }
}
