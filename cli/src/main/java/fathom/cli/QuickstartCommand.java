package fathom.cli;

import java.util.List;
import java.util.concurrent.Callable;

import fathom.datasets.Datasets;
import fathom.evaluation.Report;
import fathom.evaluation.ReportFormat;
import fathom.server.AppOptions;
import fathom.workbench.quickstart.Quickstart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fathom quickstart}: the main job, end to end. */
@Command(name = "quickstart", mixinStandardHelpOptions = true, header = "See the whole job done on sample rooms.", description = {
        "", "Makes furnished rooms with exact depth, imports them as SUN RGB-D scenes, runs the models fastdepth and "
                + "floor, scores both, prints the means and opens the page. Nothing is downloaded. Run again, it goes on where "
                + "it stopped.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom quickstart", "  fathom quickstart --no-serve",
                "  fathom quickstart --count 5 --seed 1 --name five --no-open"})
final class QuickstartCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--count", paramLabel = "N", defaultValue = "20", description = "How many rooms (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "7", description = "Which rooms (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--name", paramLabel = "DATASET", defaultValue = "quickstart", description = "The dataset's name (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(names = "--no-open", description = "Print the page's address, do not open a browser.")
    private boolean closed;

    @Option(names = "--no-serve", description = "End after the table.")
    private boolean unserved;

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
        console.out()
                .println("What these protocols do, and what is wrong with them: fathom protocols show article-fixed");
        console.out().println("Look at the depth maps, not only at the metrics.");
        console.out().println();
        if (!unserved) {
            AppCommand.serve(console, AppOptions.of(datasets).withDataset(name), !closed);
        }
        return ExitCode.OK.code();
    }
}
