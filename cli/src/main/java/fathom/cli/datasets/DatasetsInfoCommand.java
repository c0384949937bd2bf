package fathom.cli.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.console.TerminalText;
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import fathom.datasets.DatasetListing;
import fathom.datasets.Datasets;
import fathom.datasets.readers.ImportedPair;
import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.Failure;
import fathom.datasets.values.NumberSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom datasets info}: prints fields, metrics, failures and pairs of a dataset. */
@Command(name = "info", mixinStandardHelpOptions = true, header = "Print fields, metrics, failures and pairs of a dataset.", footerHeading = "%nExamples:%n", footer = {
        "  fathom datasets info sun", "  fathom datasets info sun --json"})
public final class DatasetsInfoCommand implements Callable<Integer> {
    private static final int PAIRS_SHOWN = 50;

    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String name;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Datasets datasets = home.datasets();
        DatasetListing listing = datasets.describe(name);
        if (listing instanceof DatasetListing.Unreadable unreadable) {
            throw unreadable.problem();
        }
        try (Dataset dataset = datasets.openReadOnly(name)) {
            Details details = new Details(DatasetView.of(listing), dataset.numberSummaries(), dataset.evaluations(),
                    dataset.failures(),
                    dataset.samples().stream().flatMap(sample -> ImportedPair.of(sample).stream()).toList());
            if (json.isRequested()) {
                JsonOutput.print(console.out(), details);
            } else {
                print(details);
            }
        }
        return ExitCode.OK.code();
    }

    /** The JSON output. */
    record Details(DatasetView dataset, List<NumberSummary> numbers, List<EvaluationRecord> evaluations,
            List<Failure> failures, List<ImportedPair> pairs) {}

    private void print(Details details) {
        DatasetView view = details.dataset();
        Long bytes = view.bytes();
        console.out().println(view.name() + (view.description().isEmpty() ? "" : ": " + view.description()));
        console.out().println("samples  " + view.samples());
        console.out().println("created  " + view.created());
        console.out()
                .println("folder   " + view.folder() + (bytes == null ? "" : " (" + DatasetView.size(bytes) + ")"));
        console.out().println("media    " + view.mediaRoot());
        console.out().println();
        Table fields = new Table("field", "type", "done", "failed", "pending");
        view.fields().forEach(
                field -> fields.row(field.name(), field.type(), field.done(), field.failed(), field.pending()));
        console.out().print(fields);
        if (!details.numbers().isEmpty()) {
            console.out().println();
            Table numbers = new Table("number", "samples", "mean", "min", "max");
            for (NumberSummary number : details.numbers()) {
                numbers.row(number.path(), number.count(), text(number.mean()), text(number.min()), text(number.max()));
            }
            console.out().print(numbers);
        }
        print(details.pairs(), view.folder());
        if (!details.failures().isEmpty()) {
            console.out().println();
            details.failures().forEach(failure -> console.out().println("failed: "
                    + TerminalText.line(failure.field() + " of " + failure.sampleName() + ": " + failure.reason())));
        }
    }

    private void print(List<ImportedPair> pairs, String folder) {
        if (pairs.isEmpty()) {
            return;
        }
        console.out().println();
        Map<String, Integer> rules = new TreeMap<>();
        pairs.forEach(pair -> rules.merge(rule(pair), 1, Integer::sum));
        rules.forEach((rule, count) -> console.out().println("pairs by " + rule + ": " + count));
        Table table = new Table("picture", "depth", "rule", "seconds apart");
        pairs.stream().limit(PAIRS_SHOWN).forEach(pair -> table.row(pair.rgb(), pair.depth(), rule(pair),
                pair.seconds() == null ? "" : String.format(Locale.ROOT, "%.6f", pair.seconds())));
        console.out().print(table);
        if (pairs.size() > PAIRS_SHOWN) {
            console.out().println("and " + (pairs.size() - PAIRS_SHOWN) + " more, listed by --json and in "
                    + Path.of(folder).resolve(ImportedPair.FILE_NAME));
        }
    }

    private static String rule(ImportedPair pair) {
        String rule = pair.rule();
        return rule == null ? "an unknown rule" : rule;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
