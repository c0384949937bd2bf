package fathom.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import fathom.datasets.Datasets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The cases of the store that need separate processes. */
class StoreCasesIT {
    private static final int TIMEOUT_SECONDS = 120;

    @TempDir
    Path folder;

    private Process start(String output, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(output).toFile());
        builder.environment().put("FATHOM_HOME", folder.resolve("home").toString());
        return builder.start();
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }

    /** Case {@code "robustness/imports-of-one-name"}: three processes. */
    @Test
    void losersOfARaceOfProcessesGetExists() throws Exception {
        String source = StoreCasesTest.pairs(folder.resolve("pairs")).toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<Process> imports = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            imports.add(start("import" + i, java, "-cp", Path.of("target", "fathom", "lib") + "/*", "fathom.cli.Main",
                    "datasets", "import", "pairs", source, "--name", "d"));
        }
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(imports.get(i).waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            codes.add(imports.get(i).exitValue());
            assertThat(output("import" + i)).containsAnyOf("3 scenes imported",
                    "a dataset of that name exists already");
        }
        assertThat(codes).containsExactlyInAnyOrder(0, 4, 4);
        assertThat(Datasets.at(folder.resolve("home")).names()).containsExactly("d");
    }

    @Test
    void fewOpenFilesAreExplainedInOneSentence() throws Exception {
        Path launcher = Path.of("..", "fathom").toAbsolutePath().normalize();
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: no /bin/sh to limit the number of open files");
        Process process = start("limited", "/bin/sh", "-c", "ulimit -n 64; exec \"$0\" datasets list",
                launcher.toString());
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(output("limited")).startsWith("fathom: ").contains("open files", "ulimit -n").hasLineCount(1);
        assertThat(process.exitValue()).isEqualTo(5);
    }
}
