package fathom.workbench.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PyTorch through a script {@code bench_forward.py} that times a random model of full size and prints one line of JSON, and
 * saves the model for others to run. It runs in the environment of this process, which says where Python finds its libraries.
 *
 * @param python the interpreter
 * @param scripts the folder of the script
 * @param threads threads that it may use
 */
public record PyTorch(String python, Path scripts, int threads) {
    private static final String SCRIPT = "bench_forward.py";

    /**
     * Lets the GNU C library keep freed memory for the next run, which PyTorch's own build leaves to it. By default every large
     * tensor goes back to the system, and where new pages are dear, as in some virtual machines, PyTorch then takes up to
     * four times as long: that would be a comparison of memory, not of networks.
     */
    private static final Map<String, String> KEEPING_MEMORY = Map.of("MALLOC_MMAP_THRESHOLD_", "4294967296",
            "MALLOC_TRIM_THRESHOLD_", "8589934592");

    /** A model that both sides know, at the size at which it is compared. */
    public enum Model {
        /** DPT on a hybrid of ResNet and ViT. */
        DPT_HYBRID(384, 384, """
                {"do_resize": true, "size": 384, "keep_aspect_ratio": false, "resample": 3, "do_normalize": true,
                 "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}"""),
        /** DPT on ViT-large. */
        DPT_LARGE(384, 384, DPT_HYBRID.preprocessing),
        /** Depth Anything on DINOv2-small. */
        DEPTH_ANYTHING_SMALL(518, 518, """
                {"do_resize": true, "size": {"height": 518, "width": 518}, "keep_aspect_ratio": false, "resample": 3,
                 "ensure_multiple_of": 14, "do_normalize": true, "image_mean": [0.485, 0.456, 0.406],
                 "image_std": [0.229, 0.224, 0.225]}"""),
        /** GLPN on MiT-b4, trained indoors. */
        GLPN_NYU(480, 640, """
                {"do_resize": true, "do_rescale": true, "resample": 2, "size_divisor": 32}""");

        private final int height;
        private final int width;
        private final String preprocessing;

        Model(int height, int width, String preprocessing) {
            this.height = height;
            this.width = width;
            this.preprocessing = preprocessing;
        }

        /** What the script calls it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        int height() {
            return height;
        }

        int width() {
            return width;
        }
    }

    /** Requires that the script is there. */
    public PyTorch {
        if (!Files.isRegularFile(scripts.resolve(SCRIPT))) {
            throw new IllegalArgumentException("folder of the peer's scripts: expected " + SCRIPT + " in " + scripts
                    + ", found none");
        }
    }

    /**
     * {@return the folder below {@code work} with {@code model}'s checkpoint, made by the script where it is not there
     * yet, beside {@code input.npy} and {@code output.npy}: what went in and what came out}
     */
    public Path saved(Model model, Path work) throws IOException {
        Path folder = work.resolve(model.label());
        if (!Files.exists(folder.resolve("output.npy"))) {
            Files.createDirectories(folder);
            run(model, List.of("--reps", "1", "--rich", "--save", folder.toAbsolutePath().toString()));
        }
        Files.writeString(folder.resolve("preprocessor_config.json"), model.preprocessing);
        return folder;
    }

    /**
     * What one call of the script measured.
     *
     * @param name of the peer, with its version
     * @param runs each run
     */
    record Times(String name, List<ModelTimes.Run> runs) {
        Times {
            runs = List.copyOf(runs);
        }
    }

    /** Times {@code repetitions} runs. */
    Times time(Model model, int repetitions) throws IOException {
        JsonNode line = run(model, List.of("--reps", Integer.toString(repetitions)));
        List<ModelTimes.Run> runs = new ArrayList<>();
        double processor = line.path("cpu_s_median").asDouble(Double.NaN);
        line.path("all_s").forEach(seconds -> runs.add(new ModelTimes.Run(seconds.asDouble(), processor)));
        if (runs.isEmpty()) {
            throw new IOException(SCRIPT + ": expected seconds in all_s, found " + line);
        }
        return new Times(line.path("peer").asString("PyTorch"), runs);
    }

    private JsonNode run(Model model, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--arch", model.label(), "--threads", Integer.toString(threads)));
        all.addAll(arguments);
        try {
            return JsonMapper.shared().readTree(new PeerScript(python, scripts.resolve(SCRIPT),
                    "; PYTHONPATH has to lead to torch and transformers").lastLine(all, KEEPING_MEMORY));
        } catch (JacksonException e) {
            throw new IOException(SCRIPT + ": expected one line of JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(SCRIPT + " was interrupted", e);
        }
    }
}
