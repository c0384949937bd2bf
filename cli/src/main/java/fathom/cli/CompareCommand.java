package fathom.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import fathom.datasets.DepthEncoding;
import fathom.evaluation.Metric;
import fathom.evaluation.Protocol;
import fathom.evaluation.Scores;
import fathom.evaluation.UnscorableException;
import fathom.raster.DepthKind;
import fathom.raster.Resampling;
import fathom.workbench.CompareFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom compare}: two files, no dataset. */
@Command(name = "compare", mixinStandardHelpOptions = true, header = "Score a predicted depth map against a measured one.", description = {
        "",
        "Files are PNG, PGM, NPY, PFM, or NPZ with one array. Two 8-bit pictures are compared as arrays, as scikit-image does; anything "
                + "else under article-fixed, unless --protocol says otherwise.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom compare truth.png prediction.png --protocol arrays",
                "  fathom compare depth.png depth/photo.npy --truth-scale 1000 --kind metric",
                "  fathom compare SUNRGBD/scene/depth_bfx/0001.png dpt.npy --sunrgbd --kind affine-invariant-inverse"})
final class CompareCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "TRUTH", description = "The measured depth, or any picture.")
    private Path truth;

    @Parameters(index = "1", paramLabel = "PREDICTION", description = "The predicted depth, or any picture.")
    private Path prediction;

    @Option(names = "--protocol", paramLabel = "P", description = "A name of `fathom protocols list`.")
    private @Nullable String protocol;

    @Option(names = "--truth-scale", paramLabel = "S", description = "Units of the truth's integers per metre (default: 1000).")
    private @Nullable Double truthScale;

    @Option(names = "--sunrgbd", description = "The truth's integers are rotated as SUN RGB-D's are.")
    private boolean rotated;

    @Option(names = "--prediction-scale", paramLabel = "S", description = "Units of the prediction's integers per metre (default: what its file says, else 1000).")
    private @Nullable Double predictionScale;

    @Option(names = "--kind", paramLabel = "KIND", description = "What the prediction's numbers mean: metric, scale-invariant, "
            + "affine-invariant, affine-invariant-inverse, or levels of a picture whose 255 is the farthest (default: what its file says, else metric).")
    private @Nullable String kind;

    @Option(names = "--resampling", paramLabel = "KERNEL", defaultValue = "torch-bicubic", description = "How a prediction of another size is brought to the truth's (default: ${DEFAULT-VALUE}).")
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
            Scores scores = CompareFiles.run(truth, prediction, new CompareFiles.Options(named, encoding,
                    Optional.ofNullable(kind).map(DepthKind::ofLabel), Optional.ofNullable(predictionScale),
                    Resampling.ofLabel(resampling)));
            print(named, scores);
            return ExitCode.OK.code();
        } catch (UnscorableException e) {
            console.err().println(
                    "fathom: " + truth + " and " + prediction + " cannot be scored under " + named.name() + ": "
                            + e.reason());
            return ExitCode.BAD_DATA.code();
        }
    }

    private void print(Protocol named, Scores scores) {
        Map<String, Double> values = new LinkedHashMap<>();
        scores.values().forEach((metric, value) -> values.put(metric.key(), value));
        Map<String, String> absent = new LinkedHashMap<>();
        scores.absent().forEach((metric, reason) -> absent.put(metric.key(), reason));
        if (json.wanted) {
            JsonOutput.print(console.out(),
                    new Listing(truth.toString(), prediction.toString(), named.name(), values, absent,
                            scores.scoredPixels(), scores.pixels()));
            return;
        }
        console.out().printf("protocol %s, %d of %d pixels%n", named.name(), scores.scoredPixels(), scores.pixels());
        scores.values().forEach((metric, value) -> console.out().println(line(metric, value)));
        absent.forEach((metric, reason) -> console.err().println(metric + ": " + reason));
    }

    private static String line(Metric metric, double value) {
        return String.format("%-5s %s%s", metric.key(), value, metric.unit().isEmpty() ? "" : " " + metric.unit());
    }

    /** What {@code --json} prints. */
    record Listing(String truth, String prediction, String protocol, Map<String, Double> metrics,
            Map<String, String> absent,
            long scoredPixels, long pixels) {}
}
