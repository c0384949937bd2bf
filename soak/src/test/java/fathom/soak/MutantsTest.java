package fathom.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every reader answers every changed file with a result or an exception for bad files, within five seconds and the heap of
 * this test. The system property {@code fathom.soak} selects 13,000 files instead of a sample.
 */
class MutantsTest {
    private static final Path PROJECT = Path.of(System.getProperty("fathom.goldens")).toAbsolutePath().getParent();
    private static final int MUTANTS = Boolean.getBoolean("fathom.soak") ? 13_000 / readers().size() + 1 : 30;

    @TempDir
    Path folder;

    static List<String> readers() {
        return Subjects.names(PROJECT);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void readerAnswersChangedFiles(String reader) throws Exception {
        assertThat(new Mutants(Subjects.named(PROJECT, folder, reader), folder).run(0, MUTANTS)).isEmpty();
    }

    static List<Path> findings() throws IOException {
        List<Path> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/findings"))) {
            files.filter(Files::isRegularFile).sorted().forEach(inputs::add);
        }
        return inputs;
    }

    /** Files of earlier findings, in a folder for each reader. */
    @ParameterizedTest
    @MethodSource("findings")
    void earlierFindingStaysMended(Path input) throws Exception {
        String reader = String.valueOf(input.getParent().getFileName());
        Mutants mutants = new Mutants(Subjects.named(PROJECT, folder, reader), folder);
        assertThat(mutants.answer(Files.readAllBytes(input))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void mutantsAreReproducibleAndDiffer(String reader) throws IOException {
        Mutants mutants = new Mutants(Subjects.named(PROJECT, folder, reader), folder);
        assertThat(mutants.mutant(7)).isEqualTo(mutants.mutant(7)).isNotEqualTo(mutants.mutant(8));
    }
}
