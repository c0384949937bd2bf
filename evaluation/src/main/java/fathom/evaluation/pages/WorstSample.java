package fathom.evaluation.pages;

import java.util.List;
import java.util.Optional;

import fathom.evaluation.errors.ErrorConcentration;
import fathom.evaluation.reports.Column;

/**
 * A sample with one of the worst scores of a prediction.
 *
 * @param prediction name of the prediction field
 * @param sample name of the sample
 * @param column the metric that makes it one of the worst
 * @param value its number
 * @param concentration how the error is distributed over the pixels; empty if the maps cannot be read or compared
 * @param region where the largest errors of the sample are, in words; empty if unknown
 * @param pictures the picture, the truth, the prediction and its error; empty if they cannot be read
 * @param note why something is missing; empty if nothing is
 */
public record WorstSample(String prediction, String sample, Column column, double value,
        Optional<ErrorConcentration> concentration, String region, List<PagePicture> pictures, String note) {
    /** Copies the list. */
    public WorstSample {
        pictures = List.copyOf(pictures);
    }
}
