package fathom.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.hub.HubCache;
import fathom.hub.HubReference;
import fathom.hub.HubSettings;
import fathom.weights.DerivedFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom models remove}: removes a model and the files derived from it from the cache. */
@Command(name = "remove", mixinStandardHelpOptions = true, header = "Remove a downloaded model from the cache.", description = {
        "",
        "Deletes every cached revision (the cache is shared with Python) and all files derived from the weights, such as half-precision weights converted to float32.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom models remove Intel/dpt-large",
                "  fathom models remove checkpoints/mine --yes"})
public final class ModelsRemoveCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "owner/name, or a checkpoint folder. Of a folder, only the derived files are deleted.")
    private String name;

    @Option(names = {"-y", "--yes"}, description = "Do not ask for confirmation.")
    private boolean yes;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public ModelsRemoveCommand(Console console) {
        this.console = console;
    }

    /** The JSON output. */
    record Removed(String removed, long bytes) {}

    @Override
    public Integer call() throws Exception {
        Path local = Path.of(name);
        if (Files.isDirectory(local)) {
            return removeDerived(local);
        }
        if (!(HubReference.parse(name) instanceof HubReference.Repository repository)) {
            throw new IllegalArgumentException(
                    "MODEL: expected owner/name or a checkpoint folder, found \"" + name + "\"");
        }
        HubSettings settings = ModelsPullCommand.settings(console);
        HubCache cache = new HubCache(settings.cache(), settings.symbolicLinks());
        if (cache.repositories().stream().noneMatch(cached -> cached.id().equals(repository.id()))) {
            console.err().println(repository.id() + " is not in the cache " + settings.cache() + ".");
            return ExitCode.NAMES.code();
        }
        if (!isConfirmed("Remove " + repository.id() + " from " + settings.cache() + "?")) {
            return ExitCode.USAGE.code();
        }
        long derived = DerivedFiles.remove(DerivedFiles.of(cache.folder(repository)));
        print(repository.id(), cache.remove(repository) + derived);
        return ExitCode.OK.code();
    }

    /** Deletes the files derived from the weights in a folder. The folder itself belongs to the user and is kept. */
    private int removeDerived(Path folder) throws IOException {
        List<DerivedFiles.Derived> derived = DerivedFiles.of(folder);
        if (derived.isEmpty()) {
            console.err().println("No files are derived from the weights in " + folder
                    + "; the folder itself is not deleted by this command.");
            return ExitCode.NAMES.code();
        }
        if (!isConfirmed("Remove " + derived.size() + " files derived from the weights in " + folder
                + "? The folder itself is kept.")) {
            return ExitCode.USAGE.code();
        }
        print("files derived from " + folder, DerivedFiles.remove(derived));
        return ExitCode.OK.code();
    }

    private boolean isConfirmed(String question) throws IOException {
        if (yes || console.confirms(question)) {
            return true;
        }
        console.err().println();
        console.err().println("Nothing was removed. To skip the question, use --yes.");
        return false;
    }

    private void print(String removed, long bytes) {
        if (json.isRequested()) {
            JsonOutput.print(console.out(), new Removed(removed, bytes));
        } else {
            console.out().printf(Locale.ROOT, "Removed %s: %.1f MB.%n", removed, bytes / 1e6);
        }
    }
}
