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
 * A Python program that does the same work as Fathom and prints what it measured as its last line.
 *
 * @param python the interpreter
 * @param file the script
 * @param remedy what a person may do where it fails, appended to the error; may be empty
 */
public record PeerScript(String python, Path file, String remedy) {
    private static final long MINUTES = 20;

    /**
     * Runs the script and gives the last line that it prints.
     *
     * @param environment variables beside those of this process
     * @throws IOException if it cannot be started, fails, saying what it said, or does not end within 20 minutes
     */
    public String lastLine(List<String> arguments, Map<String, String> environment) throws IOException,
            InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, file.toAbsolutePath().toString()));
        command.addAll(arguments);
        Path errors = Files.createTempFile("fathom-peer", ".log");
        // For Ctrl-C, which runs no finally.
        errors.toFile().deleteOnExit();
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(file.getFileName() + ": expected an end within " + MINUTES
                        + " minutes, found none");
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
