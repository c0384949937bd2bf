package fathom.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import fathom.cache.UserHome;
import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.options.HomeOption;
import fathom.cli.options.LicenceGate;
import fathom.hub.Hub;
import fathom.hub.HubListener;
import fathom.hub.HubReference;
import fathom.hub.HubSettings;
import fathom.hub.HubSnapshot;
import fathom.hub.RequestedFiles;
import fathom.models.catalogue.HubModels;
import fathom.models.catalogue.LicenceConsents;
import fathom.models.catalogue.LicenceConsents.Notice;
import fathom.models.catalogue.ModelFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom models pull}: downloads a model into the cache. */
@Command(name = "pull", mixinStandardHelpOptions = true, header = "Download a model into the cache.", description = {"",
        "The cache is shared with Python's huggingface_hub. HF_HOME, HF_TOKEN, HF_ENDPOINT and HF_HUB_OFFLINE have the same meaning as in huggingface_hub.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom models pull depth-anything/Depth-Anything-V2-Small-hf",
                "  fathom models pull Intel/dpt-large@main",
                "  fathom models pull depth-anything/Depth-Anything-V2-Large-hf --accept-licence"})
public final class ModelsPullCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", description = "owner/name, owner/name@revision or an https:// URL.")
    private String name;

    @Option(names = "--accept-licence", description = "Accept the licence of the weights without a question.")
    private boolean acceptLicence;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public ModelsPullCommand(Console console) {
        this.console = console;
    }

    /** The JSON output. */
    record Pulled(String model, String path) {}

    @Override
    public Integer call() throws Exception {
        HubReference given = HubReference.parse(name, settings(console).endpoint());
        HubReference reference = given instanceof HubReference.Repository named ? HubModels.current(named) : given;
        HubListener listener = new HubProgress(console);
        try (Hub hub = new Hub(settings(console))) {
            if (reference instanceof HubReference.Repository repository && !isLicensed(hub, repository, listener)) {
                return ExitCode.USAGE.code();
            }
            Path place = switch (reference) {
                case HubReference.Repository repository -> {
                    HubSnapshot snapshot = hub.fetch(repository, new RequestedFiles.Any(Set.of(), ModelFiles.RULES),
                            listener);
                    yield snapshot.folder();
                }
                case HubReference.Folder(var repository, var path) -> hub.fetch(repository,
                        new RequestedFiles.In(path, new RequestedFiles.Any(Set.of(), ModelFiles.RULES)), listener)
                        .folder().resolve(path);
                case HubReference.RepositoryFile file -> hub.fetch(file, listener);
                case HubReference.FileUrl file -> hub.fetch(file, listener);
            };
            if (json.isRequested()) {
                JsonOutput.print(console.out(), new Pulled(reference.label(), place.toString()));
            } else {
                console.out().println(place);
            }
            return ExitCode.OK.code();
        }
    }

    private boolean isLicensed(Hub hub, HubReference.Repository repository, HubListener listener) throws IOException {
        Optional<String> stated = HubModels.find(repository.id()).isPresent()
                ? Optional.empty()
                : hub.licence(repository, listener);
        Optional<Notice> notice = LicenceConsents.notice(repository, stated);
        return notice.isEmpty() || LicenceGate.isAccepted(notice.get(), acceptLicence, console, home.path());
    }

    /** Returns the Hub settings of the environment variables of {@code console}. */
    static HubSettings settings(Console console) {
        return HubSettings.fromEnvironment(console.environment(),
                UserHome.resolve(console.environment(), System.getProperties()));
    }
}
