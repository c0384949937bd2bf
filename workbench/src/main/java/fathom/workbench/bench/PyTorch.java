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
 * PyTorch, run by the script {@code bench_forward.py}. The script times a full-size model with random weights, prints
 * one line of JSON, and saves the model for Fathom. It runs in the environment of this process, which tells Python where
 * the libraries are.
 *
 * @param python the interpreter
 * @param scripts the folder of the script
 * @param threads the number of threads that PyTorch uses
 */
public record PyTorch(String python, Path scripts, int threads) {
    private static final String SCRIPT = "bench_forward.py";

    /** A model that both sides can run, at the size at which it is compared. */
    public enum Model {
        /** DPT with a hybrid backbone of ResNet and ViT. */
        DPT_HYBRID(384, 384, """
                {"do_resize": true, "size": 384, "keep_aspect_ratio": false, "resample": 3, "do_normalize": true,
                 "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}"""),
        /** DPT with ViT-large. */
        DPT_LARGE(384, 384, DPT_HYBRID.preprocessing),
        /** Depth Anything with DINOv2-small. */
        DEPTH_ANYTHING_SMALL(518, 518, """
                {"do_resize": true, "size": {"height": 518, "width": 518}, "keep_aspect_ratio": false, "resample": 3,
                 "ensure_multiple_of": 14, "do_normalize": true, "image_mean": [0.485, 0.456, 0.406],
                 "image_std": [0.229, 0.224, 0.225]}"""),
        /** GLPN with MiT-b4, trained on NYU. */
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

        /** {@return the name of the model in the script} */
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

    /** Checks that the script exists. */
    public PyTorch {
        if (!Files.isRegularFile(scripts.resolve(SCRIPT))) {
            throw new IllegalArgumentException(
                    "folder of the peer's scripts: expected " + SCRIPT + " in " + scripts + ", found none");
        }
    }

    /** Returns PyTorch with one thread. */
    PyTorch onOneThread() {
        return new PyTorch(python, scripts, 1);
    }

    /**
     * Returns the checkpoint of a model. The script creates it if it does not exist, together with {@code input.npy} and
     * {@code output.npy}, the input and output of the model.
     *
     * @param model the model
     * @param work the folder below which it is created
     * @return the folder of the checkpoint
     * @throws IOException if a file cannot be written or the script fails
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
     * The measurements of one call of the script.
     *
     * @param name the name of PyTorch with its version
     * @param runs the runs
     */
    record Times(String name, List<ModelTimes.Run> runs) {
        Times {
            runs = List.copyOf(runs);
        }
    }

    /** Measures {@code repetitions} runs. */
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
            return JsonMapper.shared()
                    .readTree(new PeerScript(python, scripts.resolve(SCRIPT),
                            "; set PYTHONPATH to a folder that contains torch and transformers")
                            .lastLine(all, Map.of()));
        } catch (JacksonException e) {
            throw new IOException(SCRIPT + ": expected one line of JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(SCRIPT + " was interrupted", e);
        }
    }
}
