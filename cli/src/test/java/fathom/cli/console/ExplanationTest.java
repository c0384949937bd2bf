package fathom.cli.console;

import java.nio.file.FileSystemException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors of the Java machine and of the system are explained in one line, with an exit code that scripts can use. */
class ExplanationTest {
    private static void requireLine(Throwable failure, ExitCode exit, String... words) {
        Explanation explanation = Explanation.of(failure);
        assertThat(explanation.exit()).isEqualTo(exit);
        assertThat(explanation.text()).contains(words).hasLineCount(1).doesNotContain("defect of Fathom");
    }

    @Test
    void fullHeapSaysHowToRaiseIt() {
        requireLine(new OutOfMemoryError("Java heap space"), ExitCode.ENVIRONMENT, "not enough memory", "-Xmx");
        requireLine(new OutOfMemoryError("unable to create native thread: possibly out of memory"),
                ExitCode.ENVIRONMENT, "another thread", "ulimit -u");
    }

    @Test
    void missingPartsOfTheProgramAreNamed() {
        requireLine(new NoClassDefFoundError("picocli/CommandLine"), ExitCode.ENVIRONMENT, "picocli/CommandLine",
                "installation");
        requireLine(new ExceptionInInitializerError(new IllegalStateException("no such table")), ExitCode.ENVIRONMENT,
                "no such table");
        requireLine(new UnsatisfiedLinkError("libx.so: wrong ELF class"), ExitCode.ENVIRONMENT, "native library",
                "wrong ELF class");
        requireLine(new UnsupportedClassVersionError("fathom/X has been compiled by a more recent version"),
                ExitCode.ENVIRONMENT, "Java 25");
    }

    @Test
    void deepNestingIsBadData() {
        requireLine(new StackOverflowError(), ExitCode.BAD_DATA, "nested too deeply");
    }

    @Test
    void limitOfOpenFilesIsNamed() {
        requireLine(new FileSystemException("/data/a.png", null, "Too many open files"), ExitCode.ENVIRONMENT,
                "/data/a.png", "ulimit -n");
    }

    @Test
    void otherErrorsAreDefects() {
        assertThat(Explanation.of(new AssertionError("x")).exit()).isEqualTo(ExitCode.DEFECT);
    }
}
