package fathom.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
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
import fathom.models.catalogue.ModelFiles;
import fathom.models.registry.Architectures;
import fathom.weights.Settings;

/** Opens models of the hub or at an address: downloads the required files to the cache and opens them there. */
final class HubOpening {
    /** The option that names a folder of a repository. */
    static final String SUBFOLDER = "subfolder";
    private static final String CONFIGURATION = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";
    /** Files of a checkpoint's or pipeline's folder whose address stands for the folder. */
    private static final Set<String> PARTS = Set.of(CONFIGURATION, PREPROCESSOR, "model_index.json",
            "model.safetensors", "model.safetensors.index.json");
    private static final String UNKNOWN = "unknown";
    private static final int MOST_SCANNED = 64 << 20;

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
                case HubReference.Repository repository -> repository(hub, repository, "", listener, local);
                case HubReference.Folder(var repository, var path) ->
                    repository(hub, repository, path, listener, local);
                case HubReference.RepositoryFile file when isPartOfFolder(file) ->
                    repository(hub, file.repository(), folder(file), listener, local);
                case HubReference.RepositoryFile file -> {
                    HubSnapshot snapshot = hub.fetch(file.repository(), new RequestedFiles.Named(List.of(file.path())),
                            listener);
                    if (isOnnx(file)) {
                        fetchNeighbours(hub, file, snapshot, listener);
                    }
                    yield new NamedEstimator(local.apply(snapshot.folder().resolve(file.path())), reference.label(),
                            reference.label(), licence(file.repository(), Optional.empty()), snapshot.commit(), "");
                }
                case HubReference.FileUrl url -> new NamedEstimator(local.apply(hub.fetch(url, listener)),
                        url.fileName(), reference.label(), UNKNOWN, "", "");
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Opens a repository, or a folder of it unless {@code folder} is empty. */
    private static DepthEstimator repository(Hub hub, HubReference.Repository requested, String folder,
            HubListener listener, Function<Path, DepthEstimator> local) throws IOException {
        HubReference.Repository repository = HubModels.current(requested);
        requireSupported(hub, repository, folder, listener);
        RequestedFiles any = new RequestedFiles.Any(Set.of(), ModelFiles.RULES);
        HubSnapshot snapshot = hub.fetch(repository, folder.isEmpty() ? any : new RequestedFiles.In(folder, any),
                listener);
        String place = folder.isEmpty() ? "" : "/" + folder;
        for (String file : snapshot.files()) {
            HubReference.RepositoryFile one = new HubReference.RepositoryFile(repository.at(snapshot.commit()), file);
            if (isOnnx(one)) {
                fetchNeighbours(hub, one, snapshot, listener);
            }
        }
        return new NamedEstimator(local.apply(snapshot.folder().resolve(folder)), repository.id() + place,
                "hub:" + repository.id() + "@" + snapshot.commit() + place, licence(repository, snapshot.licence()),
                snapshot.commit(), folder);
    }

    /** Returns whether a file belongs to a checkpoint that always uses it: people copy its address from the browser. */
    private static boolean isPartOfFolder(HubReference.RepositoryFile file) {
        return PARTS.contains(file.path().substring(file.path().lastIndexOf('/') + 1));
    }

    private static String folder(HubReference.RepositoryFile file) {
        return file.path().substring(0, Math.max(0, file.path().lastIndexOf('/')));
    }

    private static boolean isOnnx(HubReference.RepositoryFile file) {
        return file.path().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /**
     * Downloads configuration and external weights next to an ONNX file, of the same commit: the files whose names it
     * contains.
     */
    private static void fetchNeighbours(Hub hub, HubReference.RepositoryFile file, HubSnapshot snapshot,
            HubListener listener) throws IOException {
        HubReference.Repository commit = file.repository().at(snapshot.commit());
        String folder = file.path().substring(0, file.path().lastIndexOf('/') + 1);
        Set<String> wanted = new LinkedHashSet<>(List.of(CONFIGURATION, PREPROCESSOR, folder + CONFIGURATION,
                folder + PREPROCESSOR, file.path() + "_data", file.path() + ".data"));
        List<String> names = hub.files(commit, listener);
        names.stream().filter(name -> name.startsWith(folder) && !isDocument(name) && !name.equals(file.path()))
                .filter(name -> !name.toLowerCase(Locale.ROOT).endsWith(".onnx"))
                .filter(name -> contains(snapshot.folder().resolve(file.path()), name.substring(folder.length())))
                .forEach(wanted::add);
        wanted.retainAll(names);
        for (String name : wanted) {
            hub.fetch(new HubReference.RepositoryFile(commit, name), listener);
        }
    }

    private static boolean isDocument(String name) {
        return name.endsWith(".json") || name.endsWith(".md") || name.endsWith(".txt") || name.contains(".git");
    }

    /** Returns whether the first bytes of an ONNX file, which contain its graph, contain {@code name}. */
    private static boolean contains(Path onnx, String name) {
        try (InputStream in = Files.newInputStream(onnx)) {
            return new String(in.readNBytes(MOST_SCANNED), StandardCharsets.ISO_8859_1)
                    .contains(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + onnx, e);
        }
    }

    /** Rejects a model that Fathom cannot run before gigabytes are downloaded. */
    private static void requireSupported(Hub hub, HubReference.Repository repository, String folder,
            HubListener listener) throws IOException {
        if (HubModels.find(repository.id()).isPresent() && folder.isEmpty()) {
            return;
        }
        String place = folder.isEmpty() ? "" : folder + "/";
        Path configuration;
        try {
            configuration = hub.fetch(new HubReference.RepositoryFile(repository, place + CONFIGURATION), listener);
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.FILE_NOT_FOUND || e.kind() == HubException.Kind.OFFLINE) {
                // A pipeline has none; the download of the whole repository reports what is missing.
                return;
            }
            throw e;
        }
        List<String> types = Architectures.modelTypes();
        Settings settings = Settings.read(configuration);
        String type = ModelFiles.isDescribed(settings) ? Architectures.typeOf(settings) : "";
        if (types.contains(type)) {
            return;
        }
        List<String> names = hub.files(repository, listener).stream().filter(name -> name.startsWith(place))
                .map(name -> name.substring(place.length())).toList();
        List<String> onnx = ModelFiles.onnx(names);
        boolean weights = ModelFiles.RULES.weights(names.stream().filter(name -> name.indexOf('/') < 0).toList())
                .isPresent();
        if (weights ? type.isEmpty() : ModelFiles.RULES.single(names).isPresent()) {
            return;
        }
        throw new IllegalArgumentException(repository.id() + ": expected a model_type among " + String.join(", ", types)
                + " in its " + place + CONFIGURATION + ", found \"" + type + "\""
                + (onnx.isEmpty()
                        ? ""
                        : "; to run one of its ONNX files, give the address, such as https://huggingface.co/"
                                + repository.id() + "/resolve/" + repository.revision() + "/" + place
                                + onnx.getFirst()));
    }

    private static String licence(HubReference.Repository repository, Optional<String> stated) {
        return HubModels.find(repository.id()).map(model -> model.licence().spdx()).or(() -> stated).orElse(UNKNOWN);
    }
}
