package fathom.inference.diffusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.formats.json.JsonValue.Members;
import fathom.inference.diffusion.ensembling.EnsembleOptions;
import fathom.inference.diffusion.ensembling.EnsembleOptions.Alignment;
import fathom.inference.diffusion.ensembling.EnsembleOptions.Reduction;
import fathom.models.ModelOptions;
import fathom.raster.resampling.Resampling;
import org.jspecify.annotations.Nullable;

/**
 * The options of a latent diffusion model. Empty parts are taken from the checkpoint.
 *
 * @param steps the number of denoising steps
 * @param ensemble the number of predictions of each picture that are combined into one, at least 1
 * @param batch the number of members that run at once; if empty, as many as limit the memory to a fixed amount
 * @param resolution the longer edge to which a picture is resized; 0 keeps the size of the picture
 * @param resampling the kernel that resizes the picture
 * @param noise the initial latents; if empty, zeros for models fine-tuned end to end, otherwise seed 0
 * @param alignment the method that finds scale and shift of each member
 * @param reduction the method that combines the members
 * @param wholeUpTo the number of pixels, after resizing, up to which the autoencoder processes a picture as a whole. It
 *            processes larger pictures in tiles, which bounds the memory and changes the result slightly
 * @param autoencoder the folder of an autoencoder that replaces the one of the checkpoint, such as a tiny one
 * @param endToEnd whether the model was fine-tuned end to end; if empty, it is recognised by its files
 */
