package fathom.evaluation.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import fathom.evaluation.metrics.Fit;
import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.DepthKind;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.resampling.Resampling;
import org.jspecify.annotations.Nullable;

/**
 * The state between two steps: the truth, the prediction in float64, the pixels that count, and the fit. Steps change
 * it. Not safe for use by several threads.
 */
public final class Work {
    private final DepthKind kind;
    private final Arithmetic arithmetic;
    private final Resampling modelKernel;
    private Plane truth;
    private Plane resized;
    private double @Nullable [] prediction;
    private boolean[] counted;
    private @Nullable CountedPixels pixels;

    /** Changes that only the counted pixels have had so far. */
    private final List<Change> pending = new ArrayList<>();
    private Optional<Fit> fit = Optional.empty();
    private Optional<Intrinsics> intrinsics;
    private final List<String> notes = new ArrayList<>();

    /** A change of the prediction, pixel by pixel. */
    @FunctionalInterface
    interface Change {
        /** Changes the first {@code count} values. */
        void apply(double[] values, int count);
    }

    /**
     * Starts with every measured pixel counted.
     *
     * @param measured measured depth
     * @param prediction of any size
     * @param kind what the prediction is
     * @param arithmetic float32 rounds the prediction after each step
     * @param modelKernel the kernel that the reference implementation of the model resizes with
     * @param intrinsics of the truth; empty if unknown
     */
    public Work(MeasuredDepth measured, Plane prediction, DepthKind kind, Arithmetic arithmetic, Resampling modelKernel,
            Optional<Intrinsics> intrinsics) {
        this.truth = measured.metres();
        this.resized = prediction;
        this.kind = kind;
        this.arithmetic = arithmetic;
        this.modelKernel = modelKernel;
        this.intrinsics = intrinsics;
        this.counted = measured.valid().array().clone();
    }

    /** {@return measured depth, [H, W]} */
    public Plane truth() {
        return truth;
    }

    /** {@return the prediction in row-major order; of the size of the truth after a step of resizing} */
    public double[] prediction() {
        double[] values = prediction == null ? doubles(resized) : prediction;
        prediction = values;
        pending.forEach(change -> change.apply(values, values.length));
        pending.clear();
        pixels = null;
        return values;
    }

    /** {@return true for the pixels that count, in row-major order} */
    public boolean[] counted() {
        if (!pending.isEmpty()) {
            prediction();
        }
        pixels = null;
        return counted;
    }

    /** {@return the number of pixels that count} */
    public int count() {
        if (pixels != null) {
            return pixels.count();
        }
        int count = 0;
        for (boolean flag : counted) {
            count += flag ? 1 : 0;
        }
        return count;
    }

    /** {@return the pixels that count, in row-major order; valid until the next step} */
    public CountedPixels pixels() {
        CountedPixels current = pixels;
        if (current == null) {
            current = prediction == null
                    ? CountedPixels.of(truth, resized, counted, count())
                    : CountedPixels.of(truth, prediction, counted, count());
            pixels = current;
        }
        return current;
    }

    /** Changes the prediction: that of the counted pixels now, the others when they are asked for. */
    void change(Change change) {
        CountedPixels current = pixels();
        change.apply(current.prediction(), current.count());
        pending.add(change);
    }

    /** {@return the alignment; empty if there was none} */
    public Optional<Fit> fit() {
        return fit;
    }

    /** {@return what the steps found worth telling} */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** {@return what is compared now, as float32 maps} */
    public ScoredMaps maps() {
        double[] exact = prediction();
        float[] values = new float[exact.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) exact[i];
        }
        return new ScoredMaps(truth, Plane.wrap(values, truth.height(), truth.width()),
                Mask.wrap(counted, truth.height(), truth.width()), fit, intrinsics);
    }

    /** {@return the camera of the truth; empty if unknown} */
    public Optional<Intrinsics> intrinsics() {
        return intrinsics;
    }

    DepthKind kind() {
        return kind;
    }

    boolean isFloat32() {
        return arithmetic == Arithmetic.FLOAT32;
    }

    Resampling modelKernel() {
        return modelKernel;
    }

    /** Returns a number rounded as the arithmetic has it. */
    double rounded(double value) {
        return arithmetic == Arithmetic.FLOAT32 ? (float) value : value;
    }

    boolean sizesDiffer() {
        return resized.height() != truth.height() || resized.width() != truth.width();
    }

    Plane unresized() {
        return resized;
    }

    void resizedTo(Plane values) {
        resized = values;
        prediction = null;
        pixels = null;
        pending.clear();
    }

    void cutTo(Box box) {
        int height = box.bottom() - box.top();
        int width = box.right() - box.left();
        Plane full = truth;
        Mask mask = Mask.wrap(counted, full.height(), full.width());
        double[] whole = prediction();
        double[] values = new double[height * width];
        for (int row = 0; row < height; row++) {
            System.arraycopy(whole, (box.top() + row) * full.width() + box.left(), values, row * width, width);
        }
        truth = full.crop(box.top(), box.left(), height, width);
        counted = mask.crop(box.top(), box.left(), height, width).array();
        prediction = values;
        intrinsics = intrinsics.map(
                camera -> new Intrinsics(camera.fx(), camera.fy(), camera.cx() - box.left(), camera.cy() - box.top()));
        resized = Plane.allocate(height, width);
    }

    void fitted(Fit result) {
        fit = Optional.of(result);
    }

    void note(String text) {
        notes.add(text);
    }

    private static double[] doubles(Plane values) {
        double[] doubles = new double[values.size()];
        for (int row = 0, at = 0; row < values.height(); row++) {
            for (int from = values.rowStart(row), end = from + values.width(); from < end; from++) {
                doubles[at++] = values.array()[from];
            }
        }
        return doubles;
    }
}
