package fathom.evaluation.steps;

import java.util.Locale;
import java.util.Optional;

import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.Plane;
import fathom.raster.resampling.Resampling;

/** One step of an evaluation. The records that implement it carry every number that decides the result. */
public sealed interface Step {
    /** {@return the key of the step in a protocol file} */
    String key();

    /** {@return the value of the step in a protocol file} */
    JsonValue value();

    /** {@return what the step does, one sentence} */
    String words();

    /**
     * Changes the maps.
     *
     * @param work the maps
     * @throws UnscorableException if the sample has no scores under this protocol
     */
    void apply(Work work) throws UnscorableException;

    /** Whether depth is resized as inverse depth. */
    enum Inversion {
        /** Depth is resized as depth. */
        NONE("none"),
        /** Depth is inverted, resized and inverted back. */
        INVERSE("inverse"),
        /** The same, but inverse depth of 0 and below becomes 0 instead of infinity. */
        ZERO_STAYS_ZERO("zero-stays-zero");

        private final String label;

        Inversion(String label) {
            this.label = label;
        }

        /** {@return the word of protocol files} */
        public String label() {
            return label;
        }
    }

    /**
     * Resizes the prediction to the size of the truth, if it has another.
     *
     * @param kernel the kernel; empty for that of the model's reference implementation
     * @param inversion whether a prediction of depth is inverted, resized and inverted back
     * @param always whether a prediction of the same size goes through the kernel too, which makes infinite values NaN
     */
    record Resize(Optional<Resampling> kernel, Inversion inversion, boolean always) implements Step {
        /** The word for the kernel of the model. */
        public static final String OF_MODEL = "model";

        @Override
        public String key() {
            return "resize";
        }

        @Override
        public JsonValue value() {
            return Members.NONE.with("kernel", kernel.map(Resampling::label).orElse(OF_MODEL))
                    .with("inverse", inversion.label()).with("always", always);
        }

        @Override
        public String words() {
            return "A prediction of another size is resized to that of the truth"
                    + (inversion == Inversion.NONE ? "" : ", as inverse depth,") + " by "
                    + kernel.map(Resampling::label).orElse("the kernel of the model") + ".";
        }

        @Override
        public void apply(Work work) {
            boolean invert = inversion != Inversion.NONE && !work.kind().isInverse();
            if (!work.sizesDiffer() && !invert && !always) {
                return;
            }
            Plane values = work.unresized();
            Plane source = invert ? inverted(values) : values;
            Plane result = work.sizesDiffer()
                    ? kernel.orElse(work.modelKernel()).resized(source, work.truth().height(), work.truth().width())
                    : source;
            if (always && !work.sizesDiffer()) {
                result = interpolated(result);
            }
            work.resizedTo(invert ? invertedBack(result) : result);
        }

        /** Returns what PyTorch's bilinear interpolation makes of a map of the same size: an infinite value becomes NaN. */
        private static Plane interpolated(Plane values) {
            float[] result = values.toArray();
            for (int i = 0; i < result.length; i++) {
                result[i] = Float.isInfinite(result[i]) ? Float.NaN : result[i];
            }
            return Plane.wrap(result, values.height(), values.width());
        }

        private Plane invertedBack(Plane values) {
            float[] inverse = values.toArray();
            for (int i = 0; i < inverse.length; i++) {
                boolean zero = inversion == Inversion.ZERO_STAYS_ZERO && inverse[i] <= 0;
                inverse[i] = zero ? 0 : 1 / inverse[i];
            }
            return Plane.wrap(inverse, values.height(), values.width());
        }

        private static Plane inverted(Plane values) {
            float[] inverse = values.toArray();
            for (int i = 0; i < inverse.length; i++) {
                inverse[i] = 1 / inverse[i];
            }
            return Plane.wrap(inverse, values.height(), values.width());
        }
    }

    /** Refuses a prediction of another size than the truth. */
    record SameSize() implements Step {
        @Override
        public String key() {
            return "same-size";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Flag(true);
        }

        @Override
        public String words() {
            return "A prediction of another size than the truth has no scores.";
        }

        @Override
        public void apply(Work work) throws UnscorableException {
            if (work.sizesDiffer()) {
                throw new UnscorableException("the prediction is " + work.unresized().width() + "x"
                        + work.unresized().height() + " and the truth " + work.truth().width() + "x"
                        + work.truth().height() + "; this protocol does not resize");
            }
        }
    }

