package fathom.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
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
import fathom.evaluation.ordinal.Da2k;
import fathom.evaluation.ordinal.OrdinalPair;
import fathom.workbench.evaluate.EvaluateOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom order}: how often predictions give the nearer of two annotated points (DA-2K, WHDR). */
@Command(name = "order", mixinStandardHelpOptions = true, header = "Compare predictions with annotated pairs of points (DA-2K).", description = {
        "",
        "The annotations are JSON: {\"indoor/a.jpg\": [{\"point1\": [row, column], \"point2\": [row, column], \"closer_point\": "
                + "\"point1\"}]}. Names are matched with the end of the path of a picture. A tie is wrong. In DA-2K the first point "
                + "is always the nearer one; --shuffle exchanges half of them.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom order da2k --prediction dpt --pairs DA-2K/annotations.json --shuffle 7",
                "  fathom order da2k --prediction dpt --pairs annotations.json --json"})
final class OrderCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--prediction", required = true, paramLabel = "FIELD", description = "The field of predictions.")
    private String prediction;

    @Option(names = "--pairs", required = true, paramLabel = "FILE", description = "The annotations.")
    private Path pairs;

    @Option(names = "--shuffle", paramLabel = "SEED", description = "Exchange the points of about half of the pairs, by this seed.")
    private @Nullable Long shuffle;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    OrderCommand(Console console) {
        this.console = console;
    }

    /** The JSON output. */
    record Listing(String dataset, String prediction, int images, int pairs, int correct, double accuracy, double whdr,
            Map<String, EvaluateOrder.Counts> scenes, List<EvaluateOrder.LeftOut> leftOut) {}

    @Override
    public Integer call() throws Exception {
        Map<String, List<OrdinalPair>> annotations = Da2k.read(pairs);
        OptionalLong seed = shuffle == null ? OptionalLong.empty() : OptionalLong.of(shuffle);
        try (Dataset opened = home.datasets().openReadOnly(dataset)) {
            EvaluateOrder.Outcome outcome = Interruption.around(cancellation -> EvaluateOrder.run(opened, prediction,
                    annotations, seed, new ConsoleProgress(console), cancellation));
            EvaluateOrder.Counts total = outcome.total();
            if (json.isRequested()) {
                JsonOutput.print(console.out(), new Listing(opened.name(), prediction, outcome.images(), total.pairs(),
                        total.correct(), total.accuracy(), 1 - total.accuracy(), outcome.scenes(), outcome.leftOut()));
            } else {
                print(outcome);
            }
            return (outcome.leftOut().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL).code();
        }
    }

    private void print(EvaluateOrder.Outcome outcome) {
        EvaluateOrder.Counts total = outcome.total();
        console.out().printf(Locale.ROOT, "%s: %d of %d pairs right in %d pictures, accuracy %.4f, WHDR %.4f%n",
                prediction, total.correct(), total.pairs(), outcome.images(), total.accuracy(), 1 - total.accuracy());
        if (outcome.scenes().size() > 1) {
            Table table = new Table("scene", "pairs", "right", "accuracy");
            outcome.scenes().forEach((scene, counts) -> table.row(scene, counts.pairs(), counts.correct(),
                    String.format(Locale.ROOT, "%.4f", counts.accuracy())));
            console.out().print(table);
        }
        outcome.leftOut().forEach(image -> console.err()
                .println("  left out: " + TerminalText.line(image.image() + ": " + image.reason())));
    }
}
