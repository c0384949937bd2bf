package fathom.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The cases of files that need a process: the locale C, a small heap, another default locale. */
class FilesCasesIT {
    private static final int TIMEOUT_SECONDS = 300;

    @TempDir
    Path folder;

    private record Result(int code, String output) {}

    private Result run(List<String> program, Map<String, String> environment, String... words) throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("FATHOM_HOME", folder.resolve("home").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    }

    private static List<String> java(String... options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", "-cp",
                Path.of("target", "fathom", "lib") + "/*", "fathom.cli.Main"));
        return command;
    }

    private static List<String> launcher() {
        return List.of("sh", Path.of("..", "fathom").toString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void namesAreReadInTheLocaleC() throws Exception {
        Path files = Cases.copy("data/names-c-locale", folder);
        Path out = folder.resolve("out");
        for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C"), Map.of("LC_ALL", "POSIX"), Map.of("LANG", "C"),
                new HashMap<String, String>())) {
            Result result = run(launcher(), locale, "predict", files.resolve("rgb").toString(), "--model", "floor",
                    "--format", "npy", "--out", out.toString());
            assertThat(result.code()).as(result.output()).isZero();
            assertThat(out.resolve("Küche.npy")).isRegularFile();
            assertThat(out.resolve("b.npy")).isRegularFile();
            Files.delete(out.resolve("Küche.npy"));
        }
        Result imported = run(launcher(), Map.of("LC_ALL", "C"), "datasets", "import", "pairs", files.toString(),
                "--name", "x");
        assertThat(imported.output()).contains("2 scenes imported, 0 skipped");
        Result named = run(launcher(), Map.of("LC_ALL", "C"), "predict", files.resolve("rgb/Küche.png").toString(),
                "--model", "floor", "--format", "npy", "--out", out.toString());
        assertThat(named.code()).as(named.output()).isZero();
        assertThat(named.output()).contains("Küche.npy");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNameThatJavaCannotRepresentFailsAlone() throws Exception {
        Path files = Cases.copy("robustness/locale-c-names", folder);
        Path out = folder.resolve("o");
        Result launched = run(launcher(), Map.of("LC_ALL", "C"), "predict", files.resolve("rgb").toString(), "--out",
                out.toString(), "-m", "floor");
        assertThat(launched.code()).as(launched.output()).isZero();
        Result plain = run(java(), Map.of("LC_ALL", "C"), "predict", files.resolve("rgb").toString(), "--out",
                folder.resolve("plain").toString(), "-m", "floor");
        assertThat(plain.code()).as(plain.output()).isEqualTo(6);
        assertThat(plain.output()).contains("set a UTF-8 locale");
        assertThat(folder.resolve("plain/ok.png")).isRegularFile();
    }

    @Test
    void aPictureThatDoesNotFitTheHeapFailsAlone() throws Exception {
        Path files = Cases.copy("robustness/out-of-memory-stops-apply", folder);
        List<String> small = java("-Xmx512m");
        Result roomy = run(java("-Xmx3g"), Map.of(), "datasets", "import", "pairs", files.toString(), "--name", "big",
                "--scale", "1000");
        assertThat(roomy.output()).contains("5 scenes imported, 0 skipped");
        for (String heap : List.of("-Xmx512m", "-Xmx1g")) {
            Result applied = run(java(heap), Map.of(), "apply", "big", "-m", "floor", "--field",
                    "floor" + heap.charAt(4));
            assertThat(applied.code()).as(applied.output()).isEqualTo(6);
            assertThat(applied.output()).contains("4 predicted", "1 failed", "the heap of Java", "limited to")
                    .doesNotContain("OutOfMemoryError", "\tat ");
            Result predicted = run(java(heap), Map.of(), "predict", files.resolve("rgb").toString(), "-m", "floor",
                    "--out", folder.resolve("o" + heap).toString());
            assertThat(predicted.code()).as(predicted.output()).isEqualTo(6);
            assertThat(predicted.output()).contains("12000x12000", "JAVA_TOOL_OPTIONS=-Xmx").doesNotContain("\tat ");
            assertThat(folder.resolve("o" + heap)).isDirectoryContaining("glob:**a4.png");
        }
        Result imported = run(small, Map.of(), "datasets", "import", "pairs", files.toString(), "--name", "small",
                "--scale", "1000");
        assertThat(imported.code()).isEqualTo(6);
        assertThat(imported.output()).contains("4 scenes imported, 1 skipped", "12000x12000");
        Result shown = run(small, Map.of(), "figure", "big", "--sample", "a2", "--prediction", "floor5", "--out",
                folder.resolve("f.png").toString());
        assertThat(shown.code()).as(shown.output()).isNotZero();
        assertThat(shown.output()).doesNotContain("\tat ");
    }

    @Test
    void declaredSizesAreComparedWithTheData() throws Exception {
        Path files = Cases.copy("robustness/out-of-memory-stops-apply", folder);
        String picture = files.resolve("declared_13000x13000_grey16.png").toString();
        String archive = files.resolve("lying_csize.npz").toString();
        for (String file : List.of(picture, archive)) {
            Result result = run(java("-Xmx64m"), Map.of(), "compare", file, file, "--protocol", "arrays");
            assertThat(result.code()).as(result.output()).isEqualTo(3);
            assertThat(result.output()).contains("bytes").doesNotContain("\tat ", "the heap of Java");
        }
    }

    @Test
    void pointCloudsAreWrittenInArabicToo() throws Exception {
        Path files = Cases.copy("robustness/ply-in-arabic", folder);
        Path out = folder.resolve("o");
        for (String option : List.of("-Duser.language=ar -Duser.country=EG", "-Duser.language=fa -Duser.country=IR")) {
            Result result = run(java(), Map.of("JAVA_TOOL_OPTIONS", option), "predict",
                    files.resolve("pic.png").toString(), "--model", "floor", "--format", "ply", "--fov", "60", "--out",
                    out.toString());
            assertThat(result.code()).as(result.output()).isZero();
            assertThat(new String(Files.readAllBytes(out.resolve("pic.ply")), StandardCharsets.ISO_8859_1))
                    .containsPattern("element vertex [0-9]+\n");
        }
    }
}
