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
 */
record Peers(Path python, Path scripts) {
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
        environment.put("PYTHONPATH", scripts.toAbsolutePath().toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        for (String name : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            environment.put(name, Integer.toString(usedThreads));
        }
    }
}
