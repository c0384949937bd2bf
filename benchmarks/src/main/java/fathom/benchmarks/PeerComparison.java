package fathom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.metrics.PixelErrors.Arithmetic;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that runs Python programs and Fathom on the same work, alternately, and prints how many times faster or slower
 * Fathom is. Missing programs are skipped with a message.
 */
public final class PeerComparison {
    private static final String USAGE = """
            options: --peers DIR      folder of the peers' scripts (default benchmarks/peers)
                     --python FILE    a Python interpreter with scikit-image (default /usr/bin/python3)
                     --rounds N       number of runs of each program (default 5)
                     --json FILE      file for the results, as JSON""";

    private final Map<String, List<String>> options;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private PeerComparison(Map<String, List<String>> options) {
        this.options = options;
    }

    /**
     * Runs the comparisons; the README of the module describes the options.
     *
     * @param arguments the options
     * @throws IOException if a script fails, or the JSON file cannot be written
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new PeerComparison(parse(arguments)).run();
    }

    private static Map<String, List<String>> parse(String[] arguments) {
        List<String> known = List.of("peers", "python", "rounds", "json");
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!known.contains(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("found " + arguments[i] + "; " + USAGE);
            }
            options.computeIfAbsent(name, key -> new ArrayList<>()).add(arguments[i + 1]);
        }
        return options;
    }

    private String option(String name, String otherwise) {
        return options.getOrDefault(name, List.of(otherwise)).getLast();
    }

    private int number(String name, int otherwise) {
        String text = option(name, Integer.toString(otherwise));
        int value = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (value < 1) {
            throw new IllegalArgumentException("--" + name + ": expected a number from 1 to 9999, found " + text);
        }
        return value;
    }

    private void run() throws IOException, InterruptedException {
        Peers peers = new Peers(Path.of(option("python", "/usr/bin/python3")),
                Path.of(option("peers", "benchmarks/peers")));
        int rounds = number("rounds", 5);
        double loadBefore = Machine.load();
        compare("metrics", peers.missing(), () -> MetricsComparison.run(peers, rounds));
        for (Arithmetic arithmetic : Arithmetic.values()) {
            compare("depth " + arithmetic.label(), peers.missing(),
                    () -> DepthComparison.run(peers, rounds, arithmetic));
        }
        String load = String.format(Locale.ROOT, "load average %.1f before, %.1f after, %d processors", loadBefore,
                Machine.load(), Runtime.getRuntime().availableProcessors());
        IO.println(load);
        if (options.containsKey("json")) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("load", load);
            json.put("skipped", skipped);
            json.put("comparisons", comparisons.stream().map(Comparison::json).toList());
            Files.write(Path.of(option("json", "")),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        }
    }

    /** Work that both programs do. */
    @FunctionalInterface
    private interface Work {
        Comparison run() throws IOException, InterruptedException;
    }

    private void compare(String name, Optional<String> missing, Work work) throws IOException, InterruptedException {
        if (missing.isPresent()) {
            skipped.add(name + ": " + missing.get());
            IO.println("SKIPPED " + name + ": " + missing.get());
            return;
        }
        Comparison comparison = work.run();
        comparisons.add(comparison);
        IO.println(comparison.text());
    }
}