    /**
     * Counts only pixels whose true depth is in a range.
     *
     * @param min lower end, metres
     * @param max upper end, metres; may be infinite
     * @param minIncluded whether the lower end itself counts
     * @param maxIncluded whether the upper end itself counts; without an upper end, whether infinite depth counts
     */
    record Range(double min, double max, boolean minIncluded, boolean maxIncluded) implements Step {
        /**
         * Validates the ends.
         *
         * @throws IllegalArgumentException if the range is empty or not a number
         */
        public Range {
            if (!(min < max)) {
                throw new IllegalArgumentException("range: expected min below max, found " + min + " and " + max);
            }
        }

        @Override
        public String key() {
            return "range";
        }

        @Override
        public JsonValue value() {
            Members members = Members.NONE.with("min", min);
            members = max == Double.POSITIVE_INFINITY ? members.with("max", "none") : members.with("max", max);
            return members.with("min-included", minIncluded).with("max-included", maxIncluded);
        }

        @Override
        public String words() {
            String lower = "Counted are pixels whose true depth is " + (minIncluded ? "at least " : "above ")
                    + plain(min) + " m";
            return max == Double.POSITIVE_INFINITY
                    ? lower + (maxIncluded ? ", infinite depth included." : " and finite.")
                    : lower + (maxIncluded ? " and at most " : " and below ") + plain(max) + " m.";
        }

        @Override
        public void apply(Work work) {
            Plane truth = work.truth();
            boolean[] counted = work.counted();
            float low = lowest(work.isFloat32());
            float high = highest(work.isFloat32());
            float[] depths = truth.array();
            for (int row = 0; row < truth.height(); row++) {
                keep(depths, truth.rowStart(row), counted, row * truth.width(), truth.width(), low, high);
            }
        }

        private static void keep(float[] depths, int from, boolean[] counted, int at, int length, float low,
                float high) {
            for (int i = 0; i < length; i++) {
                if (!(depths[from + i] >= low && depths[from + i] <= high)) {
                    counted[at + i] = false;
                }
            }
        }

        /** Returns the smallest depth of the range; NaN if there is none. */
        private float lowest(boolean float32) {
            float near = (float) min;
            double end = float32 ? near : min;
            return near > end || (minIncluded && near == end) ? near : Math.nextUp(near);
        }

        /** Returns the largest depth of the range. */
        private float highest(boolean float32) {
            float near = (float) max;
            double end = float32 ? near : max;
            return near < end || (maxIncluded && near == end) ? near : Math.nextDown(near);
        }
    }

    /**
     * Counts only pixels inside a window.
     *
     * @param crop the window
     */
    record Keep(Crop crop) implements Step {
        @Override
        public String key() {
            return "crop";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Text(crop.label());
        }

        @Override
        public String words() {
            return "Counted are pixels inside the crop " + crop.label() + " (" + crop.source() + ").";
        }

        @Override
        public void apply(Work work) {
            int width = work.truth().width();
            Box box = crop.box(work.truth().height(), width);
            boolean[] counted = work.counted();
            for (int at = 0; at < counted.length; at++) {
                counted[at] &= box.contains(at / width, at % width);
            }
        }
    }

    /**
     * Cuts both maps to a window, so that later windows are relative to it.
     *
     * @param crop the window
     */
    record Cut(Crop crop) implements Step {
        @Override
        public String key() {
            return "cut";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Text(crop.label());
        }

        @Override
        public String words() {
            return "Both maps are cut to " + crop.label() + " (" + crop.source() + ").";
        }

        @Override
        public void apply(Work work) {
            work.cutTo(crop.box(work.truth().height(), work.truth().width()));
        }
    }

    /**
     * Sets the prediction to 0 outside a window.
     *
     * @param crop the window
     */
    record Blank(Crop crop) implements Step {
        @Override
        public String key() {
            return "blank-outside";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Text(crop.label());
        }

        @Override
        public String words() {
            return "The prediction is set to 0 outside " + crop.label() + " (" + crop.source() + ").";
        }

        @Override
        public void apply(Work work) {
            int width = work.truth().width();
            Box box = crop.box(work.truth().height(), width);
            double[] values = work.prediction();
            for (int at = 0; at < values.length; at++) {
                if (!box.contains(at / width, at % width)) {
                    values[at] = 0;
                }
            }
        }
    }

    /**
     * Counts only pixels with a usable prediction.
     *
     * @param positive whether the prediction has to be above 0 in addition to being finite
     */
    record Predicted(boolean positive) implements Step {
        @Override
        public String key() {
            return "predicted";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Text(positive ? "positive" : "finite");
        }

