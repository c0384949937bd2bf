package fathom.cli.options;

import java.nio.file.Path;

import fathom.datasets.Datasets;
import fathom.datasets.FathomHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --home} option: the folder of datasets and accepted licences. */
public final class HomeOption {
    @Option(names = "--home", paramLabel = "DIR", description = "The folder of datasets (default: FATHOM_HOME, otherwise the platform's data folder; see `fathom --help`).")
    private @Nullable Path home;

    /** {@return the folder: the option, otherwise FATHOM_HOME, otherwise the default of the platform} */
    public Path path() {
        return home == null ? FathomHome.resolve() : home;
    }

    /** {@return the datasets of the folder} */
    public Datasets datasets() {
        return Datasets.at(path());
    }
}
