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
 * How a latent diffusion model predicts depth. What is not said follows the checkpoint.
 *
 * @param steps denoising steps
 * @param ensemble predictions of each picture that are made into one, at least 1
 * @param batch how many of them run at once; without it, as many as keep memory in bounds
 * @param resolution longer edge that a picture is brought to, 0 for its own
 * @param resampling how a picture is brought there
 * @param noise what a run starts from; without it, zeros for models whose name says {@code e2e}, else seed 0
 * @param alignment how the members' scales and shifts are found
 * @param reduction how members become one value
 * @param wholeUpTo pixels, after resizing, up to which the autoencoder sees a picture as a whole; larger ones it sees in
 * tiles, which bounds memory and changes the result a little
 * @param autoencoder folder of an autoencoder in place of the checkpoint's own, such as a tiny one
 */
public record DiffusionOptions(OptionalInt steps, int ensemble, OptionalInt batch, OptionalInt resolution,
        Resampling resampling, Optional<InitialNoise> noise, Alignment alignment, Reduction reduction,
        long wholeUpTo, Optional<Path> autoencoder) {
    private static final SortedMap<String, String> DESCRIPTIONS = Collections.unmodifiableSortedMap(new TreeMap<>(
            Map.ofEntries(
                    Map.entry("alignment",
                            "how the members of an ensemble are brought together: " + labels(Alignment.class)),
                    Map.entry("batch", "members that run at once; as many as keep memory in bounds unless said"),
                    Map.entry("ensemble", "predictions of each picture that are made into one; 1 unless said"),
                    Map.entry("noise", "a NumPy file of initial latents, [C, h, w], [members, C, h, w] or "
                            + "[members, draws, C, h, w], or zeros"),
                    Map.entry("reduction", "how members become one value: " + labels(Reduction.class)),
                    Map.entry("resampling", "the kernel by which a picture is brought to the processing resolution, "
                            + "as torch-bilinear-antialias"),
                    Map.entry("resolution", "longer edge at which pictures are processed, 0 for their own"),
                    Map.entry("seed", "of the noise; 0 unless said"),
                    Map.entry("steps", "denoising steps"),
                    Map.entry("vae", "folder of an autoencoder in place of the checkpoint's own, such as a tiny one"),
                    Map.entry("whole-up-to",
                            "pixels up to which the autoencoder sees a picture as a whole instead of in tiles"))));
    private static final int MOST_MEMBERS = 1000;
    private static final long WHOLE_UP_TO = 1L << 20;

    public DiffusionOptions {
        if (ensemble < 1 || ensemble > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    "ensemble: expected from 1 to " + MOST_MEMBERS + ", found " + ensemble);
        }
        if (wholeUpTo < 0) {
            throw new IllegalArgumentException("wholeUpTo: expected at least 0, found " + wholeUpTo);
        }
    }

    /** As the checkpoint's makers advise, one prediction. */
    public static DiffusionOptions defaults() {
        EnsembleOptions ensembling = EnsembleOptions.defaults();
        return new DiffusionOptions(OptionalInt.empty(), 1, OptionalInt.empty(), OptionalInt.empty(),
                Resampling.TORCH_BILINEAR_ANTIALIAS, Optional.empty(), ensembling.alignment(), ensembling.reduction(),
                WHOLE_UP_TO, Optional.empty());
    }

    /**
     * What people gave as {@code key=value}: {@code steps}, {@code ensemble}, {@code batch}, {@code resolution},
     * {@code resampling} (a label of {@link Resampling}), {@code seed} or {@code noise} ({@code zeros} or a NumPy file),
     * {@code alignment} and {@code reduction} (their constants in lower case), {@code whole-up-to} (pixels), {@code vae} (a
     * folder).
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
                Optional.ofNullable(options.text("vae")).map(Path::of));
    }

    /** {@return the settings that {@link #of} knows, by key, with what each does} */
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
        throw new IllegalArgumentException("option " + key + ": expected one of "
                + labels(type) + ", found " + text);
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

    /** {@return the same with another number of steps} */
    public DiffusionOptions withSteps(int steps) {
        return new DiffusionOptions(OptionalInt.of(steps), ensemble, batch, resolution, resampling, noise, alignment,
                reduction, wholeUpTo, autoencoder);
    }

    /** {@return the same with another number of members} */
    public DiffusionOptions withEnsemble(int ensemble) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, autoencoder);
    }

    /** {@return the same with so many members at once} */
    public DiffusionOptions withBatch(int batch) {
        return new DiffusionOptions(steps, ensemble, OptionalInt.of(batch), resolution, resampling, noise, alignment,
                reduction, wholeUpTo, autoencoder);
    }

    /** {@return the same at another resolution, 0 for the picture's own} */
    public DiffusionOptions withResolution(int resolution) {
        return new DiffusionOptions(steps, ensemble, batch, OptionalInt.of(resolution), resampling, noise, alignment,
                reduction, wholeUpTo, autoencoder);
    }

    /** {@return the same from other noise} */
    public DiffusionOptions withNoise(InitialNoise noise) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, Optional.of(noise), alignment,
                reduction, wholeUpTo, autoencoder);
    }

    /** {@return the same with another alignment and reduction of members} */
    public DiffusionOptions withEnsembling(Alignment alignment, Reduction reduction) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, autoencoder);
    }

    /** {@return the same with pictures of more than {@code pixels} seen in tiles} */
    public DiffusionOptions withWholeUpTo(long pixels) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                pixels, autoencoder);
    }

    /** {@return the same with the autoencoder of {@code folder} in place of the checkpoint's own} */
    public DiffusionOptions withAutoencoder(Path folder) {
        return new DiffusionOptions(steps, ensemble, batch, resolution, resampling, noise, alignment, reduction,
                wholeUpTo, Optional.of(folder));
    }

    /** Returns what decides the numbers, as data; the number of members that run at once does not. */
    Members definition(int steps, InitialNoise noise) {
        Members ensembling = ensemble == 1
                ? Members.NONE.with("members", 1)
                : Members.NONE.with("members", ensemble).with("alignment", label(alignment)).with("reduction",
                        label(reduction));
        return Members.NONE.with("steps", steps).with("ensemble", ensembling).with("whole-up-to", (double) wholeUpTo)
                .with("noise", noise.definition());
    }

    /**
     * Returns one line, but for what follows the checkpoint. Datasets of schema 1 hold it as the key of their
     * predictions: it must not be reworded.
     */
    String label(int steps, int resolution, InitialNoise noise) {
        return steps + " steps, ensemble of " + ensemble
                + (ensemble > 1 ? " (" + label(alignment) + " alignment, " + label(reduction) + ")" : "") + ", "
                + (resolution == 0 ? "the picture's own size" : "longer edge " + resolution) + " by "
                + resampling.label()
                + ", replicated to a multiple of 8, tiles beyond " + wholeUpTo + " pixels, noise from " + noise.label()
                + autoencoder.map(folder -> ", autoencoder " + folder.getFileName()).orElse("");
    }
}
