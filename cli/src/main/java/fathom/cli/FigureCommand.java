package fathom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.TerminalText;
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.evaluation.errors.ErrorKind;
import fathom.evaluation.protocols.Protocol;
import fathom.formats.png.Png;
import fathom.raster.RgbImage;
import fathom.workbench.figures.SceneFigure;
import fathom.workbench.figures.ScoredColumns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom figure}: renders samples as one picture. */
@Command(name = "figure", mixinStandardHelpOptions = true, header = "Render samples as one picture: image, measured depth, predictions, errors.", description = {
        "",
        "Writes a PNG with one row per sample. Predictions in metres use the colour range of the measured depth and have an "
                + "error map: blue is too near, red is too far.",
        "",
        "With --error or --as-scored, the columns are those of a protocol: the prediction after resizing, alignment, masking "
                + "and clipping, and its errors. Errors of one kind share the colours of their row. Gray pixels are not compared.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom figure quickstart --out rooms.png",
                "  fathom figure sun --sample kv1/NYUdata/NYU0001 --prediction dpt --out one.png",
                "  fathom figure sun --prediction dpt --as-scored --error relative --error delta --out errors.png"})
final class FigureCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "PNG", description = "The file to write.")
    private Path out;

    @Option(names = "--sample", paramLabel = "NAME", description = "Name of a sample; repeatable (default: the first three).")
    private @Nullable List<String> names;

    @Option(names = "--prediction", paramLabel = "FIELD", description = "Name of a prediction field; repeatable (default: all).")
    private @Nullable List<String> predictions;

    @Option(names = "--truth", paramLabel = "FIELD", defaultValue = "gt", description = "The field of measured depth (default: ${DEFAULT-VALUE}).")
    private String truth;

    @Option(names = "--error", paramLabel = "KIND", description = "Show an error per pixel: signed, absolute (both in m), relative to the measured depth, or delta (whether the ratio is below 1.25, 1.25², 1.25³); repeatable.")
    private @Nullable List<ErrorKind> errors;

    @Option(names = "--as-scored", description = "Show the predictions as the protocol compares them, in m.")
    private boolean asScored;

    @Option(names = "--protocol", paramLabel = "P", description = "The protocol of --error and --as-scored; one that compares depth (default: aligned).")
    private @Nullable String protocol;

    @Mixin
    private HomeOption home;

    FigureCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".png")) {
            throw new IllegalArgumentException("--out: expected the name of a PNG file, found " + out);
        }
        try (Dataset opened = home.datasets().openReadOnly(dataset)) {
            List<String> fields = predictions != null
                    ? predictions
                    : opened.fields().stream().filter(field -> field.type() == FieldType.PREDICTION)
                            .map(FieldSummary::name).toList();
            Png.writeRgb(out, draw(samples(opened, fields), fields));
        }
        console.out().println(out);
        return ExitCode.OK.code();
    }

    private RgbImage draw(List<Sample> samples, List<String> fields) {
        List<ErrorKind> kinds = errors == null ? List.of() : errors;
        if (kinds.isEmpty() && !asScored) {
            if (protocol != null) {
                throw new IllegalArgumentException(
                        "--protocol: expected --error or --as-scored with it, since the figure shows no protocol without");
            }
            return SceneFigure.draw(samples, truth, fields);
        }
        Protocol named = Protocol.named(protocol == null ? "aligned" : protocol);
        SceneFigure.Drawn drawn = SceneFigure.draw(samples, truth, fields, new ScoredColumns(named, asScored, kinds));
        drawn.notes().forEach(note -> console.err().println("  not scored: " + TerminalText.line(note)));
        return drawn.picture();
    }

    private List<Sample> samples(Dataset opened, List<String> fields) {
        if (names != null) {
            return names.stream()
                    .map(name -> opened.find(name)
                            .orElseThrow(() -> new IllegalArgumentException("--sample: dataset " + dataset
                                    + " has no sample " + name + ". The App shows the names: fathom app " + dataset)))
                    .toList();
        }
        List<Sample> whole = opened.samples().stream().filter(sample -> sample.field(truth).isPresent())
                .filter(sample -> fields.stream().allMatch(sample::hasPrediction)).limit(3).toList();
        if (whole.isEmpty()) {
            throw new IllegalArgumentException("dataset " + dataset + ": expected a sample with " + truth
                    + " and predictions " + String.join(", ", fields) + ", found none. Run fathom apply first.");
        }
        return whole;
    }
}
