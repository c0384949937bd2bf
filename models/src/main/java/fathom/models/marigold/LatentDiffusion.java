package fathom.models.marigold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.raster.DepthKind;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.ConfigurationHash;
import fathom.weights.Settings;

/**
 * A depth model by latent diffusion in a folder: {@code model_index.json}, {@code unet/}, {@code vae/},
 * {@code scheduler/}, and for the empty prompt {@code text_encoder/} or {@code empty_text_embedding.npy}. Immutable.
 */
public final class LatentDiffusion {
    /** Name of the family of models. */
    public static final String FAMILY = "marigold";

    /** The file that identifies such a folder. */
    public static final String INDEX = "model_index.json";
    /** The file with the empty prompt's embedding, [1, 2, C], for folders without a text encoder. */
    public static final String EMBEDDING = "empty_text_embedding.npy";

    private static final List<String> PIPELINES = List.of("MarigoldDepthPipeline", "MarigoldPipeline");
    /** The published models, as the Hub's cache names their repositories. */
    private static final List<String> PUBLISHED_END_TO_END = List.of("models--GonzaloMG--marigold-e2e-ft-depth",
            "models--GonzaloMG--stable-diffusion-e2e-ft-depth");
    private static final int DEFAULT_RESOLUTION = 768;

    private final Path folder;
    private final Settings index;
    private final SchedulerConfig scheduler;
    private final boolean fineTunedEndToEnd;
    private final Checkpoint unetWeights;
    private final Unet unet;
    private final Checkpoint autoencoderWeights;
    private final Autoencoder autoencoder;
    private final String configurationHash;

    private LatentDiffusion(Path folder, Path autoencoderFolder, Optional<Boolean> endToEnd) throws IOException {
        this.folder = folder;
        index = Settings.read(folder.resolve(INDEX));
        requireDepth();
        SchedulerConfig stated = SchedulerConfig.read(folder.resolve("scheduler").resolve("scheduler_config.json"));
        fineTunedEndToEnd = endToEnd.orElseGet(() -> isOneStepDdim(stated) || isPublishedEndToEnd());
        scheduler = fineTunedEndToEnd ? stated.withSpacing(SchedulerConfig.Spacing.TRAILING) : stated;
        unetWeights = Checkpoint.open(folder.resolve("unet")).reading(names -> names.has("conv_in.weight"));
        unet = Unet.of(config("unet"), unetWeights);
        autoencoderWeights = Checkpoint.open(autoencoderFolder)
                .reading(names -> names.has("encoder.conv_in.weight") || names.has("encoder.layers.0.weight"));
        Settings autoencoderConfig = Settings.read(autoencoderFolder.resolve("config.json"));
        autoencoder = Autoencoder.of(autoencoderConfig, autoencoderWeights);
        configurationHash = ConfigurationHash.of(Map.of("index", index, "unet", config("unet"), "scheduler",
                Settings.read(folder.resolve("scheduler").resolve("scheduler_config.json")), "autoencoder",
                autoencoderConfig));
        int latents = autoencoder.latentChannels();
        if (unet.inChannels() != 2L * latents || unet.outChannels() != latents) {
            throw new CheckpointException(folder, "unet: expected " + 2L * latents + " channels in and " + latents
                    + " out for latents of " + latents + ", found " + unet.inChannels() + " and " + unet.outChannels());
        }
    }

    /**
     * Opens {@code folder}: reads configurations and the headers of the weights.
     *
     * @param folder the folder
     * @return the model
     * @throws CheckpointException if the parts are incomplete or contradict each other
     * @throws IOException if a file cannot be read
     */
    public static LatentDiffusion open(Path folder) throws IOException {
        return new LatentDiffusion(folder, folder.resolve("vae"), Optional.empty());
    }

