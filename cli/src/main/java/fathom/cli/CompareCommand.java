package fathom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
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
        "", "Reads PNG, PGM, NPY, PFM, and NPZ with one array.", ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom compare truth.png prediction.png --protocol arrays",
                "  fathom compare depth.png depth/photo.npy --truth-scale 1000 --kind metric",
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
            Scores scores = CompareFiles.run(truth, prediction,
                    new CompareFiles.Options(named, encoding, Optional.ofNullable(kind).map(DepthKind::ofLabel),
                            Optional.ofNullable(predictionScale), Resampling.ofLabel(resampling)));
            print(named, scores);
            return ExitCode.OK.code();
        } catch (UnscorableException e) {
            console.err().println("fathom: " + truth + " and " + prediction + " cannot be evaluated by " + named.name()
                    + ": " + e.reason());
            return ExitCode.BAD_DATA.code();
        }
    }

    private void print(Protocol named, Scores scores) {
        Map<String, Double> values = new LinkedHashMap<>();
        scores.values().forEach((metric, value) -> values.put(metric.key(), value));
        Map<String, String> absent = new LinkedHashMap<>();
        scores.absent().forEach((metric, reason) -> absent.put(metric.key(), reason));
        if (json.isRequested()) {
            JsonOutput.print(console.out(), new Listing(truth.toString(), prediction.toString(), named.name(), values,
                    absent, scores.scoredPixels(), scores.pixels()));
            return;
        }
        console.out().printf("protocol %s, %d of %d pixels%n", named.name(), scores.scoredPixels(), scores.pixels());
        scores.values().forEach((metric, value) -> console.out().println(line(metric, value)));
        absent.forEach((metric, reason) -> console.err().println(metric + ": " + reason));
    }

    private static String line(Metric metric, double value) {
        return String.format("%-5s %s%s", metric.key(), value, metric.unit().isEmpty() ? "" : " " + metric.unit());
    }

    /** The JSON output. */
    record Listing(String truth, String prediction, String protocol, Map<String, Double> metrics,
            Map<String, String> absent, long scoredPixels, long pixels) {}
}
