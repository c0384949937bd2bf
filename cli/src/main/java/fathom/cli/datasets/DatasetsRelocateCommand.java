package fathom.cli.datasets;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom datasets relocate}: sets the folder of the imported files after they were moved. */
@Command(name = "relocate", mixinStandardHelpOptions = true, header = "Set the folder of a dataset's pictures after they were moved.", footerHeading = "%nExamples:%n", footer = "  fathom datasets relocate sun /mnt/disk/SUNRGBD")
public final class DatasetsRelocateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DATASET", description = "The dataset's name.")
    private String name;

    @Parameters(index = "1", paramLabel = "ROOT", description = "The folder that contains the files now.")
    private Path root;

    @Mixin
    private HomeOption home;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsRelocateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Dataset dataset = home.datasets().open(name)) {
            dataset.relocate(root);
            console.out().println("Dataset " + name + " uses the files in " + dataset.mediaRoot() + ".");
        }
        return ExitCode.OK.code();
    }
}