    /**
     * Opens {@code folder} with another autoencoder in place of its {@code vae}.
     *
     * @param folder the folder
     * @param autoencoder the folder of the autoencoder: {@code config.json} and weights
     * @param endToEnd whether the model was fine-tuned end to end; empty to recognise it by its files
     * @return the model
     * @throws CheckpointException if the parts are incomplete or contradict each other
     * @throws IOException if a file cannot be read
     */
    public static LatentDiffusion open(Path folder, Path autoencoder, Optional<Boolean> endToEnd) throws IOException {
        return new LatentDiffusion(folder, autoencoder, endToEnd);
    }

    /**
     * Returns whether {@code folder} has this layout.
     *
     * @param folder the folder
     * @return whether it contains {@value #INDEX}
     */
    public static boolean matches(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX));
    }

    /**
     * Requires that the graphs of the U-Net and the autoencoder can be built, and that every weight is present and has its
     * shape. Then {@link Checkpoint#startCheck} checks the weights of both.
     *
     * @throws CheckpointException naming the first weight that is missing or has another shape
     */
    public void requireValid() {
        int cells = 1 << 3;
        int pixels = cells * autoencoder.factor();
        int latents = autoencoder.latentChannels();
        GraphBuilder g = new GraphBuilder("check");
        unet.predict(g, g.input("sample", DataType.FLOAT32, Shape.of(1, unet.inChannels(), cells, cells)),
                g.input("time", DataType.FLOAT32, Shape.of(1, unet.timeWidth())),
                g.input("text", DataType.FLOAT32, Shape.of(2, unet.textWidth())));
        autoencoder.encode(g, g.input("pixels", DataType.FLOAT32, Shape.of(1, 3, pixels, pixels)));
        autoencoder.decode(g, g.input("latents", DataType.FLOAT32, Shape.of(1, latents, cells, cells)));
    }

    private void requireDepth() {
        String pipeline = pipeline();
        if (!PIPELINES.contains(pipeline)) {
            throw CheckpointException.explained(index.file(), "_class_name: expected " + String.join(" or ", PIPELINES)
                    + ", the pipelines for depth that Fathom runs, found " + pipeline);
        }
        String type = index.text("prediction_type", "depth");
        if (!type.equals("depth")) {
            throw CheckpointException.explained(index.file(),
                    "prediction_type: expected depth, which Fathom runs, found " + type);
        }
        if (!index.flag("scale_invariant", true)) {
            throw index.wrong("scale_invariant", "true", false);
        }
    }

    /** Returns the pipeline's class; a pipeline defined in the repository is written as its module and its class. */
    private String pipeline() {
        if (!index.isList("_class_name")) {
            return index.text("_class_name");
        }
        List<String> words = index.texts("_class_name");
        return words.isEmpty() ? "" : words.getLast();
    }

    private Settings config(String part) throws IOException {
        return Settings.read(folder.resolve(part).resolve("config.json"));
    }

    /** {@return the folder} */
    public Path folder() {
        return folder;
    }

    /**
     * {@return the folder's name; in the Hub's cache, where the folder is named after a revision, the repository's
     * name}
     */
    public String name() {
        Path whole = folder.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path repository = parent == null || !parent.endsWith("snapshots") ? null : parent.getParent();
        return String.valueOf((repository == null ? whole : repository).getFileName());
    }

    /**
     * {@return whether the model was fine-tuned end to end (Garcia et al., WACV 2025)}. Such a model takes zeros
     * for noise and one step from the noisiest level, regardless of the steps and their spacing in its files. It is
     * recognised by its files, which recommend one step of DDIM, or as one of the published repositories.
     */
    public boolean isFineTunedEndToEnd() {
        return fineTunedEndToEnd;
    }

    /** {@return whether the name of the folder alone suggests a model fine-tuned end to end} */
    public boolean isNamedEndToEnd() {
        return name().toLowerCase(Locale.ROOT).contains("e2e");
    }

    private boolean isOneStepDdim(SchedulerConfig stated) {
        return stated.family() == SchedulerConfig.Family.DDIM
                && stated.prediction() == SchedulerConfig.PredictionType.VELOCITY
                && stated.spacing() == SchedulerConfig.Spacing.TRAILING
                && index.integer("default_denoising_steps", 1, 0) == 1;
    }

    private boolean isPublishedEndToEnd() {
        return PUBLISHED_END_TO_END.contains(name());
    }

    /**
     * {@return the noise that the model was trained with; for a model fine-tuned end to end, with the spacing of the
     * fine-tuning}
     */
    public SchedulerConfig scheduler() {
        return scheduler;
    }

    /** {@return the denoising network} */
    public Unet unet() {
        return unet;
    }

    /** {@return the weights of the denoising network} */
    public Checkpoint unetWeights() {
        return unetWeights;
    }

    /** {@return the autoencoder} */
    public Autoencoder autoencoder() {
        return autoencoder;
    }

    /** {@return the weights of the autoencoder} */
    public Checkpoint autoencoderWeights() {
        return autoencoderWeights;
    }

    /** {@return the SHA-256 of the configuration of all parts, lower-case hexadecimal} */
    public String configurationHash() {
        return configurationHash;
    }

    /** {@return the kind of depth that the model predicts} */
    public DepthKind kind() {
        return index.flag("shift_invariant", true) ? DepthKind.AFFINE : DepthKind.SCALE_INVARIANT;
    }

    /**
     * {@return the number of denoising steps that the model's authors recommend: 1 for a model fine-tuned end to end;
     * without a recommendation, 1 for LCM and 10 for DDIM}
     */
    public int defaultSteps() {
        if (isFineTunedEndToEnd()) {
            return 1;
        }
        int otherwise = switch (scheduler.family()) {
            case LCM -> 1;
            case DDIM -> 10;
        };
        return index.integer("default_denoising_steps", 1, otherwise);
    }

    /** {@return the longer edge of the picture that the model's authors recommend, 0 for the picture's size} */
    public int defaultResolution() {
        return index.integer("default_processing_resolution", 0, DEFAULT_RESOLUTION);
    }

    /** {@return the settings file of the text encoder} */
    public Path textEncoderConfig() {
        return folder.resolve("text_encoder").resolve("config.json");
    }

    /**
     * Opens the weights of the text encoder.
     *
     * @return the weights, or empty if the folder has none
     * @throws IOException if a file cannot be read
     */
    public Optional<Checkpoint> textEncoderWeights() throws IOException {
        return Files.isRegularFile(textEncoderConfig())
                ? Optional.of(Checkpoint.open(folder.resolve("text_encoder")))
                : Optional.empty();
    }

    /**
     * Creates the text encoder.
     *
     * @param weights its weights
     * @return the text encoder
     * @throws IOException if its settings cannot be read
     */
    public ClipTextEncoder textEncoder(Checkpoint weights) throws IOException {
        return ClipTextEncoder.of(Settings.read(textEncoderConfig()), weights);
    }

    /**
     * Returns the tokens of the empty prompt, begin and end: those of the tokenizer's vocabulary, or the last two if it
     * is missing.
     *
     * @param encoder the text encoder
     * @return the tokens
     * @throws IOException if the vocabulary cannot be read
     */
    public int[] emptyPrompt(ClipTextEncoder encoder) throws IOException {
        Path vocabulary = folder.resolve("tokenizer").resolve("vocab.json");
        if (Files.isRegularFile(vocabulary)) {
            Settings words = Settings.read(vocabulary);
            return new int[]{word(words, "<|startoftext|>", encoder), word(words, "<|endoftext|>", encoder)};
        }
        return new int[]{encoder.vocabulary() - 2, encoder.vocabulary() - 1};
    }

    private static int word(Settings words, String word, ClipTextEncoder encoder) {
        int token = words.integer(word, 0);
        if (token >= encoder.vocabulary()) {
            throw words.wrong(word, "a token below the encoder's vocabulary of " + encoder.vocabulary(), token);
        }
        return token;
    }
}
