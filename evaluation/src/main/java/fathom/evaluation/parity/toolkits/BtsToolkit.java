package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

/** BTS' two evaluation scripts, by the protocol {@code bts} with other ranges and crops. */
public final class BtsToolkit extends PixelToolkit {
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("silog",
            sums -> 100 * sums.logDeviation(1), "log10", PixelSums::log10, "abs_rel", PixelSums::absRel, "sq_rel",
            PixelSums::sqRel, "rms", PixelSums::rmse, "log_rms", PixelSums::rmseLog, "d1", sums -> sums.share(1.25),
            "d2", sums -> sums.share(Math.pow(1.25, 2)), "d3", sums -> sums.share(Math.pow(1.25, 3)));

    private final boolean pictures;

    private BtsToolkit(String id, boolean pictures) {
        super(id, 2e-6);
        this.pictures = pictures;
    }

    /** {@return the script {@code pytorch/bts_eval.py}} */
    public static BtsToolkit ofNetwork() {
        return new BtsToolkit("bts", false);
    }

    /** {@return the script {@code utils/eval_with_pngs.py}} */
    public static BtsToolkit ofPictures() {
        return new BtsToolkit("bts_png", true);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        String name = record.protocol();
        StepProtocol base = Pairs.ofSameSize("bts").withRange(pair.min(), pair.max()).withCrop(crop(name));
        List<Step> steps = new ArrayList<>();
        for (Step step : base.steps()) {
            switch (step) {
                case Step.Blank blank when name.endsWith("do_kb_crop") && !pictures -> steps.add(blank);
                case Step.Blank blank -> {
                    // Either no crop, or one that comes after the limit.
                }
                case Step.Clip clip -> {
                    steps.add(pictures ? new Step.Clip(clip.min(), clip.max(), Step.NotANumber.KEEP) : clip);
                    if (pictures && name.endsWith("do_kb_crop")) {
                        steps.add(new Step.Blank(Crop.KITTI_BENCHMARK));
                    }
                }
                default -> steps.add(step);
            }
        }
        StepProtocol protocol = base.withSteps(steps);
        try {
            Work work = Pairs.work(protocol, pair);
            return Pairs.numbers(work, protocol.sums(work), NAMES);
        } catch (UnscorableException e) {
            return Pairs.raises(e);
        }
    }

    private static Optional<Crop> crop(String name) {
        if (name.contains("crop garg")) {
            return Optional.of(Crop.GARG);
        }
        if (name.contains("crop eigen")) {
            return Optional.of(name.endsWith("kitti") ? Crop.EIGEN_KITTI : Crop.EIGEN_NYU);
        }
        return Optional.empty();
    }
}