public record DiffusionOptions(OptionalInt steps, int ensemble, OptionalInt batch, OptionalInt resolution,
        Resampling resampling, Optional<InitialNoise> noise, Alignment alignment, Reduction reduction, long wholeUpTo,
        Optional<Path> autoencoder, Optional<Boolean> endToEnd) {
    /** The option that states whether a model was fine-tuned end to end. */
    static final String END_TO_END = "e2e";
    private static final SortedMap<String, String> DESCRIPTIONS = Collections.unmodifiableSortedMap(new TreeMap<>(
            Map.ofEntries(Map.entry("alignment", "alignment of the members of an ensemble: " + labels(Alignment.class)),
                    Map.entry("batch", "members that run at once; default: as many as fit a fixed amount of memory"),
                    Map.entry(END_TO_END,
                            "true: the model was fine-tuned end to end: zeros for noise, one step; false: it was not "
                                    + "(default: recognised by its files)"),
                    Map.entry("ensemble", "predictions of each picture that are combined into one; default: 1"),
                    Map.entry("noise",
                            "a NumPy file of initial latents, [C, h, w], [members, C, h, w] or "
                                    + "[members, draws, C, h, w], or zeros"),
                    Map.entry("reduction", "combination of the members: " + labels(Reduction.class)),
                    Map.entry("resampling",
                            "the kernel that resizes a picture to the processing resolution, "
                                    + "such as torch-bilinear-antialias"),
                    Map.entry("resolution",
                            "longer edge at which pictures are processed; 0 keeps the size of the picture"),
                    Map.entry("seed", "seed of the noise; default: 0"), Map.entry("steps", "denoising steps"),
                    Map.entry("vae", "folder of an autoencoder that replaces the checkpoint's, such as a tiny one"),
                    Map.entry("whole-up-to",
                            "pixels up to which the autoencoder processes a picture as a whole instead of in tiles"))));
    private static final int MAX_MEMBERS = 1000;
    private static final long WHOLE_UP_TO = 1L << 20;

    /** Checks the ranges. */
    public DiffusionOptions {
        if (ensemble < 1 || ensemble > MAX_MEMBERS) {
            throw new IllegalArgumentException("ensemble: expected from 1 to " + MAX_MEMBERS + ", found " + ensemble);
        }
        if (wholeUpTo < 0) {
            throw new IllegalArgumentException("wholeUpTo: expected at least 0, found " + wholeUpTo);
        }
    }

    /** {@return the defaults of the checkpoint, with one member} */
    public static DiffusionOptions defaults() {
        EnsembleOptions ensembling = EnsembleOptions.defaults();
        return new DiffusionOptions(OptionalInt.empty(), 1, OptionalInt.empty(), OptionalInt.empty(),
                Resampling.TORCH_BILINEAR_ANTIALIAS, Optional.empty(), ensembling.alignment(), ensembling.reduction(),
                WHOLE_UP_TO, Optional.empty(), Optional.empty());
    }

    /**
     * Parses options given as {@code key=value}: {@code steps}, {@code ensemble}, {@code batch}, {@code resolution},
     * {@code resampling} (a label of {@link Resampling}), {@code seed} or {@code noise} ({@code zeros} or a NumPy file),
     * {@code alignment} and {@code reduction} (their constants in lower case), {@code whole-up-to} (pixels), {@code vae}
     * (a folder).
     *
     * @param options the options by key
     * @return the options
     * @throws IllegalArgumentException if a key is unknown or a value is not valid
     */
    public static DiffusionOptions of(ModelOptions options) {
        options.requireKnown("a latent diffusion model", DESCRIPTIONS.keySet());
        DiffusionOptions defaults = defaults();
        String resampling = options.text("resampling");
        return new DiffusionOptions(integer(options, "steps", 1), options.integer("ensemble", 1, 1),
                integer(options, "batch", 1), integer(options, "resolution", 0),
                resampling == null ? defaults.resampling : Resampling.ofLabel(resampling), noise(options),
                constant("alignment", options.text("alignment"), defaults.alignment, Alignment.class),
                constant("reduction", options.text("reduction"), defaults.reduction, Reduction.class),
                options.integer("whole-up-to", 0, (int) WHOLE_UP_TO),
                Optional.ofNullable(options.text("vae")).map(Path::of),
                options.text(END_TO_END) == null ? Optional.empty() : Optional.of(options.flag(END_TO_END, false)));
    }

    /** {@return the keys that {@link #of} accepts, with their descriptions} */
    public static SortedMap<String, String> descriptions() {
        return DESCRIPTIONS;
    }

    private static OptionalInt integer(ModelOptions options, String key, int minimum) {
        return options.text(key) == null ? OptionalInt.empty() : OptionalInt.of(options.integer(key, minimum, minimum));
    }

    private static Optional<InitialNoise> noise(ModelOptions options) {
        String noise = options.text("noise");
        String seed = options.text("seed");
        if (noise != null && seed != null) {
            throw new IllegalArgumentException("noise and seed: expected one of them, found both");
        }
        if (seed != null) {
            try {
                return Optional.of(new InitialNoise.Seeded(Long.parseLong(seed)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("option seed: expected a whole number, found " + seed, e);
            }
        }
        if (noise == null) {
            return Optional.empty();
        }
        if (noise.isEmpty() || Files.isDirectory(Path.of(noise))) {
            throw new IllegalArgumentException("option noise: expected zeros or a NumPy file, found "
                    + (noise.isEmpty() ? "nothing" : "the folder " + noise));
        }
        try {
            return Optional
                    .of(noise.equals("zeros") ? new InitialNoise.Zeros() : InitialNoise.Given.read(Path.of(noise)));
        } catch (IOException e) {
            throw new UncheckedIOException("option noise: " + e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E constant(String key, @Nullable String text, E otherwise, Class<E> type) {
        if (text == null) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (label(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("option " + key + ": expected one of " + labels(type) + ", found " + text);
    }

    private static <E extends Enum<E>> String labels(Class<E> type) {
        return String.join(", ", List.of(type.getEnumConstants()).stream().map(DiffusionOptions::label).toList());
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    EnsembleOptions ensembling(boolean shiftInvariant) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }

    /**
     * Returns a copy with another number of steps.
     *
     * @param steps the number of denoising steps
     * @return the copy
     */
    public DiffusionOptions withSteps(int steps) {
        return new DiffusionOptions(OptionalInt.of(steps), ensemble, batch, resolution, resampling, noise, alignment,
                reduction, wholeUpTo, autoencoder, endToEnd);
    }

    /**
     * Returns a copy with another number of members.
     *
     * @param ensemble the number of members
     * @return the copy
     */
    public DiffusionOptions withEnsemble(int ensemble) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, autoencoder, endToEnd);
    }

    /**
     * Returns a copy with another batch size.
     *
     * @param batch the number of members that run at once
     * @return the copy
     */
    public DiffusionOptions withBatch(int batch) {
        return new DiffusionOptions(steps, ensemble, OptionalInt.of(batch), resolution, resampling, noise, alignment,
                reduction, wholeUpTo, autoencoder, endToEnd);
    }

    /**
     * Returns a copy with another resolution.
     *
     * @param resolution the longer edge in pixels; 0 keeps the size of the picture
     * @return the copy
     */
    public DiffusionOptions withResolution(int resolution) {
        return new DiffusionOptions(steps, ensemble, batch, OptionalInt.of(resolution), resampling, noise, alignment,
                reduction, wholeUpTo, autoencoder, endToEnd);
    }

    /**
     * Returns a copy with other initial latents.
     *
     * @param noise the source of the latents
     * @return the copy
     */
    public DiffusionOptions withNoise(InitialNoise noise) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, Optional.of(noise), alignment,
                reduction, wholeUpTo, autoencoder, endToEnd);
    }

    /**
     * Returns a copy with another alignment and reduction of members.
     *
     * @param alignment the alignment
     * @param reduction the reduction
     * @return the copy
     */
    public DiffusionOptions withEnsembling(Alignment alignment, Reduction reduction) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, autoencoder, endToEnd);
    }

    /**
     * Returns a copy with another limit above which pictures are processed in tiles.
     *
     * @param pixels the number of pixels
     * @return the copy
     */
    public DiffusionOptions withWholeUpTo(long pixels) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction, pixels,
                autoencoder, endToEnd);
    }

    /**
     * Returns a copy with another autoencoder.
     *
     * @param folder the folder of the autoencoder
     * @return the copy
     */
    public DiffusionOptions withAutoencoder(Path folder) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, Optional.of(folder), endToEnd);
    }

    /**
     * Returns a copy that states whether the model was fine-tuned end to end.
     *
     * @param endToEnd whether it was
     * @return the copy
     */
    public DiffusionOptions withEndToEnd(boolean endToEnd) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, autoencoder, Optional.of(endToEnd));
    }

    /** Returns the options that determine the numbers, as data. The batch size does not. */
    Members definition(int steps, InitialNoise noise) {
        Members ensembling = ensemble == 1
                ? Members.NONE.with("members", 1)
                : Members.NONE.with("members", ensemble).with("alignment", label(alignment)).with("reduction",
                        label(reduction));
        Members definition = Members.NONE.with("steps", steps).with("ensemble", ensembling)
                .with("whole-up-to", (double) wholeUpTo).with("noise", noise.definition());
        return endToEnd.map(given -> definition.with("end-to-end", given)).orElse(definition);
    }

    /**
     * Returns the options in one line, except those taken from the checkpoint. Datasets of schema 1 contain it as the
     * key of their predictions, so it must not be changed.
     */
    String label(int steps, int resolution, InitialNoise noise) {
        return steps + " steps, ensemble of " + ensemble
                + (ensemble > 1 ? " (" + label(alignment) + " alignment, " + label(reduction) + ")" : "") + ", "
                + (resolution == 0 ? "the picture's own size" : "longer edge " + resolution) + " by "
                + resampling.label() + ", replicated to a multiple of 8, tiles beyond " + wholeUpTo
                + " pixels, noise from " + noise.label()
                + autoencoder.map(folder -> ", autoencoder " + folder.getFileName()).orElse("");
    }
}
