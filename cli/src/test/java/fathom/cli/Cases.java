package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder {@code cases} of the repository: small inputs of real situations. */
final class Cases {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private Cases() {}

    static Path root() {
        return Path.of(System.getProperty("fathom.goldens")).resolveSibling("cases");
    }

    /** Returns the names of all cases, such as {@code data/npz}. */
    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.walk(root(), 2)) {
            return folders.filter(Files::isDirectory).map(folder -> root().relativize(folder).toString())
                    .filter(name -> name.contains("/")).sorted().toList();
        }
    }

    /**
     * Copies a case into {@code target}, with the names of {@code names.txt}, a picture and the shared weights.
     *
     * @return the folder of the copy, which is below {@code target}
     */
    static Path copy(String name, Path target) throws IOException {
        Path from = root().resolve(name);
        Path to = target.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path place = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(file, place);
                }
            }
        }
        complete(to);
        return to;
    }

    private static void complete(Path to) throws IOException {
        Path names = to.resolve("names.txt");
        if (Files.exists(names)) {
            for (String line : Files.readAllLines(names)) {
                String[] words = line.split(" ");
                Files.move(to.resolve(words[0]), to.resolve(unescape(words[1])));
            }
            Files.delete(names);
        }
        Path plain = root().resolve("models/_plain");
        Path weights = to.resolve("weights.txt");
        if (Files.exists(weights)) {
            for (String line : Files.readAllLines(weights)) {
                Files.copy(plain.resolve("model/model.safetensors"), to.resolve(line));
            }
            Files.delete(weights);
        }
        if (to.getParent().endsWith("models") && Files.notExists(to.resolve("picture.png"))) {
            Files.copy(plain.resolve("picture.png"), to.resolve("picture.png"));
        }
    }

    private static String unescape(String name) {
        return ESCAPE.matcher(name).replaceAll(match -> String.valueOf((char) Integer.parseInt(match.group(1), 16)));
    }
}
