package fathom.cli.protocols;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.console.TerminalText;
import fathom.evaluation.verification.ToolkitSummary;
import fathom.workbench.evaluate.VerifyProtocols;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom protocols verify}. */
@Command(name = "verify", mixinStandardHelpOptions = true, header = "Compare the protocols with the results of other toolkits.", description = {
        "",
        "FOLDER has cases.json, the arrays in inputs/, and expected.json: what the evaluation code of other toolkits gave. "
                + "The exit code is 3 if a number is out of tolerance.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom protocols verify goldens/protocols",
                "  fathom protocols verify goldens/protocols --json"})
public final class ProtocolsVerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 5;

    private final Console console;

    @Parameters(paramLabel = "FOLDER", description = "The folder of records.")
    private Path folder;

    @Option(names = "--all", description = "Print every record that is out of tolerance, not only the first " + SHOWN
            + " of a toolkit.")
    private boolean all;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console where to print
     */
    public ProtocolsVerifyCommand(Console console) {
        this.console = console;
    }

    /** The JSON output. */
    record Listing(int records, int reproduced, int notCovered, int outOfTolerance, int remaining, double covered,
            List<ToolkitSummary> toolkits) {}

    @Override
    public Integer call() throws Exception {
        VerifyProtocols.Outcome outcome = Interruption
                .around(cancellation -> VerifyProtocols.run(folder, new ConsoleProgress(console), cancellation));
        List<ToolkitSummary> summaries = outcome.toolkits();
        int records = summaries.stream().mapToInt(ToolkitSummary::records).sum();
        int reproduced = summaries.stream().mapToInt(ToolkitSummary::reproduced).sum();
        int notCovered = summaries.stream().mapToInt(ToolkitSummary::notCoveredCount).sum();
        int out = records - reproduced - notCovered;
        double covered = records == 0 ? 0 : (double) (records - notCovered) / records;
        if (json.isRequested()) {
            JsonOutput.print(console.out(),
                    new Listing(records, reproduced, notCovered, out, outcome.remaining(), covered, summaries));
        } else {
            print(summaries);
            console.out().printf(Locale.ROOT,
                    "%d of %d records reproduced, %d not covered, %d out of tolerance; %.1f %% covered%n", reproduced,
                    records, notCovered, out, 100 * covered);
        }
        if (outcome.remaining() > 0) {
            console.err().println("Interrupted: " + outcome.remaining() + " records were not compared.");
            return ExitCode.INTERRUPTED.code();
        }
        return (out == 0 ? ExitCode.OK : ExitCode.BAD_DATA).code();
    }

    private void print(List<ToolkitSummary> summaries) {
        Table table = new Table("toolkit", "records", "reproduced", "not covered", "out of tolerance",
                "largest difference");
        for (ToolkitSummary summary : summaries) {
            table.row(summary.toolkit(), summary.records(), summary.reproduced(), summary.notCoveredCount(),
                    summary.outOfTolerance().size(), String.format(Locale.ROOT, "%.1e", summary.largestDifference()));
        }
        console.out().print(table);
        Map<String, Integer> reasons = new TreeMap<>();
        for (ToolkitSummary summary : summaries) {
            summary.notCovered()
                    .forEach((reason, count) -> reasons.merge(summary.toolkit() + ": " + reason, count, Integer::sum));
            summary.outOfTolerance().stream().limit(all ? Long.MAX_VALUE : SHOWN).forEach(line -> console.err()
                    .println("  out of tolerance: " + TerminalText.line(summary.toolkit() + ", " + line)));
        }
        reasons.forEach(
                (reason, count) -> console.out().println("not covered (" + count + "): " + TerminalText.line(reason)));
    }
}
