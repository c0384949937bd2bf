package fathom.workbench.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Python program that does the same work as Fathom and prints its measurements as the last line.
 *
 * @param python the interpreter
 * @param file the script
 * @param remedy what to do if it fails, appended to the error message; may be empty
 */
public record PeerScript(String python, Path file, String remedy) {
    private static final long MINUTES = 20;

    /**
     * Settings without which PyTorch measures the machine and not the work. Threads of OpenMP that have nothing to do
     * sleep: by default they wait in a loop, and take the cores from the threads of OpenBLAS. The GNU C library keeps freed
     * memory for the next run: by default every large tensor is returned to the system, and where new pages are expensive,
     * as in some virtual machines, the next run takes up to four times as long.
     */
    private static final Map<String, String> SETTINGS = Map.of("OMP_WAIT_POLICY", "PASSIVE", "GOMP_SPINCOUNT", "0",
            "MALLOC_MMAP_THRESHOLD_", "4294967296", "MALLOC_TRIM_THRESHOLD_", "8589934592");

    /**
     * Runs the script with the settings under which the GNU C library and OpenMP are fastest, and returns the last line of
     * its output.
     *
     * @param arguments the arguments of the script
     * @param environment environment variables in addition to those of this process
     * @return the last line
     * @throws IOException if the script cannot be started, fails (the message contains its error output), or does not
     *            end within 20 minutes
     * @throws InterruptedException if the thread is interrupted
     */
    public String lastLine(List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, file.toAbsolutePath().toString()));
        command.addAll(arguments);
        Path errors = Files.createTempFile("fathom-peer", ".log");
        // For Ctrl-C, which does not run finally blocks.
        errors.toFile().deleteOnExit();
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(SETTINGS);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(file.getFileName() + ": expected the script to end within " + MINUTES
                        + " minutes, found it running");
            }
            if (process.exitValue() != 0) {
                throw new IOException(file.getFileName() + ": expected exit code 0, found " + process.exitValue() + ": "
                        + Files.readString(errors).strip() + remedy);
            }
            return output.substring(output.lastIndexOf('\n') + 1);
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
