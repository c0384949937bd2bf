package fathom.datasets;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import fathom.datasets.values.FieldState;

/** Stores a prediction for every sample without one, and prints their number after each save; run by tests. */
final class WriterProgram {
    private WriterProgram() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        long pauseMillis = Long.parseLong(arguments[1]);
        try (Dataset dataset = Datasets.at(Path.of(arguments[0])).open("d")) {
            out.println("opened");
            int stored = dataset.field("p").done();
            for (Sample sample : dataset.samplesIn("p", FieldState.PENDING)) {
                sample.setPrediction("p", TestDatasets.prediction(sample, 64, 48));
                sample.setNumber("p.article.rmse", 1);
                stored++;
                if (stored % 10 == 0) {
                    dataset.save();
                    out.println("saved " + stored);
                }
                Thread.sleep(pauseMillis);
            }
        }
        out.println("finished");
    }
}
