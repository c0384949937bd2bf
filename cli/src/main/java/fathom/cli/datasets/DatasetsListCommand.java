package fathom.cli.datasets;

import java.util.List;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.options.HomeOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fathom datasets list}: lists the datasets of a home folder. */
@Command(name = "list", mixinStandardHelpOptions = true, header = "List the datasets.", footerHeading = "%nExamples:%n", footer = {
        "  fathom datasets list", "  fathom datasets list --json"})
public final class DatasetsListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<DatasetView> views = home.datasets().list().stream().map(DatasetView::of).toList();
        if (json.isRequested()) {
            JsonOutput.print(console.out(), views);
            return ExitCode.OK.code();
        }
        if (views.isEmpty()) {
            console.err().println("No datasets in " + home.path()
                    + " yet. Import one with `fathom datasets import`, or run `fathom quickstart` for sample rooms.");
            return ExitCode.OK.code();
        }
        Table table = new Table("dataset", "samples", "size", "created", "fields");
        for (DatasetView view : views) {
            Integer samples = view.samples();
            Long bytes = view.bytes();
            String created = view.created();
            table.row(view.name(), samples == null ? "-" : samples, bytes == null ? "-" : DatasetView.size(bytes),
                    created == null ? "-" : created.substring(0, 10),
                    view.problem() == null
                            ? String.join(", ", view.fields().stream().map(DatasetView.Field::name).toList())
                            : "unreadable: " + view.problem());
        }
        console.out().print(table);
        return ExitCode.OK.code();
    }
}
