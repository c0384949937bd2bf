package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.formats.json.JsonValue;
import fathom.raster.Plane;
import fathom.raster.resampling.Resampling;

/**
 * DenseDepth's evaluation with its faults: unmeasured pixels count, the limit comes before the resizing, truth and
 * prediction are exchanged, pixels are pooled, and the last incomplete batch is dropped. The protocol {@code densedepth}
 * leaves unmeasured pixels out.
 */
public final class DenseDepthToolkit extends PixelToolkit {
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Map<String, ToDoubleFunction<PixelSums>> NAMES = Map.of("a1", sums -> sums.share(1.25), "a2",
            sums -> sums.share(Math.pow(1.25, 2)), "a3", sums -> sums.share(Math.pow(1.25, 3)), "rel",
            PixelSums::absRelByPrediction, "rms", PixelSums::rmse, "log_10", PixelSums::log10);

    /** Creates the toolkit. */
    public DenseDepthToolkit() {
        super("densedepth", 2e-6);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        return record.protocol().startsWith("utils.evaluate") ? evaluate(record) : masked(record.only());
    }

    private static ToolkitAnswer masked(ToolkitCase pair) throws IOException {
        float[] g = pair.truth().toArray();
        float[] p = pair.prediction().toArray();
        List<Float> truth = new ArrayList<>();
        List<Float> prediction = new ArrayList<>();
        for (int i = 0; i < g.length; i++) {
            if (Float.isFinite(g[i]) && g[i] > (float) pair.min() && g[i] < (float) pair.max()) {
                truth.add(g[i]);
                prediction.add(p[i]);
            }
        }
        PixelSums sums = Lists.sums(errors(Arithmetic.FLOAT32), array(truth), array(prediction));
        return new ToolkitAnswer.Numbers(Pairs.values(sums, NAMES), Map.of(), OptionalLong.of(sums.pixels()));
    }

    private static float[] array(List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private static PixelErrors errors(Arithmetic arithmetic) {
        return new PixelErrors(List.of(1.25, Math.pow(1.25, 2), Math.pow(1.25, 3)), false, arithmetic);
    }

    private static ToolkitAnswer evaluate(ToolkitRecord record) throws IOException {
        int[] box = box(record);
        int batch = record.protocol().endsWith("batch_size=2") ? 2 : 1;
        int used = record.cases().size() / batch * batch;
        PixelSums total = null;
        for (ToolkitCase pair : record.cases().subList(0, used)) {
            PixelSums sums = sums(pair, box);
            if (total == null) {
                total = sums;
            } else {
                total.add(sums);
            }
        }
        if (total == null) {
            return new ToolkitAnswer.NotCovered("no complete batch");
        }
        return new ToolkitAnswer.Numbers(new LinkedHashMap<>(Pairs.values(total, NAMES)), Map.of(),
                OptionalLong.of(total.pixels()));
    }

    private static PixelSums sums(ToolkitCase pair, int[] box) throws IOException {
        Plane truth = pair.truth();
        Plane small = pair.prediction();
        float[] limited = small.toArray();
        for (int i = 0; i < limited.length; i++) {
            limited[i] = Math.clamp(limited[i], 0.1f, 10f);
        }
        Plane prediction = Resampling.TORCH_BILINEAR.resized(Plane.wrap(limited, small.height(), small.width()),
                truth.height(), truth.width());
        int height = box[1] - box[0] + 1;
        int width = box[3] - box[2] + 1;
        float[] p = prediction.crop(box[0], box[2], height, width).toArray();
        return Lists.sums(errors(Arithmetic.FLOAT64), truth.crop(box[0], box[2], height, width).toArray(), p);
    }

    private static int[] box(ToolkitRecord record) {
        JsonValue value = record.settings().values().get("crop_box");
        int[] box = new int[4];
        if (value instanceof JsonValue.Text text) {
            Matcher numbers = NUMBER.matcher(text.value());
            for (int i = 0; i < box.length && numbers.find(); i++) {
                box[i] = Integer.parseInt(numbers.group());
            }
        }
        return box;
    }
}
