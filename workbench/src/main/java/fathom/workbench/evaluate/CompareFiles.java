package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import fathom.raster.RgbImage;
import fathom.formats.images.ReadOptions;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.Samples;
import fathom.formats.NumberType;
import fathom.formats.NdArray;
import fathom.evaluation.metrics.Metric;
import java.util.List;
import java.util.ArrayList;
import java.nio.ByteOrder;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArraysProtocol;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.Formats;
import fathom.formats.ImageSize;
import fathom.formats.IntegerImage;
import fathom.formats.images.Images;
import fathom.formats.images.NumberFiles;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.resampling.Resampling;
import fathom.workbench.predict.LinearQuantization;

/**
 * The comparison of two files, without a dataset. The format of a file is determined by its content, never by its name.
 */
public final class CompareFiles {
    private CompareFiles() {}

    /**
     * How the files are interpreted and compared.
     *
     * @param protocol the protocol
     * @param truthEncoding the encoding of the ground truth; if empty, millimetres for integers and metres for
     *            floating-point numbers
     * @param kind the kind of the prediction; if empty, the kind stated in the file, or metric depth if it states none
     * @param predictionScale the units per metre of a prediction in integers; if empty, the scale stated in the file, or
     *            1000 if it states none
     * @param resampling the kernel that resizes a prediction of another size to that of the ground truth
     * @param truthReading how the file of the ground truth is read
     * @param predictionReading how the file of the prediction is read
     */
    public record Options(Protocol protocol, Optional<DepthEncoding> truthEncoding, Optional<DepthKind> kind,
            Optional<Double> predictionScale, Resampling resampling, ReadOptions truthReading,
            ReadOptions predictionReading) {}

    /**
     * Scores a prediction against a ground truth.
     *
     * @param truth the file of the ground truth
     * @param prediction the file of the prediction
     * @param options how the files are interpreted and compared
     * @return the scores
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the two cannot be compared under the protocol
     * @throws UnscorableException if the protocol is not defined for these values
     */
    public static Scores run(Path truth, Path prediction, Options options) throws IOException, UnscorableException {
        if (options.protocol() instanceof ArraysProtocol arrays) {
            return arrays.score(array(truth, options.truthReading()), array(prediction, options.predictionReading()));
        }
        DepthEncoding encoding = options.truthEncoding().isPresent()
                ? options.truthEncoding().get()
                : defaultEncoding(truth);
        MeasuredDepth measured = DepthFiles.read(truth, encoding.withReading(options.truthReading()),
                DepthLimits.NONE);
        Prediction predicted = prediction(prediction, options);
        Plane values = predicted.values();
        if (values.height() != measured.height() || values.width() != measured.width()) {
            predicted = predicted.withValues(options.resampling().resized(values, measured.height(), measured.width()));
        }
        return options.protocol().score(measured, predicted);
    }

    /**
     * Returns the default protocol of two files: {@code arrays} for two 8-bit pictures, otherwise {@code article-fixed}.
     *
     * @param truth the file of the ground truth
     * @param prediction the file of the prediction
     * @return the name of the protocol
     * @throws IOException if a file cannot be read
     */
    public static String defaultProtocol(Path truth, Path prediction) throws IOException {
        return isByte(truth) && isByte(prediction) ? "arrays" : "article-fixed";
    }

    private static boolean isByte(Path path) throws IOException {
        return !NumberFiles.isNumbers(path) && Images.probe(path).bitDepth() <= 8;
    }

    /**
     * Returns the unit of a metric for two files: metres for floating-point depth, levels for integers, none for other
     * floating-point numbers.
     *
     * @param truth the file of the ground truth
     * @param prediction the file of the prediction
     * @param options how the files are interpreted and compared
     * @param metric a metric of the protocol
     * @return the unit, empty if there is none
     * @throws IOException if a file cannot be read
     */
    public static String unit(Path truth, Path prediction, Options options, Metric metric) throws IOException {
        if (!(options.protocol() instanceof ArraysProtocol) || metric != Metric.RMSE) {
            return options.protocol().unit(metric);
        }
        if (!NumberFiles.isNumbers(truth) || !array(truth, options.truthReading()).type().isFloat()) {
            return metric.unit();
        }
        return options.kind().orElse(DepthKind.METRIC) == DepthKind.METRIC ? options.protocol().unit(metric) : "";
    }

