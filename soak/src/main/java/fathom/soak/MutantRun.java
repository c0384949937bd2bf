package fathom.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The program {@code MutantRun PROJECT FOLDER COUNT [READER [FIRST]]}: reads mutants, and stores each kind of finding. */
public final class MutantRun {
    private static final int PROJECT = 0;
    private static final int FOLDER = 1;
    private static final int COUNT = 2;
    private static final int READER = 3;
    private static final int FIRST = 4;

    private MutantRun() {}

    /**
     * Runs the program. Prints one line for each reader, and each kind of finding once.
     *
     * @param arguments the root of the source tree, a folder for files, the number of mutants for each reader; then, if
     *            not all, the reader and the number of the first mutant
     * @throws IOException if a file cannot be written
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[FOLDER]));
        int first = arguments.length > FIRST ? Integer.parseInt(arguments[FIRST]) : 0;
        Path neighbours = Files.createTempDirectory(folder, "neighbours");
        List<String> kinds = new ArrayList<>();
        Path project = Path.of(arguments[PROJECT]);
        for (String reader : arguments.length > READER ? List.of(arguments[READER]) : Subjects.names(project)) {
            Subject subject = Subjects.named(project, Files.createTempDirectory(neighbours, reader), reader);
            long begun = System.nanoTime();
            Set<String> known = new HashSet<>();
            Mutants mutants = new Mutants(subject, folder);
            List<Mutants.Finding> findings = mutants.run(first, Integer.parseInt(arguments[COUNT]));
            for (Mutants.Finding finding : findings) {
                if (known.add(finding.place())) {
                    kinds.add(finding.toString());
                    Path input = folder.resolve("findings").resolve(subject.name());
                    Files.createDirectories(input);
                    Files.write(input.resolve(finding.number() + "-" + subject.file()),
                            mutants.mutant(finding.number()));
                    System.out.println(finding);
                }
            }
            System.out.printf(Locale.ROOT, "%s: %d seeds, %d findings of %d kinds, %.1f s%n", subject.name(),
                    subject.seeds().size(), findings.size(), known.size(), (System.nanoTime() - begun) / 1e9);
        }
        System.out.println(kinds.size() + " kinds of findings");
    }
}
