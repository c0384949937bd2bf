package fathom.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import fathom.cli.console.Console;

/** Runs commands in this process with a home folder, and stores their output. */
final class CommandLineRun {
    private static final Set<String> WITHOUT_HOME = Set.of("cache", "compare", "protocols", "--version", "--help");

    private final Path home;
    private String answer = "";
    private Map<String, String> environment = Map.of();
    private int code;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    CommandLineRun(Path home) {
        this.home = home;
    }

    CommandLineRun answer(String text) {
        answer = text;
        return this;
    }

    CommandLineRun environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    CommandLineRun run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!WITHOUT_HOME.contains(words[0]) && !all.contains("--help")
                && !(words[0].equals("datasets") && words[1].equals("rooms"))
                && !(words[0].equals("models") && words[1].equals("list"))) {
            all.add("--home");
            all.add(home.toString());
        }
        out = new StringWriter();
        err = new StringWriter();
        code = Main.run(new Console(new PrintWriter(out), new PrintWriter(err),
                new BufferedReader(new StringReader(answer)), false, environment), all.toArray(String[]::new));
        return this;
    }

    int code() {
        return code;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
