package fathom.cli.datasets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fathom datasets}: imports, lists, describes and deletes datasets. */
@Command(name = "datasets", mixinStandardHelpOptions = true, header = "Import, list, describe and delete datasets.", synopsisSubcommandLabel = "COMMAND", subcommands = {
        DatasetsImportCommand.class, DatasetsListCommand.class, DatasetsInfoCommand.class,
        DatasetsRelocateCommand.class, DatasetsDeleteCommand.class,
        DatasetsRoomsCommand.class}, footerHeading = "%nExamples:%n", footer = {
                "  fathom datasets import sunrgbd SUNRGBD --name sun --limit 20", "  fathom datasets list",
                "  fathom datasets info sun"})
public final class DatasetsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Choose one from the list below.");
    }
}
