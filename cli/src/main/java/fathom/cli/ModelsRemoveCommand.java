package fathom.cli;

import java.util.concurrent.Callable;

import fathom.models.hub.HubCache;
import fathom.models.hub.HubReference;
import fathom.models.hub.HubSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom models remove}. */
@Command(name = "remove", mixinStandardHelpOptions = true, header = "Remove a downloaded model from the cache.", description = {
        "",
        "All its revisions go, also for Python's programs, which share the cache.",
        ""}, footerHeading = "%nExamples:%n", footer = "  fathom models remove Intel/dpt-large --yes")
final class ModelsRemoveCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "owner/name.")
    private String name;

    @Option(names = {"-y", "--yes"}, description = "Remove without asking.")
    private boolean yes;

    @Mixin
    private JsonOutput json;

    ModelsRemoveCommand(Console console) {
        this.console = console;
    }

    /** What {@code --json} prints. */
    record Removed(String removed, long bytes) {}

    @Override
    public Integer call() throws Exception {
        if (!(HubReference.parse(name) instanceof HubReference.Repository repository)) {
            throw new IllegalArgumentException("MODEL: expected owner/name, found \"" + name + "\"");
        }
        HubSettings settings = ModelsPullCommand.settings(console);
        HubCache cache = new HubCache(settings.cache(), settings.symbolicLinks());
        if (cache.repositories().stream().noneMatch(cached -> cached.id().equals(repository.id()))) {
            console.err().println(repository.id() + " is not in the cache " + settings.cache() + ".");
            return ExitCode.NAMES.code();
        }
        if (!yes && !console.confirms("Remove " + repository.id() + " from " + settings.cache() + "?")) {
            console.err().println();
            console.err().println("Nothing was removed. To remove without a question: --yes");
            return ExitCode.USAGE.code();
        }
        long bytes = cache.remove(repository);
        if (json.wanted) {
            JsonOutput.print(console.out(), new Removed(repository.id(), bytes));
        } else {
            console.out().printf("Removed %s: %.1f MB.%n", repository.id(), bytes / 1e6);
        }
        return ExitCode.OK.code();
    }
}
