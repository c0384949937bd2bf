package fathom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.options.PgmOrderOption;
import fathom.datasets.depth.DepthEncoding;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.raster.DepthKind;
import fathom.raster.resampling.Resampling;
import fathom.workbench.evaluate.CompareFiles;
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
                "  fathom compare truth.npz prediction.npz --array depth,prediction",
                "  fathom compare raw.pgm prediction.npy --pgm-order little",
                "  fathom compare SUNRGBD/scene/depth_bfx/0001.png dpt.npy --sunrgbd --kind affine-invariant-inverse"})
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "TRUTH", description = "The measured depth, or any picture.")
    private Path truth;

    @Parameters(index = "1", paramLabel = "PREDICTION", description = "The predicted depth, or any picture.")
    private Path prediction;

    @Option(names = "--protocol", paramLabel = "P", description = "A name of `fathom protocols list` (default: arrays for two 8-bit pictures, otherwise article-fixed).")
    private @Nullable String protocol;

    @Option(names = "--truth-scale", paramLabel = "S", description = "Units per metre of an integer truth file (default: 1000).")
    private @Nullable Double truthScale;

    @Option(names = "--sunrgbd", description = "The truth file has the bit rotation of SUN RGB-D.")
    private boolean rotated;

    @Option(names = "--prediction-scale", paramLabel = "S", description = "Units per metre of an integer prediction file (default: the scale in the file, otherwise 1000).")
    private @Nullable Double predictionScale;

    @Option(names = "--kind", paramLabel = "KIND", description = "The kind of the prediction: metric, scale-invariant, "
            + "affine-invariant, affine-invariant-inverse, or levels (8-bit values, 255 is farthest) (default: the kind in the file, otherwise metric).")
    private @Nullable String kind;

    @Option(names = "--resampling", paramLabel = "KERNEL", defaultValue = "torch-bicubic", description = "The kernel for resizing the prediction to the size of the truth (default: ${DEFAULT-VALUE}).")
    private String resampling;

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
        Protocol named = Protocol.named(protocol == null ? CompareFiles.defaultProtocol(truth, prediction) : protocol);
        Optional<DepthEncoding> encoding = rotated
                ? Optional.of(new DepthEncoding.RotatedMillimetres())
                : Optional.ofNullable(truthScale).map(DepthEncoding.UnitsPerMetre::new);
        try {
            CompareFiles.Options options = new CompareFiles.Options(named, encoding,
                    Optional.ofNullable(kind).map(DepthKind::ofLabel), Optional.ofNullable(predictionScale),
                    Resampling.ofLabel(resampling), order.reading(array(0)), order.reading(array(1)));
            Scores scores = CompareFiles.run(truth, prediction, options);
            CompareFiles.warnings(truth, prediction, options).forEach(warning -> console.err()
                    .println("warning: " + warning + "; if so, state it: --pgm-order little (or big)"));
            print(named, scores, options);
            return ExitCode.OK.code();
        } catch (UnscorableException e) {
            console.err().println("fathom: " + truth + " and " + prediction + " cannot be evaluated by " + named.name()
                    + ": " + e.reason());
            return ExitCode.BAD_DATA.code();
        }
    }

    /** Returns the name of the array of the truth, 0, or of the prediction, 1; null if none was given. */
    private @Nullable String array(int file) {
        if (arrays != null && arrays.length > 2) {
            throw new IllegalArgumentException("--array: expected one or two names, found " + arrays.length);
        }
        return arrays == null ? null : arrays[Math.min(file, arrays.length - 1)];
    }

    private void print(Protocol named, Scores scores, CompareFiles.Options options) throws IOException {
        Map<String, String> units = new LinkedHashMap<>();
        for (Metric metric : scores.values().keySet()) {
            units.put(metric.key(), CompareFiles.unit(truth, prediction, options, metric));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        scores.values().forEach((metric, value) -> values.put(metric.key(), value));
        Map<String, String> absent = new LinkedHashMap<>();
        scores.absent().forEach((metric, reason) -> absent.put(metric.key(), reason));
        if (json.isRequested()) {
            JsonOutput.print(console.out(), new Listing(truth.toString(), prediction.toString(), named.name(), values,
                    units, absent, scores.scoredPixels(), scores.pixels()));
            return;
        }
        console.out().printf(Locale.ROOT, "protocol %s, %d of %d pixels%n", named.name(), scores.scoredPixels(), scores.pixels());
        scores.values().forEach((metric, value) -> console.out().println(line(metric, value, units)));
        absent.forEach((metric, reason) -> console.err().println(metric + ": " + reason));
    }

    private static String line(Metric metric, double value, Map<String, String> units) {
        String unit = units.getOrDefault(metric.key(), "");
        return String.format(Locale.ROOT, "%-5s %s%s", metric.key(), value, unit.isEmpty() ? "" : " " + unit);
    }

    /** The JSON output. */
    record Listing(String truth, String prediction, String protocol, Map<String, Double> metrics,
            Map<String, String> units, Map<String, String> absent, long scoredPixels, long pixels) {}
}
