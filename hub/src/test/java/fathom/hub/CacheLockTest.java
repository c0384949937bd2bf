package fathom.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(20)
class CacheLockTest {
    @TempDir
    Path folder;

    private static CacheLock acquire(Path file, HubListener listener) throws HubException {
        return CacheLock.acquire(file, "x", new Backoff(Thread::sleep, listener), listener);
    }

    /** Stops waiting as soon as a wait starts. */
    private static HubListener impatient() {
        return new HubListener() {
            private volatile boolean waited;

            @Override
            public void waiting(String reason, Duration pause) {
                waited = true;
            }

            @Override
            public boolean isCancelled() {
                return waited;
            }
        };
    }

    @Test
    void secondHolderWaitsForTheFirst() throws HubException {
        Path file = folder.resolve("locks/a.lock");
        try (CacheLock _ = acquire(file, HubListener.silent())) {
            assertThatThrownBy(() -> acquire(file, impatient())).isInstanceOf(HubException.class);
        }
        try (CacheLock again = acquire(file, impatient())) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void lockOfAnotherProcessIsRespected() throws IOException, InterruptedException {
        // util-linux's flock(1) takes the lock that Python's filelock takes.
        Path program = Path.of("/usr/bin/flock");
        assumeTrue(Files.isExecutable(program), "SKIPPED: needs /usr/bin/flock, a second program that locks files");
        Path file = folder.resolve("b.lock");
        Process holder = new ProcessBuilder(program.toString(), file.toString(), "sh", "-c", "echo held; read line")
                .start();
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> acquire(file, impatient())).isInstanceOf(HubException.class);
            holder.getOutputStream().close();
            assertThat(holder.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            holder.destroyForcibly();
        }
        try (CacheLock _ = acquire(file, HubListener.silent())) {
            Process rival = new ProcessBuilder(program.toString(), "-n", file.toString(), "true").start();
            assertThat(rival.waitFor()).isEqualTo(1);
        }
    }
}
