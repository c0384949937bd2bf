package fathom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.workbench.bench.PeerScript;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Python programs that do the same work as Fathom: small scripts that each print one line of JSON.
 *
 * @param python the interpreter
 * @param scripts the folder of the scripts
 */
record Peers(Path python, Path scripts) {
    /** Returns why the scripts cannot run; empty if they can. */
    Optional<String> missing() {
        if (!Files.isExecutable(python)) {
            return Optional.of("no " + python);
        }
        if (!Files.isRegularFile(scripts.resolve("bench_metrics.py"))) {
            return Optional.of("no bench_metrics.py in " + scripts.toAbsolutePath().normalize());
        }
        return Optional.empty();
    }

    /** Runs a script and parses the line that it prints. */
    JsonNode run(String script, int usedThreads, List<String> arguments) throws IOException, InterruptedException {
        try {
            return JsonMapper.shared().readTree(new PeerScript(python.toString(), scripts.resolve(script), "")
                    .lastLine(arguments, environment(usedThreads)));
        } catch (JacksonException e) {
            throw new IOException(script + ": expected one line of JSON", e);
        }
    }

    private Map<String, String> environment(int usedThreads) {
        String threads = Integer.toString(usedThreads);
        return Map.of("PYTHONPATH", scripts.toAbsolutePath().toString(), "PYTHONDONTWRITEBYTECODE", "1",
                "OMP_NUM_THREADS", threads, "OPENBLAS_NUM_THREADS", threads, "MKL_NUM_THREADS", threads);
    }
}
