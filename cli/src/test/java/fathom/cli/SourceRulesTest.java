package fathom.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks rules about the text of the sources, which are not visible in compiled classes. */
class SourceRulesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** The modules that may name options and commands: the command line, and programs that call it. */
    private static final List<String> MAY_NAME_COMMANDS = List.of("cli", "benchmarks", "examples");
    /** Text blocks, strings, characters and comments. Matched in one pass, so that none is found inside another. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"" + "|'(?:[^'\\\\]|\\\\.[^']*)'|//[^\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    /** An argument for another program, which is not part of a message. */
    private static final Pattern ARGUMENT = Pattern.compile("\"--[a-z-]+\"");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);
    /** An option of Fathom, other than the JVM option for native access. */
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--(?!enable-native-access)[a-z][a-z-]*");
    private static final Pattern COMMAND = Pattern.compile(
            "\\bfathom (app|apply|cache|command|compare|datasets|evaluate|models|predict|protocols|quickstart|report)\\b");
    private static final Pattern MODULE = Pattern.compile("\\bmodule (\\S+) \\{");
    private static final Pattern REQUIRES = Pattern.compile("\\brequires (?:static |transitive )*(fathom\\.\\S+);");

    /** In all other modules, exceptions contain a remedy as a value: see {@code fathom.raster.advice}. */
    @Test
    void messagesOfOtherModulesNameNoOptionsOrCommands() {
        List<String> found = new ArrayList<>();
        int files = 0;
        for (Path room : rooms()) {
            if (MAY_NAME_COMMANDS.contains(room.getFileName().toString())) {
                continue;
            }
            for (Path source : sources(room)) {
                files++;
                namedIn(text(source)).forEach(named -> found.add(ROOT.relativize(source) + ": " + named));
            }
        }
        assertThat(files).isGreaterThan(300);
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throw new X(\"start over with --redo\");", "x(\"Make them: fathom apply rooms\")",
            "String y = \"\"\"\n    see\n    --out\n    \"\"\";", "a(\"one\", \"`fathom models pull`\")",
            "c('\"', \"x/*\", \"see --fov\")"})
    void optionsAndCommandsInLiteralsAreFound(String source) {
        assertThat(namedIn(source)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/** As --redo does. */", "i--; j = \"a--b\"", "\"----\" + boundary", "\"fathom reads\"",
            "List.of(\"python3\", \"--reps\", \"5\")", "    // fathom apply\n"})
    void otherTextIsNotFound(String source) {
        assertThat(namedIn(source)).isEmpty();
    }

    /** Text formatted in the default locale: Arabic or Persian digits, decimal commas, the dotless i of Turkish. */
    private static final Pattern DEFAULT_LOCALE = Pattern.compile(
            "String\\.format\\((?!\\s*Locale\\.)|\\.formatted\\(|\\.printf\\((?!\\s*Locale\\.)|\\.to(?:Upper|Lower)Case\\(\\s*\\)"
                    + "|new (?:Decimal|SimpleDate|Message)Format\\(|NumberFormat\\.get|new (?:Formatter|Scanner)\\(");

    @Test
    void everyNumberIsFormattedInAStatedLocale() {
        List<String> found = new ArrayList<>();
        for (Path room : rooms()) {
            for (Path source : sources(room)) {
                String text = COMMENT.matcher(text(source)).replaceAll("");
                DEFAULT_LOCALE.matcher(text).results()
                        .forEach(result -> found.add(ROOT.relativize(source) + ": " + result.group()));
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"String.format(\"%d\", 1)", "\"%d\".formatted(1)", "out.printf(\"%s\", x)",
            "x.toLowerCase()", "NumberFormat.getInstance()"})
    void formattingInTheDefaultLocaleIsFound(String source) {
        assertThat(DEFAULT_LOCALE.matcher(source).find()).isTrue();
    }

    /** Checks the modules that are not on the class path of {@link HouseTest}, which checks the others. */
    @Test
    void programsAroundTheHouseUseEveryRoomThatTheyRequire() {
        Map<String, Path> rooms = new TreeMap<>();
        rooms().forEach(room -> rooms.put(group(MODULE, descriptor(room)), room));
        List<String> unused = new ArrayList<>();
        int arrows = 0;
        for (String name : List.of("fathom.benchmarks", "fathom.examples")) {
            Path room = rooms.get(name);
            String imports = sources(room).stream().flatMap(source -> text(source).lines())
                    .filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
            Matcher required = REQUIRES.matcher(descriptor(room));
            while (required.find()) {
                arrows++;
                Path target = rooms.get(required.group(1));
                assertThat(target).as("the room of " + required.group(1)).isNotNull();
                boolean used = packages(target).stream().anyMatch(other -> Pattern
                        .compile("import (static )?" + Pattern.quote(other) + "\\.[A-Z*]").matcher(imports).find());
                if (!used) {
                    unused.add(name + " requires " + required.group(1));
                }
            }
        }
        assertThat(arrows).isGreaterThan(5);
        assertThat(unused).isEmpty();
    }

    private static List<String> namedIn(String source) {
        List<String> named = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(source);
        while (tokens.find()) {
            if (tokens.group().startsWith("\"") && !ARGUMENT.matcher(tokens.group()).matches()) {
                for (Pattern pattern : List.of(OPTION, COMMAND)) {
                    pattern.matcher(tokens.group()).results().forEach(result -> named.add(result.group()));
                }
            }
        }
        return named;
    }

    /** The folders of the modules. */
    private static List<Path> rooms() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.isRegularFile(module(folder))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path module(Path room) {
        return room.resolve("src/main/java/module-info.java");
    }

    private static String descriptor(Path room) {
        return COMMENT.matcher(text(module(room))).replaceAll("");
    }

    private static List<Path> sources(Path room) {
        try (Stream<Path> files = Files.walk(room.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.equals(module(room))).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> packages(Path room) {
        Path root = room.resolve("src/main/java");
        return sources(room).stream()
                .map(source -> root.relativize(source.getParent()).toString().replace('\\', '.').replace('/', '.'))
                .distinct().toList();
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
