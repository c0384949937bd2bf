package fathom.cli;

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
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.statistics.Interval;
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.reproduce.Cell;
import fathom.workbench.reproduce.PublishedScores;
import fathom.workbench.reproduce.ReproducedPage;
import fathom.workbench.reproduce.Reproduction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom reproduce}: compares published scores with the scores of a dataset. */
@Command(name = "reproduce", mixinStandardHelpOptions = true, header = "Compare a published score with the score of a dataset's predictions.", description = {
        "",
        "CELL is one published score: model, test set, protocol and metric. The predictions of DATASET are scored under its "
                + "protocol, and the scores are stored. The status is match if the mean is within the tolerance of the published "
                + "value, otherwise off. The interval is a bootstrap over the samples.",
        "", "The dataset has to be the test set of the cell; the command checks only the number of its samples.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom reproduce --list",
                "  fathom reproduce fastdepth-nyu-delta1 nyu --prediction fastdepth",
                "  fathom reproduce fastdepth-nyu-delta1 nyu --json",
                "  fathom reproduce --list --markdown          the tables of docs/reproduced.md"})
final class ReproduceCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    private final Console console;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CELL", description = "The name of a published score, as printed by `fathom reproduce --list`.")
    private @Nullable String cell;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATASET", description = "The dataset's name.")
    private @Nullable String dataset;

    @Option(names = "--list", description = "List the published scores.")
    private boolean list;

    @Option(names = "--markdown", description = "With --list: print Markdown, with the known discrepancies.")
    private boolean markdown;

    @Option(names = "--prediction", paramLabel = "FIELD", description = "The field of predictions (default: the only one).")
    private @Nullable String prediction;

    @Option(names = "--truth", paramLabel = "FIELD", defaultValue = "gt", description = "The field of measured depth (default: ${DEFAULT-VALUE}).")
    private String truth;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    ReproduceCommand(Console console) {
        this.console = console;
    }

    /** One published score in the JSON output. */
    record Published(String cell, String model, String dataset, int samples, String protocol, String metric,
            double value, double tolerance, String source, String status, String note) {
        static Published of(Cell cell) {
            return new Published(cell.name(), cell.model(), cell.dataset(), cell.samples(), cell.protocol(),
                    cell.metric().key(), cell.value(), cell.tolerance(), cell.source(), cell.status().label(),
                    cell.note());
        }
    }

    /** The comparison in the JSON output. */
    record Compared(Published published, String dataset, String prediction, String truth, String protocolHash,
            String unit, double value, Optional<Interval> interval, double level, int resamples, long seed, int samples,
            boolean wholeTestSet, double difference, String status, List<EvaluateDataset.Unscored> unscored) {}

    @Override
    public Integer call() throws Exception {
        PublishedScores published = PublishedScores.load();
        if (list) {
            list(published);
            return ExitCode.OK.code();
        }
        if (cell == null || dataset == null) {
            throw new IllegalArgumentException("reproduce: expected CELL and DATASET, or --list");
        }
        Cell chosen = published.named(cell);
        Protocol protocol = Protocol.named(chosen.protocol());
        try (Dataset opened = home.datasets().open(dataset)) {
            String field = field(opened);
            Reproduction reproduction = Interruption.around(cancellation -> Reproduction.run(chosen, protocol, opened,
                    field, truth, new ConsoleProgress(console), cancellation));
            if (json.isRequested()) {
                printJson(opened, field, reproduction);
            } else {
                print(reproduction);
            }
            return (reproduction.unscored().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL).code();
        }
    }

    private String field(Dataset opened) {
        if (prediction != null) {
            return prediction;
        }
        List<String> fields = opened.fields().stream().filter(field -> field.type() == FieldType.PREDICTION)
                .map(FieldSummary::name).toList();
        if (fields.size() != 1) {
            throw new IllegalArgumentException("--prediction: expected one field, since dataset " + opened.name()
                    + " has " + (fields.isEmpty() ? "none" : String.join(", ", fields)));
        }
        return fields.getFirst();
    }

    private void list(PublishedScores published) {
        if (json.isRequested()) {
            JsonOutput.print(console.out(), published.cells().stream().map(Published::of).toList());
        } else if (markdown) {
            console.out().print(ReproducedPage.markdown(published));
        } else {
            Table table = new Table("cell", "metric", "published", "protocol", "status", "test set");
            for (Cell each : published.cells()) {
                table.row(each.name(), each.metric().title(), ReproducedPage.number(each.value()), each.protocol(),
                        each.status().label(), each.dataset());
            }
            console.out().print(table);
        }
    }

    private void print(Reproduction reproduction) {
        Cell published = reproduction.cell();
        String unit = reproduction.protocol().unit(published.metric());
        int decimals = reproduction.protocol().decimals(published.metric());
        console.out().printf(Locale.ROOT, "%s: %s of %s on %s, protocol %s%n", published.name(),
                published.metric().title(), published.model(), published.dataset(), published.protocol());
        Table table = new Table("", "value", "95 % interval", "samples", "source");
        table.row("published", ReproducedPage.number(published.value()) + unit(unit), "",
                published.samples() == 0 ? "" : published.samples(), published.source());
        table.row("here", number(reproduction.score(), decimals) + unit(unit),
                reproduction.interval()
                        .map(interval -> number(interval.low(), decimals) + " to " + number(interval.high(), decimals))
                        .orElse("none"),
                reproduction.samples(), "bootstrap, " + reproduction.bootstrap().resamples() + " resamples, seed "
                        + reproduction.bootstrap().seed());
        console.out().print(table);
        console.out().printf(Locale.ROOT, "status: %s%s; %+.1f %% from the published value, tolerance %s %%%n",
                reproduction.status().label(),
                reproduction.isWholeTestSet()
                        ? ""
                        : " on " + reproduction.samples() + " of " + published.samples() + " samples",
                PERCENT * published.difference(reproduction.score()),
                ReproducedPage.number(PERCENT * published.tolerance()));
        if (!published.note().isEmpty()) {
            console.out().println("note: " + published.note());
        }
        for (EvaluateDataset.Unscored unscored : reproduction.unscored()) {
            console.err()
                    .println("  not evaluated: " + TerminalText.line(unscored.sample() + ": " + unscored.reason()));
        }
    }

    private void printJson(Dataset opened, String field, Reproduction reproduction) {
        Cell published = reproduction.cell();
        JsonOutput.print(console.out(), new Compared(Published.of(published), opened.name(), field, truth,
                reproduction.protocol().hash(), reproduction.protocol().unit(published.metric()), reproduction.score(),
                reproduction.interval(), reproduction.bootstrap().level(), reproduction.bootstrap().resamples(),
                reproduction.bootstrap().seed(), reproduction.samples(), reproduction.isWholeTestSet(),
                published.difference(reproduction.score()), reproduction.status().label(), reproduction.unscored()));
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String unit(String unit) {
        return unit.isEmpty() ? "" : " " + unit;
    }
}
