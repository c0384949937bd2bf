package fathom.workbench.predict;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import fathom.formats.json.JsonValue.Members;
import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.models.preprocessing.UnfitPictureException;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * A model that returns 1 m everywhere, [4, 6], fails for pictures that are {@code broken} pixels wide, and returns no number
 * for those that are {@link #empty} pixels wide.
 */
final class FakeEstimator implements DepthEstimator {
    static final int THREADS = 3;

    final AtomicInteger runs = new AtomicInteger();
    /** Whether the description was requested before the first run ended. */
    final AtomicBoolean describedEarly = new AtomicBoolean();
    volatile int empty = -1;
    final Queue<Integer> batches = new ConcurrentLinkedQueue<>();
    private final String weights;
    private final int broken;
    private final Runnable beforeRun;

    private final Members options;

    FakeEstimator(String weights, int broken, Runnable beforeRun, Members options) {
        this.weights = weights;
        this.broken = broken;
        this.beforeRun = beforeRun;
        this.options = options;
    }

    FakeEstimator(String weights, int broken, Runnable beforeRun) {
        this(weights, broken, beforeRun, Members.NONE);
    }

    FakeEstimator() {
        this("0123456789abcdef", -1, () -> {});
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public ModelDescription description() {
        if (runs.get() == 0) {
            describedEarly.set(true);
        }
        return new ModelDescription("fake", "fake", DepthKind.METRIC, "torch-bilinear", "as it is", 1, "none", "test",
                ModelIdentity.local(weights, Members.NONE.with("options", options), Members.NONE.with("size", 6)));
    }

    @Override
    public PreparedInput prepare(RgbImage image) {
        return new PreparedInput.SizeOnly(image.height(), image.width());
    }

    @Override
    public Estimate run(PreparedInput input) {
        beforeRun.run();
        runs.incrementAndGet();
        if (input.imageWidth() == broken) {
            throw new UnfitPictureException("cannot see pictures " + broken + " pixels wide");
        }
        float[] metres = new float[24];
        Arrays.fill(metres, input.imageWidth() == empty ? Float.NaN : 1);
        return Estimate.of(new Prediction(DepthKind.METRIC, Plane.wrap(metres, 4, 6)));
    }

    @Override
    public List<Estimate> runAll(List<PreparedInput> inputs) {
        batches.add(inputs.size());
        return DepthEstimator.super.runAll(inputs);
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(THREADS);
    }

    @Override
    public void close() {}
}
