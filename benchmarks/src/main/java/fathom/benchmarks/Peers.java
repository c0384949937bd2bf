package fathom.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Python programs that do the same work: small scripts that print one line of JSON each.
 *
 * @param python the interpreter
 * @param scripts folder of the scripts
 * @param sources folder with the checkouts {@code transformers-4.43.4} and {@code huggingface_hub-0.24.7}, where there is one
 * @param threads threads that a peer may use
 */
record Peers(Path python, Path scripts, Optional<Path> sources, int threads) {
    private static final long MINUTES = 20;

    /** Why no peer can run; empty if they can. */
    Optional<String> missing() {
        if (!Files.isExecutable(python)) {
            return Optional.of("no " + python);
        }
        if (!Files.isRegularFile(scripts.resolve("bench_metrics.py"))) {
            return Optional.of("no bench_metrics.py in " + scripts.toAbsolutePath().normalize());
        }
        return Optional.empty();
    }

    /** Why the peer's models cannot run; empty if they can. */
    Optional<String> missingModels() {
        if (missing().isPresent()) {
            return missing();
        }
        if (sources.isEmpty()) {
            return Optional.of("no --peer-src and no PEER_SRC");
        }
        Path transformers = sources.get().resolve("transformers-4.43.4").resolve("src");
        return Files.isDirectory(transformers) ? Optional.empty() : Optional.of("no " + transformers);
    }

    /** Runs a script and reads the line that it prints. */
    JsonNode run(String script, int usedThreads, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python.toString(), scripts.resolve(script).toAbsolutePath().toString()));
        command.addAll(arguments);
        Path errors = Files.createTempFile("fathom-peer", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            environment(builder.environment(), usedThreads);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(script + ": expected an end within " + MINUTES + " minutes, found none");
            }
            if (process.exitValue() != 0) {
                throw new IOException(script + ": expected exit code 0, found " + process.exitValue() + ": "
                        + Files.readString(errors).strip());
            }
            return JsonMapper.shared().readTree(output.substring(output.lastIndexOf('\n') + 1));
        } catch (JacksonException e) {
            throw new IOException(script + ": expected one line of JSON", e);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    private void environment(Map<String, String> environment, int usedThreads) {
        StringBuilder path = new StringBuilder(scripts.resolve("shims").toAbsolutePath().toString());
        sources.ifPresent(folder -> {
            for (String checkout : List.of("transformers-4.43.4", "huggingface_hub-0.24.7")) {
                path.append(':').append(folder.resolve(checkout).resolve("src").toAbsolutePath());
            }
        });
        environment.put("PYTHONPATH", path.append(':').append(scripts.toAbsolutePath()).toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("HF_HUB_OFFLINE", "1");
        environment.put("TRANSFORMERS_OFFLINE", "1");
        environment.put("TRANSFORMERS_VERBOSITY", "error");
        for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            environment.put(name, Integer.toString(usedThreads));
        }
    }
}
