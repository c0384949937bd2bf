package fathom.datasets;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads every prediction of a dataset repeatedly until all samples have one; run by tests. */
final class ReaderProgram {
    private ReaderProgram() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int rounds = 0;
        int partial = 0;
        try (Dataset dataset = Datasets.at(Path.of(arguments[0])).openReadOnly("d")) {
            out.println("opened");
            int before = 0;
            while (before < dataset.size()) {
                int whole = 0;
                for (Sample sample : dataset.samples()) {
                    if (sample.hasPrediction("p")) {
                        if (!TestDatasets.isWhole(sample, sample.prediction("p"))) {
                            throw new AssertionError(sample.name() + " is not whole");
                        }
                        whole++;
                    }
                }
                if (whole < before) {
                    throw new AssertionError("saw " + whole + " predictions after " + before);
                }
                partial += whole > 0 && whole < dataset.size() ? 1 : 0;
                before = whole;
                rounds++;
            }
        }
        out.println("finished " + rounds + " " + partial);
    }
}
