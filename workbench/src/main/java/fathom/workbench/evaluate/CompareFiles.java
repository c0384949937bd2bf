package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthFindings;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.depth.StatedDepth;
import fathom.evaluation.checks.EvaluationChecks;
import fathom.evaluation.checks.FindingKind;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArraysProtocol;
import fathom.evaluation.protocols.ArticleProtocol;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.ScoringContext;
import fathom.evaluation.protocols.StepProtocol;
import fathom.formats.ImageSize;
import fathom.formats.IntegerImage;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.formats.Samples;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.images.Images;
import fathom.formats.images.NumberFiles;
import fathom.formats.images.ReadOptions;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.workbench.predict.LinearQuantization;

/**
 * The comparison of two files, without a dataset. The format of a file is determined by its content, never by its name.
 */
public final class CompareFiles {
    /** The share of pixels above which depths of 0 and below are reported. */
    private static final double NOT_POSITIVE = 0.01;
    /** The findings about numbers without a known unit. */
    private static final Set<FindingKind> OF_ANY_NUMBERS = Set.of(FindingKind.POLARITY, FindingKind.COLOUR_MAP,
            FindingKind.BYTE_WRAP, FindingKind.SSIM_ABOVE_ONE);
    private static final String STATE_ORDER = "; if so, state the byte order";

    private CompareFiles() {}

    /**
     * How the files are interpreted and compared. The protocol {@link ArraysProtocol} compares the numbers as they are
     * stored and accepts no other part.
     *
     * @param protocol the protocol
     * @param truth how the ground truth is interpreted
     * @param predicted how the prediction is interpreted
     * @param resampling the kernel that resizes a prediction of another size to that of the ground truth; if empty,
     *            {@link Resampling#TORCH_BICUBIC}
     */
    public record Options(Protocol protocol, Truth truth, Predicted predicted, Optional<Resampling> resampling) {
        /** Returns the options that a comparison of the stored numbers accepts. */
        private Options asStored() {
            return new Options(protocol, new Truth(Optional.empty(), List.of(), Optional.empty(), truth.reading),
                    new Predicted(Optional.empty(), Optional.empty(), List.of(), predicted.reading), Optional.empty());
        }

        /**
         * Returns the default interpretation.
         *
         * @param protocol the protocol
         * @return the options
         */
        public static Options of(Protocol protocol) {
            return new Options(protocol, Truth.DEFAULT, Predicted.DEFAULT, Optional.empty());
        }
    }

    /**
     * How a ground truth is interpreted.
     *
     * @param encoding the encoding; if empty, millimetres for integers and metres for floating-point numbers
     * @param missing the numbers as stored that mean "no measurement", in addition to 0
     * @param limits the range of valid depths; if empty, every positive depth is valid
     * @param reading how the file is read
     */
    public record Truth(Optional<DepthEncoding> encoding, List<Double> missing, Optional<DepthLimits> limits,
            ReadOptions reading) {
        /** Nothing is stated. */
        public static final Truth DEFAULT = new Truth(Optional.empty(), List.of(), Optional.empty(),
                ReadOptions.DEFAULT);

        /** Copies the list. */
        public Truth {
            missing = List.copyOf(missing);
        }

        private boolean isAsStored() {
            return encoding.isEmpty() && missing.isEmpty() && limits.isEmpty();
        }
    }

    /**
     * How a prediction is interpreted.
     *
     * @param kind the kind; if empty, the kind stated in the file, or metric depth if it states none
     * @param scale the units per metre; if empty, the scale stated in the file, otherwise 1000 for integers and 1 for
     *            floating-point numbers
     * @param missing the numbers as stored that mean "no value"; if empty, those of the truth for integers of metric depth.
     *            0 is one of them only for integers of metric depth and for files of Fathom
     * @param reading how the file is read
     */
    public record Predicted(Optional<DepthKind> kind, Optional<Double> scale, List<Double> missing,
            ReadOptions reading) {
        /** Nothing is stated. */
        public static final Predicted DEFAULT = new Predicted(Optional.empty(), Optional.empty(), List.of(),
                ReadOptions.DEFAULT);

        /** Checks the scale and copies the list. */
        public Predicted {
            missing = List.copyOf(missing);
            if (scale.isPresent() && !(scale.get() > 0 && scale.get() < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "scale of the prediction: expected a finite number above 0, found " + scale.get());
            }
        }
    }

