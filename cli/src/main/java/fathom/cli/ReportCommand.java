package fathom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.options.HomeOption;
import fathom.cli.options.NamedProtocol;
import fathom.datasets.Dataset;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportFormat;
import fathom.evaluation.statistics.Bootstrap;
import fathom.formats.AtomicFile;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.evaluate.ReportDataset;
import fathom.workbench.evaluate.ReportOptions;
import fathom.workbench.evaluate.SliceBy;
import fathom.workbench.pages.ReportPages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom report}: prints a table of means per model. */
@Command(name = "report", mixinStandardHelpOptions = true, header = "Compare the models of a dataset in a table of means.", description = {
        "",
        "Prints one table per protocol and definition, since metrics of different protocols are not comparable. Each mean "
                + "has an interval, and each pair of models a verdict: which one is better, or that they cannot be "
                + "distinguished.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom report sun",
                "  fathom report sun --protocol article --format latex", "  fathom report sun --slice depth",
                "  fathom report sun --html report.html", "  fathom report sun --json"})
final class ReportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--protocol", paramLabel = "P", description = "Print only the tables of this protocol: a built-in name, the name of one that was run, or a YAML file (default: all).")
    private @Nullable String protocol;

    @Option(names = {"-f",
            "--format"}, paramLabel = "FORMAT", defaultValue = "text", description = "text, markdown, latex, csv or json (default: ${DEFAULT-VALUE}).")
    private ReportFormat format;

    @Option(names = "--slice", paramLabel = "BY", description = "Add rows for each tag, scene, depth or brightness.")
    private @Nullable SliceBy slice;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one page with tables, charts and the worst samples instead of printing.")
    private @Nullable Path html;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (json.isRequested()) {
            format = ReportFormat.JSON;
        }
        try (Dataset opened = home.datasets().openReadOnly(dataset)) {
            Interruption.around(cancellation -> {
                report(opened, cancellation);
                return ExitCode.OK;
            });
        }
        return ExitCode.OK.code();
    }

    private void report(Dataset opened, Cancellation cancellation) throws IOException {
        Progress progress = new ConsoleProgress(console);
        ReportOptions options = new ReportOptions(Optional.ofNullable(slice), Bootstrap.DEFAULT);
        List<Report> reports = protocol == null
                ? ReportDataset.all(opened, options, progress, cancellation)
                : NamedProtocol.isFile(protocol)
                        ? ReportDataset.of(opened, NamedProtocol.of(protocol), options, progress, cancellation)
                        : ReportDataset.named(opened, protocol, options, progress, cancellation);
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("dataset " + dataset
                    + ": expected metrics, found none. Run: fathom evaluate " + dataset + " --prediction FIELD");
        }
        if (html == null) {
            print(reports);
            return;
        }
        String page = ReportPages.of(opened, reports, progress, cancellation).render();
        AtomicFile.write(html, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
        console.out().println(html);
    }

    private void print(List<Report> reports) {
        PrintWriter out = console.out();
        boolean array = format == ReportFormat.JSON && (protocol == null || reports.size() > 1);
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
