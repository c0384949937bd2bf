package fathom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.formats.png.Png;
import fathom.workbench.figures.SceneFigure;
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
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom figure quickstart --out rooms.png",
                "  fathom figure sun --sample kv1/NYUdata/NYU0001 --prediction dpt --out one.png"})
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
            Png.writeRgb(out, SceneFigure.draw(samples(opened, fields), truth, fields));
        }
        console.out().println(out);
        return ExitCode.OK.code();
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
