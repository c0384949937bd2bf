package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that a test runs each case. */
class EveryCaseTest {
    private static final Pattern TESTS = Pattern.compile("\\w+Cases(Test|IT)\\.java");

    @Test
    void aTestRunsEachCase() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.list(Path.of("src/test/java/fathom/cli"))) {
            for (Path file : files.filter(file -> TESTS.matcher(file.getFileName().toString()).matches()).toList()) {
                tests.append(Files.readString(file));
            }
        }
        assertThat(Cases.names()).hasSizeGreaterThan(40).allSatisfy(name -> assertThat(tests).contains(name));
    }
}
