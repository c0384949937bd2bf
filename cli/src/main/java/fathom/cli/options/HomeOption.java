package fathom.cli.options;

import java.nio.file.Path;

import fathom.datasets.Datasets;
import fathom.datasets.FathomHome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --home} option of every command that has to do with datasets. */
public final class HomeOption {
    @Option(names = "--home", paramLabel = "DIR", description = "The folder of datasets (default: FATHOM_HOME, otherwise the platform's data folder).")
    private @Nullable Path home;

    public Path path() {
        return home == null ? FathomHome.resolve() : home;
    }

    public Datasets datasets() {
        return Datasets.at(path());
    }
}
