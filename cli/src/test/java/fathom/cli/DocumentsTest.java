package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that files, classes and members that the documents name exist. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
    /** A path to a file of this repository, such as {@code datasets/readers/SunRgbd.java} or {@code docs/goldens.md}. */
    private static final Pattern FILE = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)*/?[\\w-]+\\.(?:java|md|py|ts|tsx|mjs)");
    /** A class, or a class and its member: {@code AtomicFile}, {@code Engine.open}. */
    private static final Pattern CLASS = Pattern.compile("([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\(\\))?");
    /** Names with capitals that are not classes of this repository: of the JDK. */
    private static final Set<String> OTHER = Set.of("System");

    /** Sources by simple class name. */
    private static Map<String, List<Path>> classes() throws IOException {
        Map<String, List<Path>> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(file -> file.toString().endsWith(".java") && ROOT.relativize(file).toString().contains("src"))
                    .forEach(file -> classes.computeIfAbsent(file.getFileName().toString().replace(".java", ""),
                            name -> new ArrayList<>()).add(file));
        }
        return classes;
    }

    /** Returns whether a file exists at the root, next to the document, or in a source folder, whose package may be abbreviated. */
    private static boolean exists(Path document, String path, Map<String, List<Path>> classes) {
        if (Files.exists(ROOT.resolve(path)) || Files.exists(document.resolveSibling(path))) {
            return true;
        }
        List<String> parts = List.of(path.split("/"));
        return classes.getOrDefault(parts.getLast().replace(".java", ""), List.of()).stream().map(ROOT::relativize)
                .anyMatch(file -> inOrder(parts, file));
    }

    /** Returns whether the parts of a path occur in this order in {@code file}, the last one as its name. */
    private static boolean inOrder(List<String> parts, Path file) {
        int found = 0;
        for (Path part : file) {
            if (found < parts.size() && part.toString().equals(parts.get(found))) {
                found++;
            }
        }
        return found == parts.size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "docs/dataset-folder.md",
            "docs/environment.md", "docs/models.md", "docs/onnx-models.md", "docs/reproduced.md",
            "docs/the-article-revisited.md", "benchmarks/README.md"})
    void filesAndClassesOfTheDocumentExist(String name) throws IOException {
        Path document = ROOT.resolve(name);
        String text = Files.readString(document);
        Map<String, List<Path>> classes = classes();
        Set<String> missing = new TreeSet<>();
        for (String code : CODE.matcher(text).results().map(match -> match.group(1)).toList()) {
            MatchResult type = CLASS.matcher(code).results().filter(match -> match.group().equals(code)).findFirst()
                    .orElse(null);
            if (FILE.matcher(code).matches() && code.contains("/")) {
                if (!exists(document, code, classes)) {
                    missing.add(code);
                }
            } else if (type != null && isClassName(type) && !OTHER.contains(type.group(1))
                    && !isDeclared(type, classes)) {
                missing.add(code);
            }
        }
        LINK.matcher(text).results().map(match -> match.group(1)).filter(link -> !link.contains(":"))
                .filter(link -> !Files.exists(document.resolveSibling(link))).forEach(missing::add);
        assertThat(missing).isEmpty();
    }

    /** A name of several words or a name with a member: single words can be names of other things. */
    private static boolean isClassName(MatchResult type) {
        return type.group(2) != null || type.group(1).chars().filter(Character::isUpperCase).count() > 1;
    }

    private static boolean isDeclared(MatchResult type, Map<String, List<Path>> classes) throws IOException {
        for (Path file : classes.getOrDefault(type.group(1), List.of())) {
            if (type.group(2) == null || Files.readString(file).matches("(?s).*\\b" + type.group(2) + "\\b.*")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void abbreviatedPathsAreFound() throws IOException {
        Map<String, List<Path>> classes = classes();
        Path document = ROOT.resolve("ARCHITECTURE.md");
        assertThat(exists(document, "cli/DocumentsTest.java", classes)).isTrue();
        assertThat(exists(document, "server/DocumentsTest.java", classes)).isFalse();
        assertThat(exists(document, "docs/missing.md", classes)).isFalse();
    }
}
