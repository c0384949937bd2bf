package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that a test runs each case. */
class EveryCaseTest {
    private static final List<String> TESTS = List.of("DataCasesTest", "ModelCasesTest", "RobustnessCasesTest",
            "CasesIT");

    @Test
    void aTestRunsEachCase() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (String test : TESTS) {
            tests.append(Files.readString(Path.of("src/test/java/fathom/cli", test + ".java")));
        }
        assertThat(Cases.names()).hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(tests).contains('"' + name + '"'));
    }
}
