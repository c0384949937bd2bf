package fathom.workbench.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.evaluation.ordinal.Da2k;
import fathom.evaluation.ordinal.OrdinalPair;
import fathom.raster.Prediction;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.predict.ApplyModel;

/**
 * The evaluation of predictions by annotated pairs of points, of which one is nearer (DA-2K): no measured depth is needed. The
 * accuracy counts over all pairs of all pictures; 1 − accuracy is the ordinal error (WHDR) of pairs of equal weight.
 *
 * @see Da2k
 */
public final class EvaluateOrder {
    private EvaluateOrder() {}

    /**
     * Counts of pairs.
     *
     * @param pairs the number of pairs
     * @param correct the number of pairs whose nearer point the prediction gives as the nearer one
     */
    public record Counts(int pairs, int correct) {
        /** {@return the share of pairs that are right; NaN if there is none} */
        public double accuracy() {
            return (double) correct / pairs;
        }

        private Counts plus(Counts other) {
            return new Counts(pairs + other.pairs, correct + other.correct);
        }
    }

    /**
     * A picture of the annotations that was not evaluated.
     *
     * @param image its name in the annotations
     * @param reason why
     */
    public record LeftOut(String image, String reason) {}

    /**
     * The result.
     *
     * @param total the counts over all evaluated pictures
     * @param scenes the counts by the first folder of the names in the annotations, for example the scene type
     * @param images the number of evaluated pictures
     * @param leftOut the pictures that were not evaluated
     */
    public record Outcome(Counts total, Map<String, Counts> scenes, int images, List<LeftOut> leftOut) {}

    /**
     * Evaluates a field.
     *
     * @param dataset the dataset
     * @param field the prediction field
     * @param annotations the pairs of each picture, whose name is the end of the path of its file
     * @param shuffle the seed with which the two points of about half of the pairs are exchanged; empty to leave them
     * @param progress is advanced for each picture
     * @param cancellation stops the evaluation
     * @return the counts
     * @throws IllegalArgumentException if no picture of the annotations has a prediction
     */
    public static Outcome run(Dataset dataset, String field, Map<String, List<OrdinalPair>> annotations,
            OptionalLong shuffle, Progress progress, Cancellation cancellation) {
        List<Sample> samples = dataset.samples();
        Random random = new Random(shuffle.orElse(0));
        Counts total = new Counts(0, 0);
        Map<String, Counts> scenes = new LinkedHashMap<>();
        List<LeftOut> leftOut = new ArrayList<>();
        int images = 0;
        progress.start("Evaluating the order of " + field, annotations.size());
        try {
            for (Map.Entry<String, List<OrdinalPair>> entry : annotations.entrySet()) {
                cancellation.check();
                List<OrdinalPair> pairs = shuffle.isPresent()
                        ? Da2k.shuffled(entry.getValue(), random)
                        : entry.getValue();
                try {
                    Counts counts = counts(samples, field, entry.getKey(), pairs);
                    total = total.plus(counts);
                    scenes.merge(scene(entry.getKey()), counts, Counts::plus);
                    images++;
                } catch (IllegalArgumentException e) {
                    leftOut.add(new LeftOut(entry.getKey(), String.valueOf(e.getMessage())));
                } catch (DatasetException e) {
                    if (e.problem() != DatasetException.Problem.MEDIA) {
                        throw e;
                    }
                    leftOut.add(new LeftOut(entry.getKey(), ApplyModel.reason(e)));
                }
                progress.advance(1);
            }
        } finally {
            progress.finish();
        }
        if (images == 0) {
            throw new IllegalArgumentException("annotations: expected pictures of dataset " + dataset.name()
                    + " with a prediction " + field + ", found none"
                    + (leftOut.isEmpty()
                            ? ""
                            : "; the first: " + leftOut.getFirst().image() + ": " + leftOut.getFirst().reason()));
        }
        return new Outcome(total, scenes, images, leftOut);
    }

    private static Counts counts(List<Sample> samples, String field, String image, List<OrdinalPair> pairs) {
        Sample sample = samples.stream().filter(each -> isNamed(each, image)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no picture of this name is in the dataset"));
        if (!sample.hasPrediction(field)) {
            throw new IllegalArgumentException("sample " + sample.name() + " has no prediction " + field);
        }
        Prediction prediction = EvaluateDataset.atImageSize(sample, field, sample.height(), sample.width());
        return new Counts(pairs.size(), Da2k.correct(prediction.values(), prediction.kind(), pairs));
    }

    private static boolean isNamed(Sample sample, String image) {
        Optional<Field> field = sample.field("rgb");
        return field.isPresent() && field.get() instanceof Field.RgbField(String path)
                && (path.equals(image) || path.endsWith("/" + image));
    }

    private static String scene(String image) {
        int slash = image.indexOf('/');
        return slash < 0 ? "" : image.substring(0, slash);
    }
}
