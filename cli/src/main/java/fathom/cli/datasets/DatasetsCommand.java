package fathom.cli.datasets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fathom datasets}: everything about datasets but the models. */
@Command(name = "datasets", mixinStandardHelpOptions = true, header = "Import, list, describe and delete datasets.", synopsisSubcommandLabel = "COMMAND", subcommands = {
        DatasetsImportCommand.class, DatasetsListCommand.class, DatasetsInfoCommand.class,
        DatasetsRelocateCommand.class, DatasetsDeleteCommand.class, DatasetsRoomsCommand.class})
public final class DatasetsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Choose one from the list below.");
    }
}
