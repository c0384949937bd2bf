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

/** Scores one file against another, without a dataset. The content of a file tells its format, never its name. */
public final class CompareFiles {
    private CompareFiles() {}

    /**
     * How the files are to be understood.
     *
     * @param protocol how they are scored
     * @param truthEncoding how the truth's numbers become metres, empty for millimetres in integers and metres in floats
     * @param kind what the prediction's numbers mean, empty for what its file says, or else metric depth
     * @param predictionScale units per metre of a prediction in integers, empty for what its file says, or else 1000
     * @param resampling how a prediction of another size is brought to the truth's
     */
    public record Options(Protocol protocol, Optional<DepthEncoding> truthEncoding, Optional<DepthKind> kind,
            Optional<Double> predictionScale, Resampling resampling) {}

    /**
     * Scores {@code prediction} against {@code truth}.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the two cannot be compared under the protocol
     * @throws UnscorableException if they have no numbers under the protocol
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
     * {@return the protocol of two files about which nothing is said: arrays for two 8-bit pictures, else article-fixed}
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
                    "protocol arrays: expected two pictures or two float maps, found " + truth + " and "
                            + prediction + ". A depth map and a prediction are compared under article-fixed.");
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
            throw new IllegalArgumentException(
                    "protocol arrays: expected two 8-bit pictures, found " + expected.bitDepth() + " and "
                            + found.bitDepth() + " bits in " + truth + " and " + prediction
                            + ". 16-bit depth is compared under article-fixed, or as float maps (NPY, NPZ, PFM).");
        }
        boolean colour = expected.channels() > 2;
        if (colour != found.channels() > 2) {
            throw new IllegalArgumentException("protocol arrays: expected two grey or two colour pictures, found "
                    + (colour
                            ? "colour in " + truth + " and grey in " + prediction
                            : "grey in " + truth + " and colour in " + prediction)
                    + ". A coloured picture of depth is not depth.");
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
            throw new IllegalArgumentException(
                    prediction + ": expected " + width + "x" + height + " to match " + truth + ", found "
                            + otherWidth + "x" + otherHeight + ". The protocol arrays resizes nothing.");
        }
    }

    private static Prediction prediction(Path path, Options options) throws IOException {
        if (NumberFiles.isNumbers(path)) {
            return new Prediction(options.kind().orElse(DepthKind.METRIC), NumberFiles.readPlane(path));
        }
        IntegerImage image = Images.readGray(path);
        Map<String, String> entries = Images.probe(path).format().equals(Formats.PNG) ? Png.readText(path) : Map.of();
        String stated = entries.get(LinearQuantization.KIND);
        DepthKind kind = options.kind()
                .orElseGet(() -> stated == null ? DepthKind.METRIC : DepthKind.ofLabel(stated));
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
