package fathom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.RemedyText;
import fathom.cli.console.TerminalText;
import fathom.cli.options.ConversionOptions;
import fathom.cli.options.HomeOption;
import fathom.cli.options.ModelChoice;
import fathom.cli.options.ParallelismOption;
import fathom.cli.options.PgmOrderOption;
import fathom.inference.DepthEstimator;
import fathom.raster.Intrinsics;
import fathom.workbench.Parallelism;
import fathom.workbench.predict.CloudCamera;
import fathom.workbench.predict.OutputFormat;
import fathom.workbench.predict.Pictures;
import fathom.workbench.predict.PredictPictures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom predict}: predicts depth for pictures without a dataset. */
@Command(name = "predict", mixinStandardHelpOptions = true, header = "Predict depth for pictures, folders or glob patterns.", description = {
        "",
        "Writes <stem>.<ext> to --out for each picture. Formats: `npy` and `pfm`, float32 [H, W]; `png16`, 16-bit integers "
                + "with their scale in the file; `heatmap`, a colour picture; `article`, the article's 8-bit map; `ply`, a coloured "
                + "point cloud, which needs --fov or --intrinsics if the model does not estimate the field of view.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom predict photo.jpg                                a heatmap in ./depth",
                "  fathom predict photos/ --format npy --out maps          every picture of a folder",
                "  fathom predict 'scans/**/*.png' --model checkpoints/dpt-large --format pfm --native",
                "  fathom predict room.jpg --format ply --fov 60",
                "  fathom predict room.jpg --format npy --align-to tape.csv        metres, by known points",
                "  fathom predict photos/ --format png16 --align-to lidar/          metres, by a sparse map for each picture",
                "  fathom predict photos/ --format npy --depth-calibration indoor@sun   metres, by a stored calibration"})
final class PredictCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Pictures, folders of pictures, or quoted glob patterns.")
    private List<String> images;

    @Option(names = {"-o",
            "--out"}, paramLabel = "DIR", defaultValue = "depth", description = "The output folder; created if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = {"-f",
            "--format"}, paramLabel = "FORMAT", defaultValue = "heatmap", description = "npy, pfm, png16, heatmap, article or ply (default: ${DEFAULT-VALUE}).")
    private OutputFormat format;

    @Option(names = "--native", description = "Write maps at the model's resolution instead of the picture's.")
    private boolean nativeSize;

    @Option(names = "--maps", description = "Also write auxiliary outputs, such as uncertainty, mask or normals: <stem>.<map>.<ext>.")
    private boolean maps;

    @Option(names = "--fov", paramLabel = "DEGREES", description = "Horizontal field of view, for ply (default: the estimate of the model).")
    private @Nullable Double fieldOfView;

    @Option(names = "--intrinsics", paramLabel = "FX,FY,CX,CY", split = ",", hideParamSyntax = true, description = "Camera intrinsics in pixels of the picture, for ply (default: the estimate of the model).")
    private double @Nullable [] intrinsics;

    @Mixin
    private ConversionOptions conversion;

    @Mixin
    private PgmOrderOption order;

    @Mixin
    private ModelChoice model;

    @Mixin
    private ParallelismOption parallelism;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    PredictCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        List<Path> pictures = Pictures.find(images, note -> console.err().println("note: " + TerminalText.line(note)));
        PredictPictures.Options options = new PredictPictures.Options(out, format, nativeSize, maps, camera(),
                order.reading(), conversion.of(pictures.size(), order, home.datasets()));
        Parallelism parallel = parallelism.value();
        ConsoleProgress progress = new ConsoleProgress(console);
        try (DepthEstimator estimator = model.open(console, home.path(), progress)) {
            estimator.warnings().forEach(warning -> console.err().println("warning: " + warning));
            estimator.remedies().forEach(remedy -> console.err().println("  " + RemedyText.of(remedy)));
            List<PredictPictures.Result> results = Interruption.around(cancellation -> PredictPictures.run(pictures,
                    estimator, options, parallel, progress, cancellation));
            print(results);
            boolean allWritten = results.stream().allMatch(PredictPictures.Result.Written.class::isInstance);
            boolean noneWritten = results.stream().noneMatch(PredictPictures.Result.Written.class::isInstance);
            return (allWritten ? ExitCode.OK : noneWritten ? ExitCode.BAD_DATA : ExitCode.PARTIAL).code();
        }
    }

    private CloudCamera camera() {
        if (intrinsics != null && fieldOfView != null) {
            throw usage("--fov and --intrinsics: expected one of them, found both.");
        }
        if (format != OutputFormat.PLY && (intrinsics != null || fieldOfView != null)) {
            throw usage((intrinsics != null ? "--intrinsics" : "--fov")
                    + ": expected --format ply, which needs a camera, found " + format.label()
                    + ". Remove the option.");
        }
        if (format == OutputFormat.PLY && nativeSize) {
            throw usage(
                    "--native: a point cloud has the size of the picture, which provides its colours. Remove the option.");
        }
        if (intrinsics != null) {
            if (intrinsics.length != 4) {
                throw usage("--intrinsics: expected four numbers fx,fy,cx,cy, found " + intrinsics.length + ".");
            }
            return new CloudCamera.Known(new Intrinsics(intrinsics[0], intrinsics[1], intrinsics[2], intrinsics[3]));
        }
        if (fieldOfView != null) {
            return new CloudCamera.FieldOfView(fieldOfView);
        }
        return new CloudCamera.Predicted();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static String failure(PredictPictures.Result.Failed failed) {
        String picture = TerminalText.line(failed.picture().toString()) + ": ";
        String reason = TerminalText.line(failed.reason());
        String problem = reason.startsWith(picture) ? reason : picture + reason;
        return failed.remedy().map(remedy -> RemedyText.after(problem, remedy)).orElse(problem);
    }

    private void print(List<PredictPictures.Result> results) {
        if (json.isRequested()) {
            JsonOutput.print(console.out(), results);
            return;
        }
        for (PredictPictures.Result result : results) {
            switch (result) {
                case PredictPictures.Result.Written written -> {
                    PredictPictures.Range range = written.range();
                    String unit = range.unit().isEmpty() ? "" : " " + range.unit();
                    console.out().printf(Locale.ROOT, "%s  %dx%d, %.3f to %.3f%s, median %.3f%s%s%n",
                            TerminalText.line(written.output().toString()), written.width(), written.height(),
                            range.min(), range.max(), unit, range.median(), unit,
                            written.note().isEmpty() ? "" : "; " + written.note());
                    written.numbers()
                            .forEach((name, value) -> console.out().printf(Locale.ROOT, "  %s %.6g%n", name, value));
                    written.maps().forEach((name, file) -> console.out()
                            .println("  " + TerminalText.line(file.toString()) + "  " + name));
                }
                case PredictPictures.Result.Failed failed -> console.err().println("fathom: " + failure(failed));
            }
        }
    }
}
