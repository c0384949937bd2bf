package fathom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import fathom.cli.console.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks documents, help texts, messages and comments for the phrases of {@code banned-phrases.txt}, which are hard to
 * understand for engineers who read English as a second language.
 */
class LanguageTest {
    private static final Path ROOT = Path.of("..");

    /** A string literal (text block, string or character), or a comment (line or block). */
    private static final Pattern TOKEN = Pattern
            .compile("(?<literal>\"\"\"(?s:.*?)\"\"\"" + "|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\""
                    + "|'(?:\\\\.|[^'\\\\\\n])*')|(?<comment>//[^\\n]*|/\\*(?s:.*?)\\*/)");
    /** The break between two literals that form one text. */
    private static final Pattern CONCATENATION = Pattern.compile("\"\\s*\\n\\s*\\+ \"");

    /**
     * One banned phrase.
     *
     * @param pattern finds it
     * @param instead what to write instead
     */
    private record Phrase(Pattern pattern, String instead) {}

    private static final List<Phrase> PHRASES = phrases();

    private static List<Phrase> phrases() {
        try (InputStream stream = Objects
                .requireNonNull(LanguageTest.class.getResourceAsStream("banned-phrases.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> line.split(" -> ", 2))
                    .map(parts -> new Phrase(Pattern.compile(parts[0], Pattern.CASE_INSENSITIVE), parts[1])).toList();
        } catch (IOException e) {
            throw new AssertionError("banned-phrases.txt cannot be read", e);
        }
    }

    /** Every banned phrase in {@code text}, with its place and a suggestion. */
    private static List<String> hits(String place, String text) {
        String line = text.replaceAll("\\s*\\n\\s*(\\*(?!\\*)\\s?)?", " ");
        List<String> found = new ArrayList<>();
        for (Phrase phrase : PHRASES) {
            Matcher matcher = phrase.pattern().matcher(line);
            while (matcher.find()) {
                found.add(place + ": \"…"
                        + line.substring(Math.max(0, matcher.start() - 30), Math.min(line.length(), matcher.end() + 30))
                        + "…\": replace \"" + matcher.group() + "\"; instead: " + phrase.instead());
            }
        }
        return found;
    }

    @Test
    void phraseIsFoundAcrossALineBreakWithAReplacement() {
        assertThat(hits("a.md", "Weights may lie\nbeside the file.")).hasSize(2).first().asString().contains("a.md",
                "beside", "next to");
        assertThat(hits("a.md", "Weights may be stored next to the file.")).isEmpty();
    }

    @Test
    void documentsAreInPlainEnglish() throws IOException {
        List<Path> documents = new ArrayList<>(
                Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md", "benchmarks/README.md")
                        .map(ROOT::resolve).toList());
        documents.addAll(files(ROOT.resolve("docs"), ".md"));
        assertThat(documents).hasSizeGreaterThan(10);
        assertThat(hits(documents)).isEmpty();
    }

    @Test
    void helpOfEveryCommandIsInPlainEnglish() {
        List<String> found = new ArrayList<>();
        Set<String> commands = new TreeSet<>();
        Console console = new Console(new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()),
                new BufferedReader(Reader.nullReader()), false, Map.of());
        collectHelp(CommandTree.whole(console), commands, found);
        assertThat(commands).contains("fathom apply", "fathom models bench");
        assertThat(found).isEmpty();
    }

    private static void collectHelp(CommandLine command, Set<String> commands, List<String> found) {
        String name = command.getCommandSpec().qualifiedName();
        commands.add(name);
        found.addAll(hits(name + " --help", command.setUsageHelpWidth(10_000).getUsageMessage(Ansi.OFF)));
        command.getSubcommands().values().forEach(each -> collectHelp(each, commands, found));
    }

    @Test
    void textResourcesAreInPlainEnglish() throws IOException {
        List<Path> resources = new ArrayList<>();
        for (String module : modules()) {
            resources.addAll(files(ROOT.resolve(module).resolve("src/main/resources"), ".txt"));
            resources.addAll(files(ROOT.resolve(module).resolve("src/main/resources"), ".properties"));
        }
        // Texts of old versions, which identify metrics in old datasets.
        resources.removeIf(file -> file.toString().contains("schema1"));
        assertThat(resources).isNotEmpty();
        assertThat(hits(resources)).isEmpty();
    }

    @Test
    void sourcesOfTheAppAreInPlainEnglish() throws IOException {
        List<Path> sources = files(ROOT.resolve("server/web/src"), ".ts");
        sources.addAll(files(ROOT.resolve("server/web/src"), ".tsx"));
        assertThat(sources).hasSizeGreaterThan(30);
        assertThat(hits(sources)).isEmpty();
    }

    @Test
    void stringLiteralsAreInPlainEnglish() throws IOException {
        requireClean("literal");
    }

    @Test
    void commentsAreInPlainEnglish() throws IOException {
        requireClean("comment");
    }

    /** Requires that no token of this kind in the main sources of any module contains a banned phrase. */
    private static void requireClean(String token) throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : modules()) {
            for (Path file : files(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                String source = CONCATENATION.matcher(Files.readString(file).replace("\r\n", "\n")).replaceAll("");
                TOKEN.matcher(source).results().map(match -> match.group(token)).filter(Objects::nonNull)
                        .forEach(text -> found.addAll(hits(ROOT.relativize(file).toString(), text)));
            }
        }
        assertThat(found).isEmpty();
    }

    /** The folders of the root that hold a Maven module. */
    private static List<String> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> hits(List<Path> files) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            found.addAll(hits(ROOT.relativize(file).toString(), Files.readString(file)));
        }
        return found;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(file -> file.toString().endsWith(suffix)).sorted().toList());
        }
    }
}
