package fathom.cli.datasets;

import fathom.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code fathom datasets}: imports, lists, describes and deletes datasets. */
@Command(name = "datasets", mixinStandardHelpOptions = true, header = "Import, list, describe and delete datasets.", synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExamples:%n", footer = {
        "  fathom datasets import sunrgbd SUNRGBD --name sun --limit 20", "  fathom datasets list",
        "  fathom datasets info sun"})
public final class DatasetsCommand extends CommandGroup {
    /** Creates the command. */
    public DatasetsCommand() {
        super(DatasetsImportCommand.class, DatasetsListCommand.class, DatasetsInfoCommand.class,
                DatasetsRelocateCommand.class, DatasetsDeleteCommand.class, DatasetsRoomsCommand.class,
                DatasetsWarpCommand.class);
    }
}
