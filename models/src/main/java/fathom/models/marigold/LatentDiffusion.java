package fathom.models.marigold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import fathom.graph.DataType;
import fathom.graph.GraphBuilder;
import fathom.graph.Shape;
import fathom.raster.DepthKind;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.ConfigurationHash;
import fathom.weights.Settings;

/**
 * A depth model by latent diffusion, as a folder: {@code model_index.json}, {@code unet/}, {@code vae/},
 * {@code scheduler/}, and for the empty prompt {@code text_encoder/} or {@code empty_text_embedding.npy}. Immutable.
 */
public final class LatentDiffusion {
    /** Name of the family of models. */
    public static final String FAMILY = "marigold";

    /** The file that marks such a folder. */
    public static final String INDEX = "model_index.json";
    /** The empty prompt's embedding, [1, 2, C], for folders without a text encoder. */
    public static final String EMBEDDING = "empty_text_embedding.npy";

    private static final List<String> PIPELINES = List.of("MarigoldDepthPipeline", "MarigoldPipeline");
    private static final int DEFAULT_RESOLUTION = 768;

    private final Path folder;
    private final Settings index;
    private final SchedulerConfig scheduler;
    private final Checkpoint unetWeights;
    private final Unet unet;
    private final Checkpoint autoencoderWeights;
    private final Autoencoder autoencoder;
    private final List<Path> weightFiles;
    private final String configurationHash;

    private LatentDiffusion(Path folder, Path autoencoderFolder) throws IOException {
        this.folder = folder;
        index = Settings.read(folder.resolve(INDEX));
        requireDepth();
        SchedulerConfig stated = SchedulerConfig.read(folder.resolve("scheduler").resolve("scheduler_config.json"));
        scheduler = isFineTunedEndToEnd() ? stated.withSpacing(SchedulerConfig.Spacing.TRAILING) : stated;
        unetWeights = Checkpoint.open(folder.resolve("unet"));
        unet = Unet.of(config("unet"), unetWeights);
        autoencoderWeights = Checkpoint.open(autoencoderFolder);
        weightFiles = Stream.of(unetWeights, autoencoderWeights).flatMap(weights -> weights.files().stream()).toList();
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
     * @throws CheckpointException if the parts are incomplete or contradict each other
     */
    public static LatentDiffusion open(Path folder) throws IOException {
        return new LatentDiffusion(folder, folder.resolve("vae"));
    }

    /**
     * As {@link #open(Path)}, with the autoencoder of {@code autoencoder} in place of the folder's own {@code vae}: its
     * {@code config.json} beside its weights.
     */
    public static LatentDiffusion open(Path folder, Path autoencoder) throws IOException {
        return new LatentDiffusion(folder, autoencoder);
    }

    /** Whether {@code folder} is laid out like one. */
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX));
    }

    /**
     * Requires that the U-Net and the autoencoder can be drawn, every weight there and in its shape, and that the weights
     * are finite: one pass over their files.
     *
     * @throws CheckpointException naming the first that is missing, misshapen or not finite
     */
    public void requireSound() {
        int cells = 1 << 3;
        int pixels = cells * autoencoder.factor();
        int latents = autoencoder.latentChannels();
        GraphBuilder g = new GraphBuilder("check");
        unet.predict(g, g.input("sample", DataType.FLOAT32, Shape.of(1, unet.inChannels(), cells, cells)),
                g.input("time", DataType.FLOAT32, Shape.of(1, unet.timeWidth())),
                g.input("text", DataType.FLOAT32, Shape.of(2, unet.textWidth())));
        autoencoder.encode(g, g.input("pixels", DataType.FLOAT32, Shape.of(1, 3, pixels, pixels)));
        autoencoder.decode(g, g.input("latents", DataType.FLOAT32, Shape.of(1, latents, cells, cells)));
        unetWeights.requireFinite();
        autoencoderWeights.requireFinite();
    }

    private void requireDepth() {
        String pipeline = pipeline();
        if (!PIPELINES.contains(pipeline)) {
            throw index.wrong("_class_name", String.join(" or ", PIPELINES), pipeline);
        }
        String type = index.text("prediction_type", "depth");
        if (!type.equals("depth")) {
            throw index.wrong("prediction_type", "depth", type);
        }
        if (!index.flag("scale_invariant", true)) {
            throw index.wrong("scale_invariant", "true", false);
        }
    }

    /** The pipeline's class; a pipeline of the repository's own is written as its module and its class. */
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

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** The folder's name; in the hub's cache, where that is a revision, the repository's. */
    public String name() {
        Path whole = folder.toAbsolutePath().normalize();
        Path parent = whole.getParent();
        Path repository = parent == null || !parent.endsWith("snapshots") ? null : parent.getParent();
        return String.valueOf((repository == null ? whole : repository).getFileName());
    }

    /**
     * Whether the model was fine-tuned end to end (Garcia et al., WACV 2025): it takes zeros for noise and one step from the
     * noisiest level, whatever its files say of steps and their spacing. Nothing but its name tells such a model.
     */
    public boolean isFineTunedEndToEnd() {
        return name().toLowerCase(Locale.ROOT).contains("e2e");
    }

    /** The noise that the model was trained with; for one fine-tuned end to end, spaced as it was fine-tuned. */
    public SchedulerConfig scheduler() {
        return scheduler;
    }

    /** The denoising network. */
    public Unet unet() {
        return unet;
    }

    /** Its weights. */
    public Checkpoint unetWeights() {
        return unetWeights;
    }

    /** Pictures to latents and back. */
    public Autoencoder autoencoder() {
        return autoencoder;
    }

    /** Its weights. */
    public Checkpoint autoencoderWeights() {
        return autoencoderWeights;
    }

    /** The files of both as the folder holds them. */
    public List<Path> weightFiles() {
        return weightFiles;
    }

    /** SHA-256 of the configuration of all parts, lower-case hexadecimal. */
    public String configurationHash() {
        return configurationHash;
    }

    /** What the predicted numbers mean. */
    public DepthKind kind() {
        return index.flag("shift_invariant", true) ? DepthKind.AFFINE : DepthKind.SCALE_INVARIANT;
    }

    /**
     * Denoising steps that the model's makers advise: 1 for a model fine-tuned end to end; where they say nothing, 1 for
     * LCM and 10 for DDIM.
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

    /** Longer edge of the picture that the model's makers advise, 0 for the picture's own. */
    public int defaultResolution() {
        return index.integer("default_processing_resolution", 0, DEFAULT_RESOLUTION);
    }

    /** The settings of the text encoder, a file. */
    public Path textEncoderConfig() {
        return folder.resolve("text_encoder").resolve("config.json");
    }

    /** The weights of the text encoder, if the folder has one. */
    public Optional<Checkpoint> textEncoderWeights() throws IOException {
        return Files.isRegularFile(textEncoderConfig())
                ? Optional.of(Checkpoint.open(folder.resolve("text_encoder")))
                : Optional.empty();
    }

    /** The text encoder over its weights. */
    public ClipTextEncoder textEncoder(Checkpoint weights) throws IOException {
        return ClipTextEncoder.of(Settings.read(textEncoderConfig()), weights);
    }

    /** The tokens of the empty prompt, begin and end: as the tokenizer's vocabulary has them, else the last two. */
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
