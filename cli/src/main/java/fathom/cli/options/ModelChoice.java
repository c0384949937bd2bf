package fathom.cli.options;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import fathom.cache.UserHome;
import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.datasets.Dataset;
import fathom.datasets.values.Provenance;
import fathom.hub.HubListener;
import fathom.hub.HubSettings;
import fathom.inference.DepthEstimator;
import fathom.inference.Device;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.inference.replicate.RemoteListener;
import fathom.inference.replicate.RemoteModel;
import fathom.inference.replicate.RemoteOptions;
import fathom.models.ModelOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs a model. */
public final class ModelChoice {
    /** The environment variable with the URL of a service that replaces Replicate in tests. */
    public static final String ENDPOINT_VARIABLE = "FATHOM_REPLICATE_ENDPOINT";

    @Option(names = {"-m",
            "--model"}, paramLabel = "MODEL", defaultValue = "fastdepth", description = "A name of `fathom models list`, a checkpoint folder, an .onnx file, owner/name of the Hugging Face Hub, or replicate:owner/name[:version] (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Number of threads of the model, for example 1 (default: 0, one per core; if runs are shorter than 60 ms, one thread is measured too and used if it is about as fast and returns the same numbers).")
    private int threads;

    @Option(names = "--device", paramLabel = "DEVICE", description = "The device: cpu, or cuda:N in a build with mvn -Pcuda (default: FATHOM_DEVICE, otherwise cpu).")
    private @Nullable String device;

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "A model-specific option, such as position_rule=size (depth_anything) or flip=true (zoedepth); `fathom models info MODEL` lists them; repeatable.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--kind", paramLabel = "KIND", description = "The kind of the output of an unknown .onnx file or Replicate model: metric, scale-invariant, affine-invariant or affine-invariant-inverse.")
    private @Nullable String kind;

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    @ArgGroup(exclusive = false, heading = "%nMarigold models:%n")
    private final Diffusion diffusion = new Diffusion();

    @ArgGroup(exclusive = false, heading = "%nReplicate models (set the token in REPLICATE_API_TOKEN):%n")
    private final Service service = new Service();

    /** Short forms of {@code --option} for latent diffusion models. */
    private static final class Diffusion {
        @Option(names = "--steps", paramLabel = "N", description = "Number of denoising steps (default: as recommended by the checkpoint).")
        private @Nullable String steps;

        @Option(names = "--ensemble", paramLabel = "N", description = "Number of predictions per picture to combine; with more than one, an uncertainty map is computed too (default: 1).")
        private @Nullable String ensemble;

        @Option(names = "--seed", paramLabel = "N", description = "Seed of the noise (default: 0).")
        private @Nullable String seed;

        @Option(names = "--noise", paramLabel = "FILE.npy", description = "Initial latents instead of a seed: [C, h, w], [members, C, h, w] or, if steps add noise, [members, draws, C, h, w].")
        private @Nullable String noise;

        @Option(names = "--resolution", paramLabel = "PIXELS", description = "Longer side of the processed picture; 0 keeps the size (default: as recommended by the checkpoint).")
        private @Nullable String resolution;

        @Option(names = "--resampling", paramLabel = "KERNEL", description = "The kernel for resizing pictures to --resolution (default: torch-bilinear-antialias).")
        private @Nullable String resampling;

        @Option(names = "--reduction", paramLabel = "HOW", description = "How to combine the ensemble: median or mean (default: median).")
        private @Nullable String reduction;

        @Option(names = "--alignment", paramLabel = "HOW", description = "How to align the ensemble's members: diffusers, original, range or least-squares (default: diffusers).")
        private @Nullable String alignment;
    }

    /** Options of remote models. */
    private static final class Service {
        @Option(names = "--input", paramLabel = "KEY=VALUE", description = "An input of the model, as documented by the service; repeatable.")
        private Map<String, String> inputs = new LinkedHashMap<>();

        @Option(names = "--as-article", description = "Interpret adirik/marigold as the article did: use the red channel of its colour picture, which is not depth.")
        private boolean asArticle;

        @Option(names = "--timeout", paramLabel = "SECONDS", description = "Timeout per picture, including start-up (default: 1800).")
        private @Nullable String timeout;
    }

    /** Creates the options for the command line parser to fill. */
    public ModelChoice() {}

    /**
     * Creates the options with a model and the defaults of all other options.
     *
     * @param model the model's name
     */
    public ModelChoice(String model) {
        this.model = model;
    }

    /**
     * Selects the version of a remote model that made the predictions of a field, so that a resumed run uses one version even
     * if a newer one was published. Does nothing if the model is local, a version is specified, or the field is empty.
     *
     * @param dataset the dataset
     * @param field the field of predictions
     * @return the selected version; empty if none was selected
     */
    public Optional<String> resumeVersion(Dataset dataset, String field) {
        if (!RemoteModel.isRemote(model) || dataset.field(field).done() == 0) {
            return Optional.empty();
        }
        RemoteModel chosen = RemoteModel.parse(model);
        if (chosen.version().isPresent()) {
            return Optional.empty();
        }
        Optional<String> version = dataset.provenances(field).keySet().stream()
                .filter(made -> made.model().equals(model)).map(Provenance::service)
                .filter(service -> !service.isEmpty()).findFirst();
        version.ifPresent(begun -> model = chosen.withVersion(begun).toString());
        return version;
    }

    /**
     * Opens the model to describe it, not to run it. A remote model is not requested from its service.
     *
     * @param console environment variables and progress
     * @param home the folder of accepted licences
     * @return the estimator; the caller closes it
     * @throws IOException if a file cannot be read
     */
    public DepthEstimator openToDescribe(Console console, Path home) throws IOException {
        return open(console, home, new ConsoleProgress(console), false);
    }

    /**
     * Opens the model with its own progress display.
     *
     * @param console environment variables and progress
     * @param home the folder of accepted licences
     * @return the estimator; the caller closes it
     * @throws IOException if a file cannot be read
     */
    public DepthEstimator open(Console console, Path home) throws IOException {
        return open(console, home, new ConsoleProgress(console));
    }

    /**
     * Opens the model.
     *
     * @param console environment variables
     * @param home the folder of accepted licences
     * @param progress shows the state of long runs: denoising steps, or the state of a remote call
     * @return the estimator; the caller closes it
     * @throws IOException if a file cannot be read
     */
    public DepthEstimator open(Console console, Path home, ConsoleProgress progress) throws IOException {
        return open(console, home, progress, true);
    }

    private DepthEstimator open(Console console, Path home, ConsoleProgress progress, boolean lookUp)
            throws IOException {
        LicenceGate.require(model, home);
        EstimatorOptions options = EstimatorOptions.defaults().withModel(ModelOptions.of(allSettings()))
                .withPrecision(precision.value(console))
                .withDenoising((done, total) -> progress.setStatus("step " + done + " of " + total));
        options = threads == 0 ? options.withMeasuredThreads() : options.withThreads(threads);
        if (device != null) {
            options = options.withDevice(Device.ofName(device));
        }
        if (RemoteModel.isRemote(model)) {
            options = options.withRemote(remote(console.environment(), progress, lookUp));
        } else if (!service.inputs.isEmpty()) {
            throw new IllegalArgumentException("--input: expected a model of Replicate, replicate:owner/name, found "
                    + model + ". Set options of a local model by --option");
        }
        return Estimators.open(model, options, () -> hub(console), HubListener.silent());
    }

    private static HubSettings hub(Console console) {
        return HubSettings.fromEnvironment(console.environment(),
                UserHome.resolve(console.environment(), System.getProperties()));
    }

    private Map<String, String> allSettings() {
        Map<String, String> all = new LinkedHashMap<>(settings);
        put(all, "kind", kind);
        put(all, "steps", diffusion.steps);
        put(all, "ensemble", diffusion.ensemble);
        put(all, "seed", diffusion.seed);
        put(all, "noise", diffusion.noise);
        put(all, "resolution", diffusion.resolution);
        put(all, "resampling", diffusion.resampling);
        put(all, "reduction", diffusion.reduction);
        put(all, "alignment", diffusion.alignment);
        put(all, "as-article", service.asArticle ? "true" : null);
        put(all, "timeout", service.timeout);
        return all;
    }

    private static void put(Map<String, String> all, String key, @Nullable String value) {
        if (value == null) {
            return;
        }
        String other = all.put(key, value);
        if (other != null) {
            throw new IllegalArgumentException("--" + key + " " + value + " and --option " + key + "=" + other
                    + ": expected one of them, found both");
        }
    }

    private RemoteOptions remote(Map<String, String> environment, ConsoleProgress progress, boolean lookUp) {
        RemoteOptions options = RemoteOptions.of(environment.getOrDefault(RemoteOptions.TOKEN_VARIABLE, "").strip())
                .withInputs(service.inputs).withLookUp(lookUp).withListener((prediction, state, waited) -> progress
                        .setStatus(text(state) + ", " + waited.toSeconds() + " s"));
        String endpoint = environment.get(ENDPOINT_VARIABLE);
        return endpoint == null ? options : options.withEndpoint(URI.create(endpoint));
    }

    private static String text(RemoteListener.State state) {
        return switch (state) {
            case STARTING -> "the service starts the model (cold start)";
            case RUNNING -> "the service runs the model";
            case RATE_LIMITED -> "rate-limited by the service, waiting";
        };
    }
}
