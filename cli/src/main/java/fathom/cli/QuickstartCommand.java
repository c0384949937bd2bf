package fathom.cli;

import java.util.List;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.options.HomeOption;
import fathom.datasets.Datasets;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportFormat;
import fathom.server.AppOptions;
import fathom.workbench.quickstart.Quickstart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fathom quickstart}: runs a complete example from import to the App. */
@Command(name = "quickstart", mixinStandardHelpOptions = true, header = "Run a complete example on sample rooms.", description = {
        "",
        "Renders furnished rooms with exact depth, imports them as SUN RGB-D scenes, runs the models fastdepth and "
                + "floor, evaluates both, prints the means and opens the App. Nothing is downloaded. To resume an interrupted "
                + "run, run the same command again.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom quickstart", "  fathom quickstart --no-serve",
                "  fathom quickstart --count 5 --seed 1 --name five --no-open"})
final class QuickstartCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--count", paramLabel = "N", defaultValue = "20", description = "Number of rooms (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "7", description = "Seed of the random rooms (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--name", paramLabel = "DATASET", defaultValue = "quickstart", description = "The dataset's name (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--no-open", description = "Print the address of the App, but do not open a browser.")
    private boolean noOpen;

    @Option(names = "--no-serve", description = "Exit after printing the means; do not start the App.")
    private boolean noServe;

    @Mixin
    private HomeOption home;

    QuickstartCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Datasets datasets = home.datasets();
        List<Report> reports = Interruption.around(cancellation -> Quickstart.run(datasets,
                new Quickstart.Options(name, count, seed), new ConsoleProgress(console), cancellation));
        for (Report report : reports) {
            console.out().println(report.render(ReportFormat.TEXT));
        }
        console.out().println("Definition and known errors of a protocol: fathom protocols show article-fixed");
        console.out().println("Look at the depth maps, not only at the metrics.");
        console.out().println();
        if (!noServe) {
            AppCommand.serve(console, AppOptions.of(datasets).withDataset(name), !noOpen);
        }
        return ExitCode.OK.code();
    }
}
