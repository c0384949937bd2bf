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
 * @param column the metric of the ranking
 * @param value its number
 * @param concentration how the error is distributed over the pixels; empty if the maps cannot be read or compared
 * @param pictures the picture, the truth and the prediction; empty if they cannot be read
 * @param note why something is missing; empty if nothing is
 */
public record WorstSample(String prediction, String sample, Column column, double value,
        Optional<ErrorConcentration> concentration, List<PagePicture> pictures, String note) {
    /** Copies the list. */
    public WorstSample {
        pictures = List.copyOf(pictures);
    }
}
