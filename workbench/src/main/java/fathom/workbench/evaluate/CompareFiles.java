package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.file.Path;
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
import fathom.raster.GrayImage;
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
     */
    public record Options(Protocol protocol, Optional<DepthEncoding> truthEncoding, Optional<DepthKind> kind,
            Optional<Double> predictionScale, Resampling resampling) {}

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
            return arrays(truth, prediction, arrays);
        }
        DepthEncoding encoding = options.truthEncoding().isPresent()
                ? options.truthEncoding().get()
                : defaultEncoding(truth);
        MeasuredDepth measured = DepthFiles.read(truth, encoding, DepthLimits.NONE);
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
        return !NumberFiles.isNumbers(path) && Images.probe(path).bitDepth() == 8;
    }

    private static Scores arrays(Path truth, Path prediction, ArraysProtocol protocol)
            throws IOException, UnscorableException {
        boolean floats = NumberFiles.isNumbers(truth);
        if (floats != NumberFiles.isNumbers(prediction)) {
            throw new IllegalArgumentException(
                    "protocol arrays: expected two pictures or two float maps, found " + truth + " and " + prediction
                            + ". A depth map and a prediction are compared under article-fixed.");
        }
        if (NumberFiles.isArray(truth) && NumberFiles.isArray(prediction)) {
            return protocol.score(NumberFiles.readArray(truth), NumberFiles.readArray(prediction));
        }
        if (floats) {
            Plane expected = NumberFiles.readPlane(truth);
            Plane found = NumberFiles.readPlane(prediction);
            requireSame(truth, expected.height(), expected.width(), prediction, found.height(), found.width());
            return protocol.score(expected, found);
        }
        ImageSize expected = Images.probe(truth);
        ImageSize found = Images.probe(prediction);
        requireSame(truth, expected.height(), expected.width(), prediction, found.height(), found.width());
        if (expected.bitDepth() != 8 || found.bitDepth() != 8) {
            throw new IllegalArgumentException("protocol arrays: expected two 8-bit pictures, found "
                    + expected.bitDepth() + " and " + found.bitDepth() + " bits in " + truth + " and " + prediction
                    + ". 16-bit depth is compared under article-fixed, or as float maps (NPY, NPZ, PFM).");
        }
        boolean colour = expected.channels() > 2;
        if (colour != found.channels() > 2) {
            throw new IllegalArgumentException("protocol arrays: expected two grey or two colour pictures, found "
                    + (colour
                            ? "colour in " + truth + " and grey in " + prediction
                            : "grey in " + truth + " and colour in " + prediction)
                    + ". A depth map in a colormap cannot be scored as depth.");
        }
        return colour
                ? protocol.score(Images.readRgb(truth), Images.readRgb(prediction))
                : protocol.score(grey(truth), grey(prediction));
    }

    private static GrayImage grey(Path path) throws IOException {
        return GrayImage.ofLevels(Images.readGray(path).values());
    }

    private static void requireSame(Path truth, int height, int width, Path prediction, int otherHeight,
            int otherWidth) {
        if (height != otherHeight || width != otherWidth) {
            throw new IllegalArgumentException(prediction + ": expected " + width + "x" + height + " to match " + truth
                    + ", found " + otherWidth + "x" + otherHeight + ". The protocol arrays does not resize.");
        }
    }

    private static Prediction prediction(Path path, Options options) throws IOException {
        if (NumberFiles.isNumbers(path)) {
            return new Prediction(options.kind().orElse(DepthKind.METRIC), NumberFiles.readPlane(path));
        }
        IntegerImage image = Images.readGray(path);
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
