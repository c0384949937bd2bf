package fathom.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.console.TerminalText;
import fathom.cli.options.HomeOption;
import fathom.cli.options.NamedProtocol;
import fathom.datasets.Dataset;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.workbench.evaluate.DefaultProtocol;
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.evaluate.EvaluationWarning;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom evaluate}: computes and stores metrics of stored predictions. */
@Command(name = "evaluate", mixinStandardHelpOptions = true, header = "Compute metrics of a dataset's predictions by a protocol.", description = {
        "",
        "The metrics are stored with the prediction field, one set per sample and protocol. `fathom protocols show P` "
                + "documents a protocol and its known errors.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom evaluate sun --prediction dpt",
                "  fathom evaluate sun --prediction dpt --truth gt --protocol article",
                "  fathom evaluate kitti --prediction zoe --protocol kitti-garg --json"})
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--prediction", required = true, paramLabel = "FIELD", description = "The field of predictions.")
    private String prediction;

    @Option(names = "--truth", paramLabel = "FIELD", defaultValue = "gt", description = "The field of measured depth (default: ${DEFAULT-VALUE}).")
    private String truth;

    @Option(names = "--protocol", paramLabel = "P", description = "A name of `fathom protocols list`, or a YAML file (default: metric for predictions in metres, otherwise aligned).")
    private @Nullable String protocol;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Protocol given = protocol == null ? null : NamedProtocol.of(protocol);
        try (Dataset opened = home.datasets().open(dataset)) {
            Protocol named = given == null ? defaultProtocol(opened) : given;
            EvaluateDataset.Outcome outcome = Interruption.around(cancellation -> EvaluateDataset.run(opened,
                    prediction, truth, named, new ConsoleProgress(console), cancellation));
            print(opened, named, outcome);
            return (outcome.unscored().isEmpty() && outcome.pending() == 0 ? ExitCode.OK : ExitCode.PARTIAL).code();
        }
    }

    private Protocol defaultProtocol(Dataset opened) {
        DefaultProtocol chosen = DefaultProtocol.of(opened, prediction);
        console.err().println("Protocol " + chosen.protocol().name() + ": " + chosen.reason() + ".");
        return chosen.protocol();
    }

    private void print(Dataset opened, Protocol named, EvaluateDataset.Outcome outcome) {
        if (json.isRequested()) {
            Map<String, @Nullable Double> means = new LinkedHashMap<>();
            outcome.means().forEach((metric, mean) -> means.put(metric.key(), Double.isNaN(mean) ? null : mean));
            JsonOutput.print(console.out(),
                    new Listing(opened.name(), prediction, truth, named.name(), named.hash(), outcome.scored(),
                            outcome.pending(), means, outcome.unscored(), outcome.notes(), outcome.warnings()));
            return;
        }
        console.out().printf(Locale.ROOT, "%s.%s: %d of %d samples evaluated%n", prediction, named.name(),
                outcome.scored(), opened.size());
        Table table = new Table("metric", "mean", "better", "samples");
        outcome.means()
                .forEach((metric, mean) -> table.row(metric.key(), number(named, metric, mean), metric.better().label(),
                        Long.toString(Arrays.stream(opened.values(prediction + "." + named.name() + "." + metric.key()))
                                .filter(value -> !Double.isNaN(value)).count())));
        console.out().print(table);
        outcome.notes().forEach(note -> console.err().println("  " + TerminalText.line(note)));
        outcome.warnings().stream().filter(EvaluationWarning::isDisplayed)
                .forEach(warning -> console.err().println("warning: " + TerminalText.line(warning.text())));
        for (EvaluateDataset.Unscored unscored : outcome.unscored()) {
            console.err()
                    .println("  not evaluated: " + TerminalText.line(unscored.sample() + ": " + unscored.reason()));
        }
        if (outcome.pending() > 0) {
            console.err().println("  " + outcome.pending() + (outcome.pending() == 1 ? " sample has" : " samples have")
                    + " no prediction in " + prediction + "; run `fathom apply` to add the missing ones.");
        }
    }

    /** Returns a mean with its unit; a dash if no sample has the metric. */
    private static String number(Protocol protocol, Metric metric, double mean) {
        return Double.isNaN(mean)
                ? "–"
                : String.format(Locale.ROOT, "%." + protocol.decimals(metric) + "f", mean) + unit(protocol, metric);
    }

    private static String unit(Protocol protocol, Metric metric) {
        return protocol.unit(metric).isEmpty() ? "" : " " + protocol.unit(metric);
    }

    /** The JSON output. */
    record Listing(String dataset, String prediction, String truth, String protocol, String hash, int scored,
            int pending, Map<String, @Nullable Double> means, List<EvaluateDataset.Unscored> unscored,
            List<String> notes, List<EvaluationWarning> warnings) {}
}
