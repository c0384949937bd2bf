package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import fathom.hub.Hub;
import fathom.hub.HubException;
import fathom.hub.HubListener;
import fathom.hub.HubReference;
import fathom.hub.HubSettings;
import fathom.hub.HubSnapshot;
import fathom.hub.RequestedFiles;
import fathom.models.catalogue.HubModels;
import fathom.models.registry.Architectures;
import fathom.weights.Settings;

/** Opens models of the hub or at an address: downloads the required files to the cache and opens them there. */
final class HubOpening {
    private static final String CONFIGURATION = "config.json";
    private static final String UNKNOWN = "unknown";

    private HubOpening() {}

    /**
     * Opens {@code reference}.
     *
     * @param local opens a local folder or file
     * @throws UncheckedIOException if it cannot be downloaded; the cause is a {@link HubException}
     */
    static DepthEstimator open(HubReference reference, HubSettings settings, HubListener listener,
            Function<Path, DepthEstimator> local) {
        try (Hub hub = new Hub(settings)) {
            return switch (reference) {
                case HubReference.Repository repository -> repository(hub, repository, listener, local);
                case HubReference.RepositoryFile file -> {
                    HubSnapshot snapshot = hub.fetch(file.repository(), new RequestedFiles.Named(List.of(file.path())),
                            listener);
                    if (isOnnx(file)) {
                        fetchNeighbours(hub, file, snapshot, listener);
                    }
                    yield new NamedEstimator(local.apply(snapshot.folder().resolve(file.path())), reference.label(),
                            reference.label(), licence(file.repository(), Optional.empty()), snapshot.commit());
                }
                case HubReference.FileUrl url -> new NamedEstimator(local.apply(hub.fetch(url, listener)),
                        url.fileName(), reference.label(), UNKNOWN, "");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static DepthEstimator repository(Hub hub, HubReference.Repository requested, HubListener listener,
            Function<Path, DepthEstimator> local) throws IOException {
        HubReference.Repository repository = HubModels.current(requested);
        requireSupported(hub, repository, listener);
        HubSnapshot snapshot = hub.fetch(repository, new RequestedFiles.Any(Set.of()), listener);
        return new NamedEstimator(local.apply(snapshot.folder()), repository.id(),
                "hub:" + repository.id() + "@" + snapshot.commit(), licence(repository, snapshot.licence()),
                snapshot.commit());
    }

    private static boolean isOnnx(HubReference.RepositoryFile file) {
        return file.path().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /** Downloads configuration and external weights next to an ONNX file, of the same commit. */
    private static void fetchNeighbours(Hub hub, HubReference.RepositoryFile file, HubSnapshot snapshot,
            HubListener listener) throws IOException {
        HubReference.Repository commit = file.repository().at(snapshot.commit());
        for (String name : List.of(CONFIGURATION, "preprocessor_config.json", file.path() + "_data",
                file.path() + ".data")) {
            try {
                hub.fetch(new HubReference.RepositoryFile(commit, name), listener);
            } catch (HubException e) {
                if (e.kind() != HubException.Kind.FILE_NOT_FOUND && e.kind() != HubException.Kind.OFFLINE) {
                    throw e;
                }
            }
        }
    }

    /** Rejects a model that Fathom cannot run before gigabytes are downloaded. */
    private static void requireSupported(Hub hub, HubReference.Repository repository, HubListener listener)
            throws IOException {
        if (HubModels.find(repository.id()).isPresent()) {
            return;
        }
        Path configuration;
        try {
            configuration = hub.fetch(new HubReference.RepositoryFile(repository, CONFIGURATION), listener);
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.FILE_NOT_FOUND || e.kind() == HubException.Kind.OFFLINE) {
                // A pipeline has none; the download of the whole repository reports what is missing.
                return;
            }
            throw e;
        }
        List<String> types = Architectures.modelTypes();
        Settings settings = Settings.read(configuration);
        String type = settings.has("model_type") || settings.has("model_name") ? Architectures.typeOf(settings) : "";
        if (!types.contains(type)) {
            throw new IllegalArgumentException(repository.id() + ": expected a model_type among "
                    + String.join(", ", types) + " in its " + CONFIGURATION + ", found \"" + type + "\"");
        }
    }

    private static String licence(HubReference.Repository repository, Optional<String> stated) {
        return HubModels.find(repository.id()).map(model -> model.licence().spdx()).or(() -> stated).orElse(UNKNOWN);
    }
}
