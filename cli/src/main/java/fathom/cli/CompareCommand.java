package fathom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.TerminalText;
import fathom.cli.options.NamedProtocol;
import fathom.cli.options.PgmOrderOption;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.workbench.evaluate.CompareFiles;
import fathom.workbench.evaluate.EvaluationWarning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom compare}: computes metrics of two files without a dataset. */
@Command(name = "compare", mixinStandardHelpOptions = true, header = "Compare a predicted with a measured depth map.", description = {
        "", "Reads PNG, JPEG, PGM, PPM, NPY, NPZ and PFM.", ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom compare truth.png prediction.png --protocol arrays",
                "  fathom compare depth.png depth/photo.npy --truth-scale 1000 --kind metric",
                "  fathom compare depth.png photo.npy --missing 65535 --max-depth 10",
                "  fathom compare truth.npz prediction.npz --array depth,prediction",
                "  fathom compare raw.pgm prediction.npy --pgm-order little",
                "  fathom compare SUNRGBD/scene/depth_bfx/0001.png dpt.npy --sunrgbd --kind affine-invariant-inverse"})
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "TRUTH", description = "The measured depth, or any picture.")
    private Path truth;

    @Parameters(index = "1", paramLabel = "PREDICTION", description = "The predicted depth, or any picture.")
    private Path prediction;

    @Option(names = "--protocol", paramLabel = "P", description = "A name of `fathom protocols list`, or a YAML file (default: arrays for two 8-bit pictures, otherwise article-fixed).")
    private @Nullable String protocol;

    @Option(names = "--truth-scale", paramLabel = "S", description = "Units per metre of the truth file (default: 1000 for integers, 1 for floating-point numbers).")
    private @Nullable Double truthScale;

    @Option(names = "--sunrgbd", description = "The truth file has the bit rotation of SUN RGB-D.")
    private boolean rotated;

    @Option(names = "--prediction-scale", paramLabel = "S", description = "Units per metre of the prediction file (default: the scale in the file, otherwise 1000 for integers, 1 for floating-point numbers).")
    private @Nullable Double predictionScale;

    @Option(names = "--missing", paramLabel = "CODE", split = ",", description = "Numbers as stored in the truth file that mean no measurement, in addition to 0, such as 65535; also in a prediction of metric depth in integers.")
    private List<Double> missing = new ArrayList<>();

    @Option(names = "--prediction-missing", paramLabel = "CODE", split = ",", description = "Numbers as stored in the prediction file that mean no value (default: 0 and those of --missing for metric depth in integers, otherwise none).")
    private List<Double> predictionMissing = new ArrayList<>();

    @Option(names = "--min-depth", paramLabel = "M", description = "Ignore pixels whose measured depth is below this value, in metres.")
    private @Nullable Double minDepth;

    @Option(names = "--max-depth", paramLabel = "M", description = "Ignore pixels whose measured depth is above this value, in metres.")
    private @Nullable Double maxDepth;

    @Option(names = "--kind", paramLabel = "KIND", description = "The kind of the prediction: metric, scale-invariant, "
            + "affine-invariant, affine-invariant-inverse, or levels (8-bit values, 255 is farthest) (default: the kind in the file, otherwise metric).")
    private @Nullable String kind;

    @Option(names = "--resampling", paramLabel = "KERNEL", description = "The kernel for resizing the prediction to the size of the truth (default: torch-bicubic).")
    private @Nullable String resampling;

    @Option(names = "--array", paramLabel = "NAME[,NAME]", split = ",", hideParamSyntax = true, description = "Array to read from NPZ files with several maps: of both files, or of the truth and of the prediction.")
    private String @Nullable [] arrays;

    @Mixin
    private PgmOrderOption order;

    @Mixin
    private JsonOutput json;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Protocol named = NamedProtocol
                .of(protocol == null ? CompareFiles.defaultProtocol(truth, prediction) : protocol);
        if (rotated && truthScale != null) {
            throw new IllegalArgumentException(
                    "--truth-scale: expected none with --sunrgbd, which defines the unit, found " + truthScale);
        }
        Optional<DepthEncoding> encoding = rotated
                ? Optional.of(new DepthEncoding.RotatedMillimetres())
                : Optional.ofNullable(truthScale).map(DepthEncoding.UnitsPerMetre::new);
        CompareFiles.Options options = new CompareFiles.Options(named,
                new CompareFiles.Truth(encoding, missing, limits(), order.reading(array(0))),
                new CompareFiles.Predicted(Optional.ofNullable(kind).map(DepthKind::ofLabel),
                        Optional.ofNullable(predictionScale), predictionMissing, order.reading(array(1))),
                Optional.ofNullable(resampling).map(Resampling::ofLabel));
        try {
            print(named, CompareFiles.run(truth, prediction, options), options);
            return ExitCode.OK.code();
        } catch (UnscorableException e) {
            console.err().println("fathom: " + truth + " and " + prediction + " cannot be evaluated by " + named.name()
                    + ": " + e.reason());
            return ExitCode.BAD_DATA.code();
        }
    }

    private Optional<DepthLimits> limits() {
        if (minDepth == null && maxDepth == null) {
            return Optional.empty();
        }
        return Optional.of(new DepthLimits(minDepth == null ? DepthLimits.NONE.nearestMetres() : minDepth,
                maxDepth == null ? DepthLimits.NONE.farthestMetres() : maxDepth));
    }

    /** Returns the name of the array of the truth, 0, or of the prediction, 1; null if none was given. */
    private @Nullable String array(int file) {
        if (arrays != null && arrays.length > 2) {
            throw new IllegalArgumentException("--array: expected one or two names, found " + arrays.length);
        }
        return arrays == null ? null : arrays[Math.min(file, arrays.length - 1)];
    }

    private void print(Protocol named, CompareFiles.Outcome outcome, CompareFiles.Options options) throws IOException {
        Scores scores = outcome.scores();
        Map<String, String> units = new LinkedHashMap<>();
        for (Metric metric : scores.values().keySet()) {
            units.put(metric.key(), CompareFiles.unit(truth, prediction, options, metric));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        scores.values().forEach((metric, value) -> values.put(metric.key(), value));
        Map<String, String> absent = new LinkedHashMap<>();
        scores.absent().forEach((metric, reason) -> absent.put(metric.key(), reason));
        if (json.isRequested()) {
            JsonOutput.print(console.out(),
                    new Listing(truth.toString(), prediction.toString(), named.name(), values, units, absent,
                            scores.scoredPixels(), scores.pixels(), outcome.notes(), outcome.warnings(),
                            outcome.findings()));
            return;
        }
        console.out().printf(Locale.ROOT, "protocol %s, %d of %d pixels%n", named.name(), scores.scoredPixels(),
                scores.pixels());
        scores.values().forEach((metric, value) -> console.out().println(line(metric, value, units)));
        outcome.notes().forEach(note -> console.err().println("note: " + TerminalText.line(note)));
        outcome.warnings().forEach(warning -> console.err().println("warning: " + TerminalText.line(warning)));
        outcome.findings().stream().filter(EvaluationWarning::isDisplayed)
                .forEach(finding -> console.err().println("warning: " + TerminalText.line(finding.text())));
        absent.forEach((metric, reason) -> console.err().println(metric + ": " + reason));
    }

    private static String line(Metric metric, double value, Map<String, String> units) {
        String unit = units.getOrDefault(metric.key(), "");
        return String.format(Locale.ROOT, "%-5s %s%s", metric.key(), value, unit.isEmpty() ? "" : " " + unit);
    }

    /** The JSON output. */
    record Listing(String truth, String prediction, String protocol, Map<String, Double> metrics,
            Map<String, String> units, Map<String, String> absent, long scoredPixels, long pixels, List<String> notes,
            List<String> warnings, List<EvaluationWarning> findings) {}
}
