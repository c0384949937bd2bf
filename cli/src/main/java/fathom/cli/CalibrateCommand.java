package fathom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.console.TerminalText;
import fathom.cli.options.CalibrationName;
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import fathom.evaluation.calibration.Correction;
import fathom.evaluation.calibration.CrossValidation;
import fathom.workbench.calibrate.CalibrateDataset;
import fathom.workbench.calibrate.Calibration;
import fathom.workbench.calibrate.CalibrationFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fathom calibrate}: fits, stores and applies corrections of predicted depth, one for each camera. */
@Command(name = "calibrate", mixinStandardHelpOptions = true, header = "Correct the depth of a model for each camera of a dataset.", description = {
        "",
        "Fits metres = factor · depth or factor · depth^exponent to measured depth, for metric and scale-invariant depth. A "
                + "correction is kept only if cross-validation over the samples says that it improves AbsRel. The calibration is "
                + "stored with the dataset; `fathom predict --depth-calibration NAME@DATASET` applies it to pictures.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom calibrate sun --prediction depthpro --name indoor",
                "  fathom calibrate sun --prediction depthpro --apply-to corrected",
                "  fathom calibrate other --prediction depthpro --use indoor@sun --apply-to corrected"})
final class CalibrateCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--prediction", required = true, paramLabel = "FIELD", description = "The field of predictions.")
    private String prediction;

    @Option(names = "--truth", paramLabel = "FIELD", defaultValue = "gt", description = "The field of measured depth (default: ${DEFAULT-VALUE}).")
    private String truth;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of the calibration; replaces one of the same name (default: the name of the prediction field).")
    private @Nullable String name;

    @Option(names = "--folds", paramLabel = "N", defaultValue = "5", description = "The number of folds of the cross-validation (default: ${DEFAULT-VALUE}).")
    private int folds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "The seed of the order of the samples in the cross-validation (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--use", paramLabel = "NAME@DATASET", description = "Apply this stored calibration instead of fitting one; needs --apply-to.")
    private @Nullable String stored;

    @Option(names = "--apply-to", paramLabel = "FIELD", description = "Store the corrected predictions in this new field.")
    private @Nullable String target;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    CalibrateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (stored != null && target == null) {
            throw new ParameterException(spec.commandLine(),
                    "--use: expected --apply-to with the field for the corrected predictions, found none.");
        }
        if (stored != null && name != null) {
            throw new ParameterException(spec.commandLine(), "--name and --use: expected one of them, found both.");
        }
        ConsoleProgress progress = new ConsoleProgress(console);
        try (Dataset opened = home.datasets().open(dataset)) {
            Optional<Path> file = Optional.empty();
            List<CalibrateDataset.Skipped> skipped = List.of();
            Calibration calibration;
            if (stored == null) {
                CalibrateDataset.Options options = new CalibrateDataset.Options(name == null ? prediction : name, folds,
                        seed);
                CalibrateDataset.Outcome outcome = Interruption.around(cancellation -> CalibrateDataset.fit(opened,
                        prediction, truth, options, progress, cancellation));
                calibration = outcome.calibration();
                skipped = outcome.skipped();
                file = Optional.of(CalibrationFiles.write(opened.folder(), calibration));
            } else {
                calibration = CalibrationName.read(stored, home.datasets());
            }
            Optional<CalibrateDataset.Applied> applied = Optional.empty();
            String field = target;
            if (field != null) {
                applied = Optional.of(Interruption.around(cancellation -> CalibrateDataset.apply(opened, prediction,
                        calibration, field, progress, cancellation)));
            }
            Listing listing = new Listing(calibration, file.map(Path::toString), skipped, applied);
            print(listing);
            return (skipped.isEmpty() && applied.stream().allMatch(each -> each.skipped().isEmpty())
                    ? ExitCode.OK
                    : ExitCode.PARTIAL).code();
        }
    }

    private void print(Listing listing) throws IOException {
        if (json.isRequested()) {
            JsonOutput.print(console.out(), listing);
            return;
        }
        Calibration calibration = listing.calibration();
        console.out().printf(Locale.ROOT, "%s@%s: %s of %s against %s, %d folds, seed %d%n", calibration.name(),
                calibration.dataset(), calibration.prediction(), calibration.model(), calibration.truth(),
                calibration.folds(), calibration.seed());
        Table table = new Table("camera", "name", "samples", "AbsRel", "scale", "log-affine", "metres");
        int number = 1;
        for (Calibration.Camera camera : calibration.cameras()) {
            CrossValidation choice = camera.choice();
            table.row(number++, camera.camera(), choice.samples(), error(choice, Correction.Form.NONE),
                    error(choice, Correction.Form.SCALE), error(choice, Correction.Form.LOG_AFFINE),
                    choice.correction());
        }
        console.out().print(table);
        for (Calibration.Camera camera : calibration.cameras()) {
            console.out().println(TerminalText.line(camera.camera() + ": " + camera.choice().reason()));
        }
        listing.applied().ifPresent(applied -> console.out().printf(Locale.ROOT, "%s: %d corrected predictions%n",
                applied.field(), applied.stored()));
        listing.skipped().forEach(this::printSkipped);
        listing.applied().ifPresent(applied -> applied.skipped().forEach(this::printSkipped));
    }

    private void printSkipped(CalibrateDataset.Skipped skipped) {
        console.err().println("  left out: " + TerminalText.line(skipped.sample() + ": " + skipped.reason()));
    }

    private static String error(CrossValidation choice, Correction.Form form) {
        Double error = choice.absRel().get(form);
        return error == null ? "-" : String.format(Locale.ROOT, "%.4f", error);
    }

    /** The JSON output. */
    record Listing(Calibration calibration, Optional<String> file, List<CalibrateDataset.Skipped> skipped,
            Optional<CalibrateDataset.Applied> applied) {}
}
