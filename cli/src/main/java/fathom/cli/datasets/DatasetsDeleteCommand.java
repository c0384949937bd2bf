package fathom.cli.datasets;

import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.options.HomeOption;
import fathom.datasets.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom datasets delete}: deletes a dataset, but not its imported files. */
@Command(name = "delete", mixinStandardHelpOptions = true, header = "Delete a dataset.", description = {"",
        "Deletes the index and the stored predictions. The imported pictures and depth maps are not deleted.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom datasets delete sun",
                "  fathom datasets delete sun --yes"})
public final class DatasetsDeleteCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String name;

    @Option(names = {"-y", "--yes"}, description = "Do not ask for confirmation.")
    private boolean yes;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsDeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Datasets datasets = home.datasets();
        DatasetView view = DatasetView.of(datasets.describe(name));
        if (!yes && !console.confirms(
                "Delete dataset " + name + " (" + (view.samples() == null ? "unreadable" : view.samples() + " samples")
                        + ", " + view.folder() + ") with its predictions and metrics?")) {
            console.err().println();
            console.err().println("Nothing was deleted. To skip the question, use --yes.");
            return ExitCode.USAGE.code();
        }
        datasets.delete(name);
        if (json.isRequested()) {
            JsonOutput.print(console.out(), new Deleted(name));
        } else {
            console.out().println("Deleted dataset " + name + ".");
        }
        return ExitCode.OK.code();
    }

    /** The JSON output. */
    record Deleted(String deleted) {}
}
