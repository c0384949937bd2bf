package fathom.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import fathom.datasets.values.DatasetException;
import fathom.formats.UnreadableFileException;
import fathom.raster.advice.UsageException;
import fathom.weights.CheckpointException;

/** Reads changed files with one reader and reports every answer that is not a result or an exception for bad files. */
final class Mutants {
    /** The longest time in which a reader must answer. */
    static final long MAX_SECONDS = 5;
    private static final int TRACE = 12;

    private final Subject subject;
    private final Path file;

    /**
     * Creates a driver.
     *
     * @param subject the reader
     * @param folder a folder for the changed file
     */
    Mutants(Subject subject, Path folder) throws IOException {
        this.subject = subject;
        this.file = Files.createDirectories(folder.resolve(subject.name())).resolve(subject.file());
    }

    /**
     * An answer that no file may cause.
     *
     * @param subject the name of the reader
     * @param number the number of the mutant
     * @param answer what happened, with the top of the stack
     */
    record Finding(String subject, int number, String answer) {
        /** Returns the place of the answer, equal for the same defect. */
        String place() {
            return answer.lines().filter(line -> line.startsWith("    at ")).findFirst()
                    .orElseGet(() -> answer.lines().findFirst().orElse(""));
        }

        @Override
        public String toString() {
            return subject + " mutant " + number + ": " + answer;
        }
    }

    /** Returns the changed file with a number, always the same for the same seeds. */
    byte[] mutant(int number) {
        Random random = new Random(31L * subject.name().hashCode() + number);
        return new Mutator(random).mutated(subject.seeds().get(random.nextInt(subject.seeds().size())));
    }

    /** Reads the mutants from {@code first} on, and returns the findings. */
    List<Finding> run(int first, int count) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (int number = first; number < first + count; number++) {
            Optional<String> answer = answer(mutant(number));
            if (answer.isPresent()) {
                findings.add(new Finding(subject.name(), number, answer.get()));
            }
        }
        return findings;
    }

    /** Reads a file in a separate thread, and returns what is wrong with the answer. */
    Optional<String> answer(byte[] bytes) throws IOException, InterruptedException {
        Files.write(file, bytes);
        FutureTask<Optional<String>> task = new FutureTask<>(this::read);
        Thread thread = Thread.ofPlatform().daemon().name("reader of " + subject.name()).start(task);
        try {
            return task.get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            StackTraceElement[] stack = thread.getStackTrace();
            thread.interrupt();
            return Optional.of("no answer in " + MAX_SECONDS + " s" + trace(stack));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the reader returns every failure as text", e);
        }
    }

    /** Reads a file in this thread, and returns what is wrong with the answer. */
    Optional<String> answerHere(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return read();
    }

    // The kind of failure decides; every kind must be caught.
    @SuppressWarnings("CatchThrowable")
    private Optional<String> read() {
        for (Subject.Reading reading : subject.readings()) {
            try {
                reading.read(file);
            } catch (Throwable e) {
                if (!isForBadFiles(e)) {
                    return Optional.of(e + trace(e.getStackTrace()));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isForBadFiles(Throwable failure) {
        boolean isOfKind = failure instanceof UnreadableFileException || failure instanceof CheckpointException
                || failure instanceof DatasetException || failure instanceof UsageException;
        return isOfKind && failure.getMessage() != null && !failure.getMessage().isBlank();
    }

    private static String trace(StackTraceElement[] stack) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(stack).filter(frame -> frame.getClassName().startsWith("fathom.")).limit(TRACE)
                .forEach(frame -> text.append("\n    at ").append(frame));
        return text.toString();
    }
}