        @Override
        public String words() {
            return positive
                    ? "Counted are pixels whose prediction is finite and above 0."
                    : "Counted are pixels whose prediction is finite.";
        }

        @Override
        public void apply(Work work) {
            int before = work.count();
            double[] values = work.prediction();
            boolean[] counted = work.counted();
            for (int at = 0; at < counted.length; at++) {
                counted[at] &= Math.abs(values[at]) <= Double.MAX_VALUE && (!positive || values[at] > 0);
            }
            int dropped = before - work.count();
            if (dropped > 0) {
                work.note(dropped + " of " + before + " measured pixels have no " + (positive ? "positive" : "finite")
                        + " prediction and are not counted");
            }
        }
    }

    /**
     * Fits what the kind of the prediction leaves unknown. Afterwards the prediction is depth.
     *
     * @param rule the rule
     */
    record Align(AlignRule rule) implements Step {
        @Override
        public String key() {
            return "align";
        }

        @Override
        public JsonValue value() {
            return rule.definition();
        }

        @Override
        public String words() {
            return rule.words();
        }

        @Override
        public void apply(Work work) throws UnscorableException {
            rule.apply(work);
        }
    }

    /**
     * Multiplies the prediction by a constant.
     *
     * @param factor the constant, above 0
     */
    record Multiply(double factor) implements Step {
        @Override
        public String key() {
            return "multiply";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Numeral(factor);
        }

        @Override
        public String words() {
            return "The prediction is multiplied by " + plain(factor) + ".";
        }

        @Override
        public void apply(Work work) {
            work.change((values, count) -> {
                for (int i = 0; i < count; i++) {
                    values[i] = work.rounded(values[i] * factor);
                }
            });
        }
    }

    /** What a clip makes of NaN. */
    enum NotANumber {
        /** NaN stays NaN. */
        KEEP,
        /** NaN becomes the lower limit. */
        MIN,
        /** NaN becomes the upper limit. */
        MAX;

        /** {@return the word of protocol files} */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Limits the prediction to a range. Infinite predictions become the limits.
     *
     * @param min lower limit, metres
     * @param max upper limit, metres; may be infinite
     * @param notANumber what NaN becomes
     */
    record Clip(double min, double max, NotANumber notANumber) implements Step {
        /**
         * Validates the limits.
         *
         * @throws IllegalArgumentException if the range is empty
         */
        public Clip {
            if (!(min <= max)) {
                throw new IllegalArgumentException("clip: expected min not above max, found " + min + " and " + max);
            }
        }

        @Override
        public String key() {
            return "clip";
        }

        @Override
        public JsonValue value() {
            Members members = Members.NONE.with("min", min);
            members = max == Double.POSITIVE_INFINITY ? members.with("max", "none") : members.with("max", max);
            return members.with("nan", notANumber.label());
        }

        @Override
        public String words() {
            String range = max == Double.POSITIVE_INFINITY
                    ? "at least " + plain(min) + " m"
                    : plain(min) + " to " + plain(max) + " m";
            return "Predictions are limited to " + range + switch (notANumber) {
                case KEEP -> "; NaN stays NaN.";
                case MIN -> "; NaN becomes the lower limit.";
                case MAX -> "; NaN becomes the upper limit.";
            };
        }

        @Override
        public void apply(Work work) {
            double low = work.rounded(min);
            double high = work.rounded(max);
            double replacement = switch (notANumber) {
                case KEEP -> Double.NaN;
                case MIN -> low;
                case MAX -> high;
            };
            work.change((values, count) -> {
                if (notANumber != NotANumber.KEEP) {
                    for (int i = 0; i < count; i++) {
                        values[i] = Double.isNaN(values[i]) ? replacement : values[i];
                    }
                }
                for (int i = 0; i < count; i++) {
                    values[i] = Math.min(high, Math.max(values[i], low));
                }
            });
        }
    }

    /**
     * Leaves out samples with too few counted pixels.
     *
     * @param pixels the smallest number of pixels
     */
    record AtLeast(int pixels) implements Step {
        @Override
        public String key() {
            return "at-least";
        }

        @Override
        public JsonValue value() {
            return new JsonValue.Numeral(pixels);
        }

        @Override
        public String words() {
            return "A sample with fewer than " + pixels + " counted pixels has no scores.";
        }

        @Override
        public void apply(Work work) throws UnscorableException {
            int count = work.count();
            if (count < pixels) {
                throw new UnscorableException("the sample has " + count + " pixels to compare, and this protocol "
                        + "leaves out samples with fewer than " + pixels);
            }
        }
    }

    /** Returns a number without trailing zeros. */
    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
