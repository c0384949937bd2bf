package fathom.evaluation.protocols;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

import fathom.evaluation.metrics.ImageMetrics;
import fathom.evaluation.metrics.ImageScores;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.SsimOptions;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.DepthKind;
import fathom.raster.GrayImage;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * Compares two arrays like scikit-image: without decoding, mask or scaling.
 *
 * <p>The data range of integer images is that of their type, 255 or 65535. The data range of float maps is the span of the
 * truth, its maximum minus its minimum. The result is exact with respect to {@code skimage.metrics} of version 0.19.
 * Use it to compare with scores that were computed in Python. It is not suitable for predictions of unknown scale:
 * nothing is aligned. {@link #text()} describes it for users.
 *
 * {@snippet file="snippets/EvaluationSnippets.java" region="arrays"}
 *
 * @see ImageMetrics
 */
public record ArraysProtocol() implements Protocol {
    private static final int UINT16_RANGE = 65535;

    @Override
    public String name() {
        return "arrays";
    }

    /** {@return metres, for depth maps} Integer pictures are compared in levels. */
    @Override
    public Quantity quantity() {
        return Quantity.METRES;
    }

    @Override
    public Members definition() {
        return definition("metres", "all").with("alignment", "none").with("range",
                Members.NONE.with("uint8", 255).with("uint16", UINT16_RANGE).with("float", "span-of-truth"));
    }

    /**
     * Scores two 8-bit images of one channel.
     *
     * @param truth the reference
     * @param prediction of the same type and shape
     * @return a number or a reason for each metric
     */
    public Scores score(GrayImage truth, GrayImage prediction) {
        return scores(ImageMetrics.scoreIfFits(truth, prediction), truth.height(), truth.width());
    }

    /**
     * Scores two 8-bit colour images: squared error over all channels, SSIM averaged over the channels.
     *
     * @param truth the reference
     * @param prediction of the same type and shape
     * @return a number or a reason for each metric
     */
    public Scores score(RgbImage truth, RgbImage prediction) {
        return scores(ImageMetrics.scoreIfFits(truth, prediction), truth.height(), truth.width());
    }

    /**
     * Scores two float32 maps of the same shape. The data range is the span of {@code truth}.
     *
     * @param truth the reference
     * @param prediction of the same type and shape
     * @return a number or a reason for each metric
     * @throws UnscorableException if a value is not finite or the truth is constant
     */
    public Scores score(Plane truth, Plane prediction) throws UnscorableException {
        truth.requireSameShape("prediction", prediction);
        float[] x = truth.toArray();
        float[] y = prediction.toArray();
        Span span = new Span();
        for (int i = 0; i < x.length; i++) {
            span.take(x[i], y[i]);
        }
        return scores(ImageMetrics.scoreIfFits(truth, prediction, span.width()), truth.height(), truth.width());
    }

    /**
     * Scores two arrays of one shape: [H, W], or [H, W, 3] for bytes. Axes of length 1 before and after these are ignored.
     * The types are equal, or both are floats. Unsigned integers of 8 and 16 bits have the data range of their type, floats
     * the span of {@code truth}. As in scikit-image, float16 is computed in float32; 16-bit integers and floats of which one
     * has 64 bits are computed in float64.
     *
     * @param truth the reference
     * @param prediction of the same shape, and of the same type or also floats
     * @return a number or a reason for each metric
     * @throws IllegalArgumentException if types or shapes differ or are not supported
     * @throws UnscorableException if a value is not finite or a float truth is constant
     */
    public Scores score(NdArray truth, NdArray prediction) throws UnscorableException {
        int[] shape = withoutOnes(truth);
        boolean floats = truth.type().isFloat() && prediction.type().isFloat();
        if ((truth.type() != prediction.type() && !floats) || !Arrays.equals(shape, withoutOnes(prediction))) {
            throw new IllegalArgumentException("prediction: expected " + (floats ? "" : "the type and ")
                    + "the shape of the truth, " + described(truth) + ", found " + described(prediction));
        }
        boolean colour = shape.length == 3 && shape[2] == RgbImage.CHANNELS && truth.type() == NumberType.UINT8;
        if ((shape.length != 2 && !colour) || truth.size() == 0) {
            throw new IllegalArgumentException(
                    "arrays: expected one channel, [H, W], or bytes [H, W, 3], found " + truth);
        }
        int height = shape[0];
        int width = shape[1];
        return switch (truth.type()) {
            case UINT8 -> colour
                    ? score(RgbImage.wrap(bytes(truth), height, width), RgbImage.wrap(bytes(prediction), height, width))
                    : score(GrayImage.wrap(bytes(truth), height, width),
                            GrayImage.wrap(bytes(prediction), height, width));
            case UINT16 -> score(truth.toDoubles(), prediction.toDoubles(), height, width, UINT16_RANGE);
            case FLOAT16, FLOAT32, FLOAT64 -> {
                if (truth.type() != NumberType.FLOAT64 && prediction.type() != NumberType.FLOAT64) {
                    yield score(Plane.wrap(truth.toFloats(), height, width),
                            Plane.wrap(prediction.toFloats(), height, width));
                }
                double[] x = truth.toDoubles();
                double[] y = prediction.toDoubles();
                Span span = new Span();
                for (int i = 0; i < x.length; i++) {
                    span.take(x[i], y[i]);
                }
                yield score(x, y, height, width, span.width());
            }
            case BOOL, INT8, INT16, INT32, UINT32, INT64,
                    UINT64 ->
                throw new IllegalArgumentException(
                        "arrays: expected unsigned integers of 8 or 16 bits or floats, found " + truth
                                + "; convert both to one of these first");
        };
    }

    @Override
    public Scores score(MeasuredDepth truth, Prediction prediction) throws UnscorableException {
        Scores scores = score(truth.metres(), prediction.values());
        return prediction.kind() == DepthKind.METRIC
                ? scores
                : scores.withNote("the prediction is " + prediction.kind().label()
                        + ", not depth in metres, so RMSE has no unit and means little");
    }

    private static Scores score(double[] truth, double[] prediction, int height, int width, double range) {
        return scores(ImageMetrics.scoreIfFits(truth, prediction, height, width, range), height, width);
    }

    private static Scores scores(ImageScores scores, int height, int width) {
        return Scores.of(scores, (long) height * width, SsimOptions.DEFAULT.tooSmall(height, width));
    }

    private static String described(NdArray array) {
        return array.type().name().toLowerCase(Locale.ROOT) + " " + Arrays.toString(array.shape());
    }

    /** Returns the shape without axes of length 1 before [H, W] or [H, W, 3] and after [H, W]. */
    private static int[] withoutOnes(NdArray array) {
        int[] shape = array.shape();
        int first = 0;
        int end = shape.length;
        while (end - first > 2 && shape[end - 1] == 1) {
            end--;
        }
        while (end - first > 2 && shape[first] == 1
                && !(end - first == 3 && shape[end - 1] == RgbImage.CHANNELS && array.type() == NumberType.UINT8)) {
            first++;
        }
        return Arrays.copyOfRange(shape, first, end);
    }

    private static byte[] bytes(NdArray array) {
        ByteBuffer buffer = array.bytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** The distance between the minimum and the maximum of a truth; both arrays must be finite. */
    private static final class Span {
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private boolean finite = true;

        void take(double truth, double prediction) {
            min = Math.min(min, truth);
            max = Math.max(max, truth);
            finite &= Double.isFinite(truth) && Double.isFinite(prediction);
        }

        double width() throws UnscorableException {
            if (!finite) {
                throw new UnscorableException("the arrays have values that are not finite, and this protocol "
                        + "masks nothing; article-fixed ignores such pixels");
            }
            if (!(max > min)) {
                throw new UnscorableException("the truth is " + min + " everywhere, so its span is 0; PSNR and SSIM "
                        + "use the span as the data range of float maps");
            }
            return max - min;
        }
    }
}
