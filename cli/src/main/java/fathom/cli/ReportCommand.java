package fathom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.options.HomeOption;
import fathom.cli.options.NamedProtocol;
import fathom.datasets.Dataset;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportFormat;
import fathom.workbench.evaluate.ReportDataset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom report}: prints a table of means per model. */
@Command(name = "report", mixinStandardHelpOptions = true, header = "Compare the models of a dataset in a table of means.", description = {
        "", "Prints one table per protocol, since metrics of different protocols are not comparable.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom report sun",
                "  fathom report sun --protocol article --format markdown", "  fathom report sun --json"})
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--protocol", paramLabel = "P", description = "Print only the table of this protocol (default: all).")
    private @Nullable String protocol;

    @Option(names = {"-f",
            "--format"}, paramLabel = "FORMAT", defaultValue = "text", description = "text, markdown, csv or json (default: ${DEFAULT-VALUE}).")
    private ReportFormat format;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (json.isRequested()) {
            format = ReportFormat.JSON;
        }
        try (Dataset opened = home.datasets().openReadOnly(dataset)) {
            List<Report> reports = protocol == null
                    ? ReportDataset.all(opened)
                    : List.of(ReportDataset.of(opened, NamedProtocol.of(protocol)));
            if (reports.isEmpty()) {
                throw new IllegalArgumentException("dataset " + dataset
                        + ": expected metrics, found none. Run: fathom evaluate " + dataset + " --prediction FIELD");
            }
            print(reports);
        }
        return ExitCode.OK.code();
    }

    private void print(List<Report> reports) {
        PrintWriter out = console.out();
        boolean array = format == ReportFormat.JSON && protocol == null;
        if (array) {
            out.println("[");
        }
        for (Iterator<Report> rest = reports.iterator(); rest.hasNext();) {
            String rendered = rest.next().render(format);
            String text = format == ReportFormat.JSON ? JsonOutput.escaped(rendered) : rendered;
            out.print(array ? text.stripTrailing() : text);
            if (rest.hasNext()) {
                out.println(array ? "," : "");
            }
        }
        if (array) {
            out.println();
            out.println("]");
        }
    }
}