    /**
     * Returns what is suspicious about two files, such as the byte order.
     *
     * @param truth the file of the ground truth
     * @param prediction the file of the prediction
     * @param options how the files are interpreted
     * @return the warnings
     * @throws IOException if a file cannot be read
     */
    public static List<String> warnings(Path truth, Path prediction, Options options) throws IOException {
        List<String> warnings = new ArrayList<>();
        byteOrder(truth, options.truthReading()).ifPresent(warnings::add);
        byteOrder(prediction, options.predictionReading()).ifPresent(warnings::add);
        return warnings;
    }

    private static Optional<String> byteOrder(Path file, ReadOptions reading) throws IOException {
        if (NumberFiles.isNumbers(file) || Images.probe(file).bitDepth() != 16 || Images.probe(file).channels() != 1) {
            return Optional.empty();
        }
        return Images.byteOrderWarning(file, Images.readGray(file, reading.image()).values());
    }

    /**
     * Returns the numbers of a file. Pictures of fewer than 8 bits are scaled to 8, as Pillow and OpenCV read them.
     */
    private static NdArray array(Path file, ReadOptions reading) throws IOException {
        if (NumberFiles.isArray(file)) {
            return NumberFiles.readArray(file, reading.array());
        }
        if (NumberFiles.isNumbers(file)) {
            return NdArray.of(NumberFiles.readPlane(file));
        }
        ImageSize size = Images.probe(file);
        boolean colour = size.channels() > 2;
        if (colour && size.bitDepth() == 16) {
            throw new UnsupportedFormatException(file.toString(), "expected a colour picture of 8 bits, found 16 bits;"
                    + " convert it to 8 bits or to one channel");
        }
        if (colour) {
            RgbImage image = Images.readRgb(file, reading.image());
            return NdArray.ofBytes(image.toArray(), image.height(), image.width(), RgbImage.CHANNELS);
        }
        if (size.bitDepth() < 8) {
            RgbImage image = Images.readRgb(file, reading.image());
            byte[] samples = image.toArray();
            byte[] levels = new byte[samples.length / RgbImage.CHANNELS];
            for (int i = 0; i < levels.length; i++) {
                levels[i] = samples[RgbImage.CHANNELS * i];
            }
            return NdArray.ofBytes(levels, image.height(), image.width());
        }
        IntegerImage image = Images.readGray(file, reading.image());
        Plane values = image.values();
        return image.bitDepth() == 8
                ? NdArray.ofBytes(Samples.gray8(values), values.height(), values.width())
                : new NdArray(NumberType.UINT16, new int[]{values.height(), values.width()},
                        ByteBuffer.wrap(Samples.gray16(values, ByteOrder.LITTLE_ENDIAN)).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static Prediction prediction(Path path, Options options) throws IOException {
        if (NumberFiles.isNumbers(path)) {
            return new Prediction(options.kind().orElse(DepthKind.METRIC), NumberFiles.readPlane(path, options.predictionReading().array()));
        }
        IntegerImage image = Images.readGray(path, options.predictionReading().image());
        Map<String, String> entries = Images.probe(path).format().equals(Formats.PNG) ? Png.readText(path) : Map.of();
        String stated = entries.get(LinearQuantization.KIND);
        DepthKind kind = options.kind().orElseGet(() -> stated == null ? DepthKind.METRIC : DepthKind.ofLabel(stated));
        if (kind == DepthKind.LEVELS) {
            return new Prediction(kind, image.values());
        }
        LinearQuantization code = options.predictionScale().map(scale -> new LinearQuantization(1 / scale, 0, ""))
                .or(() -> LinearQuantization.ofEntries(entries)).orElse(new LinearQuantization(1 / 1000.0, 0, ""));
        return new Prediction(kind, code.decode(image.values()));
    }

    private static DepthEncoding defaultEncoding(Path truth) throws IOException {
        return NumberFiles.isNumbers(truth) ? new DepthEncoding.Metres() : new DepthEncoding.UnitsPerMetre(1000);
    }
}