    /**
     * The result of a comparison.
     *
     * @param scores the scores
     * @param notes how the files were interpreted where that was not stated
     * @param warnings numbers that are probably not depth
     * @param findings probable mistakes in the files or the protocol
     */
    public record Outcome(Scores scores, List<String> notes, List<String> warnings, List<EvaluationWarning> findings) {
        /** Copies the lists. */
        public Outcome {
            notes = List.copyOf(notes);
            warnings = List.copyOf(warnings);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Scores a prediction against a ground truth.
     *
     * @param truth the file of the ground truth
     * @param prediction the file of the prediction
     * @param options how the files are interpreted and compared
     * @return the scores
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the two cannot be compared under the protocol, or an option has no effect
     * @throws UnscorableException if the protocol is not defined for these values
     */
    public static Outcome run(Path truth, Path prediction, Options options) throws IOException, UnscorableException {
        if (options.protocol() instanceof ArraysProtocol arrays) {
            if (!options.equals(options.asStored())) {
                throw new IllegalArgumentException(
                        "protocol arrays: expected no scale, kind, kernel, limit or code for "
                                + "missing depth, because it compares the numbers as they are stored, found one; choose another "
                                + "protocol");
            }
            NdArray truthArray = array(truth, options.truth().reading());
            NdArray predictionArray = array(prediction, options.predicted().reading());
            Scores scores = arrays.score(truthArray, predictionArray);
            return new Outcome(scores, List.of(), warnings(truth, prediction, options),
                    findings(truthArray, predictionArray, scores));
        }
        if (options.protocol() instanceof ArticleProtocol && !options.truth().isAsStored()) {
            throw new IllegalArgumentException(
                    "protocol article: expected no scale, encoding, limit or code for the measured depth, because it "
                            + "compares the numbers as they are stored, found one; choose another protocol");
        }
        List<String> notes = new ArrayList<>();
        List<String> warnings = warnings(truth, prediction, options);
        MeasuredDepth measured = measured(truth, options.truth(), notes, warnings);
        Prediction predicted = prediction(prediction, options, notes, warnings);
        Prediction stored = predicted;
        Plane values = predicted.values();
        if (values.height() != measured.height() || values.width() != measured.width()) {
            Resampling kernel = options.resampling().orElse(Resampling.TORCH_BICUBIC);
            if (!(options.protocol() instanceof StepProtocol)) {
                predicted = predicted.withValues(kernel.resized(values, measured.height(), measured.width()));
            }
            notes.add(prediction + ": resized from " + values.width() + "x" + values.height() + " to "
                    + measured.width() + "x" + measured.height() + ", the size of the truth, by "
                    + (options.protocol() instanceof StepProtocol steps
                            ? steps.kernel(kernel).label()
                            : kernel.label()));
        }
        ScoringContext context = new ScoringContext(options.resampling().orElse(Resampling.TORCH_BICUBIC),
                Optional.empty());
        Scores scores = options.protocol().score(measured, predicted, context);
        notes.addAll(scores.notes());
        return new Outcome(scores, notes, warnings,
                findings(measured, stored, scores, EnumSet.allOf(FindingKind.class)));
    }

    /**
     * Returns the findings for arrays of one channel, whose meaning is not known: only those that do not depend on a unit or on
     * missing depth.
     */
    private static List<EvaluationWarning> findings(NdArray truth, NdArray prediction, Scores scores) {
        if (truth.shape().length != 2 || prediction.shape().length != 2) {
            return List.of();
        }
        Plane values = truth.toPlane();
        MeasuredDepth measured = new MeasuredDepth(values, values, Mask.ofPositive(values));
        return findings(measured, new Prediction(DepthKind.LEVELS, prediction.toPlane()), scores, OF_ANY_NUMBERS);
    }

    private static List<EvaluationWarning> findings(MeasuredDepth truth, Prediction prediction, Scores scores,
            Set<FindingKind> kinds) {
        return EvaluationChecks.of(truth, prediction, EvaluationChecks.Shape.OF_THE_PICTURE, Optional.of(scores))
                .stream().filter(finding -> kinds.contains(finding.kind()))
                .map(finding -> EvaluationWarning.of(finding, 1, 1, "")).toList();
    }

    private static MeasuredDepth measured(Path truth, Truth options, List<String> notes, List<String> warnings)
            throws IOException {
        DepthEncoding encoding = options.encoding().isPresent()
                ? options.encoding().get()
                : DepthFiles.usualEncoding(truth, options.reading());
        OptionalDouble stated = StatedDepth.unitsPerMetre(truth);
        if (stated.isPresent() && options.encoding().isPresent()
                && !options.encoding().get().equals(new DepthEncoding.UnitsPerMetre(stated.getAsDouble()))) {
            notes.add(truth + ": the file states " + stated.getAsDouble()
                    + " units per metre; what was given is used instead");
        }
        if (options.encoding().isEmpty() && encoding instanceof DepthEncoding.UnitsPerMetre && stated.isEmpty()) {
            notes.add(truth + ": integers taken as millimetres (1000 units per metre), as no scale was given");
        }
        MeasuredDepth measured = DepthFiles.read(truth,
                encoding.withMissing(options.missing()).withReading(options.reading()),
                options.limits().orElse(DepthLimits.NONE));
        examine(truth, measured, notes, warnings);
        return measured;
    }

    /** Returns a warning if many depths of a metric prediction are 0 or below, which no depth can be. */
    private static Optional<String> notPositive(Path file, Plane metres) {
        double share = (double) Mask.where(metres, value -> value <= 0).count() / metres.size();
        return share > NOT_POSITIVE
                ? Optional.of(String.format(Locale.ROOT,
                        "%s: %.0f %% of the pixels are 0 or below, counted as depth; if such a number is a code for missing "
                                + "depth, state it as missing in the prediction",
                        file, 100 * share))
                : Optional.empty();
    }

    private static void examine(Path file, MeasuredDepth depth, List<String> notes, List<String> warnings) {
        DepthFindings findings = DepthFindings.of(depth);
        findings.code().ifPresent(code -> warnings.add(file + ": " + code.text()
                + ", counted as depth; if this is a code for missing depth, state it as missing or limit the depth"));
        if (findings.hasLargeDepths()) {
            notes.add(
                    String.format(Locale.ROOT, "%s: the median is %.0f m; if the file holds millimetres, state a scale "
                            + "of 1000 units per metre", file, findings.medianMetres()));
        }
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
        if (!(options.protocol() instanceof ArraysProtocol) || !metric.equals(Metric.RMSE)) {
            return options.protocol().unit(metric);
        }
        if (!NumberFiles.isNumbers(truth) || !array(truth, options.truth().reading()).type().isFloat()) {
            return metric.unit().symbol(Quantity.LEVELS);
        }
        return options.predicted().kind().orElse(DepthKind.METRIC) == DepthKind.METRIC
                ? options.protocol().unit(metric)
                : "";
    }

    /** Returns what is suspicious about the bytes of two files. */
    private static List<String> warnings(Path truth, Path prediction, Options options) throws IOException {
        List<String> warnings = new ArrayList<>();
        byteOrder(truth, options.truth().reading()).ifPresent(warning -> warnings.add(warning + STATE_ORDER));
        byteOrder(prediction, options.predicted().reading()).ifPresent(warning -> warnings.add(warning + STATE_ORDER));
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
            throw new UnsupportedFormatException(file.toString(),
                    "expected a colour picture of 8 bits, found 16 bits;" + " convert it to 8 bits or to one channel");
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
                : new NdArray(NumberType.UINT16, new int[]{values.height(), values.width()}, ByteBuffer
                        .wrap(Samples.gray16(values, ByteOrder.LITTLE_ENDIAN)).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Returns the numbers of a gray picture, or of a colour picture of 8 bits whose three channels are equal. */
    private static Plane picture(Path path, ReadOptions reading) throws IOException {
        ImageSize size = Images.probe(path);
        if (size.channels() == RgbImage.CHANNELS && size.bitDepth() == 8) {
            RgbImage colours = Images.readRgb(path, reading.image());
            byte[] samples = colours.toArray();
            Plane gray = Plane.allocate(colours.height(), colours.width());
            for (int i = 0; i < gray.size(); i++) {
                byte sample = samples[RgbImage.CHANNELS * i];
                if (sample != samples[RgbImage.CHANNELS * i + 1] || sample != samples[RgbImage.CHANNELS * i + 2]) {
                    throw new UnsupportedFormatException(path.toString(),
                            "expected a gray picture, or a colour picture with three equal channels, found different ones; "
                                    + "this is a rendered picture of depth, not depth");
                }
                gray.array()[i] = sample & 0xFF;
            }
            return gray;
        }
        return Images.readGray(path, reading.image()).values();
    }

    private static Prediction prediction(Path path, Options all, List<String> notes, List<String> warnings)
            throws IOException {
        Predicted options = all.predicted();
        boolean array = NumberFiles.isNumbers(path);
        boolean floats = array && DepthFiles.holdsFloats(path, options.reading());
        Map<String, String> entries = array ? Map.of() : StatedDepth.entries(path);
        String stated = entries.get(StatedDepth.KIND);
        DepthKind kind = options.kind().orElseGet(() -> stated == null ? DepthKind.METRIC : DepthKind.ofLabel(stated));
        if (kind == DepthKind.LEVELS && options.scale().isPresent()) {
            throw new IllegalArgumentException(
                    "scale of the prediction: expected none for the kind levels, whose values have no unit, found "
                            + options.scale().get());
        }
        Plane stored = array
                ? NumberFiles.readPlane(path, options.reading().array())
                : picture(path, options.reading());
        Optional<LinearQuantization> ofFile = LinearQuantization.ofEntries(entries);
        Set<Float> missing = new HashSet<>();
        options.missing().forEach(code -> missing.add(code.floatValue()));
        boolean metricIntegers = kind == DepthKind.METRIC && !floats;
        if (ofFile.isPresent() || metricIntegers) {
            missing.add(0f);
        }
        if (metricIntegers && options.missing().isEmpty()) {
            all.truth().missing().forEach(code -> missing.add(code.floatValue()));
        }
        double units = options.scale().orElse(floats || kind == DepthKind.LEVELS ? 1 : DepthFiles.MILLIMETRES);
        LinearQuantization code = options.scale().isPresent() || ofFile.isEmpty() || kind == DepthKind.LEVELS
                ? new LinearQuantization(1 / units, 0, "")
                : ofFile.get();
        if (metricIntegers && options.scale().isEmpty() && ofFile.isEmpty()) {
            notes.add(path
                    + ": integers taken as metric depth in millimetres (1000 units per metre), as neither kind nor "
                    + "scale was given");
        }
        Prediction predicted = new Prediction(kind,
                code.step() == 1 && code.origin() == 0 && missing.isEmpty() ? stored : code.decode(stored, missing));
        if (kind == DepthKind.METRIC) {
            notPositive(path, predicted.values()).ifPresent(warnings::add);
            examine(path, new MeasuredDepth(stored, predicted.values().copy(), Mask.ofPositive(predicted.values())),
                    notes, warnings);
        }
        return predicted;
    }
}
