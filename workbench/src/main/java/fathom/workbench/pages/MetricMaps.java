package fathom.workbench.pages;

import java.util.Optional;

import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArticleAlignedProtocol;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.workbench.evaluate.EvaluateDataset;

/**
 * A prediction and the measured depth in metres, at the size of the measured depth. A prediction of metric depth is
 * unchanged; another one is aligned to the measured depth of its sample as {@link ArticleAlignedProtocol} does.
 *
 * @param measured the measured depth
 * @param metres the prediction in metres, [H, W]
 * @param counted true where both have a value
 * @param aligned whether the prediction was aligned
 */
record MetricMaps(MeasuredDepth measured, Plane metres, Mask counted, boolean aligned) {
    /**
     * Reads both maps.
     *
     * @param sample the sample
     * @param field the prediction field
     * @param truth the field of measured depth
     * @return the maps; empty if the sample does not have both, or they have no pixel in common
     * @throws DatasetException if a file is missing or damaged
     * @throws UnscorableException if the prediction cannot be aligned
     */
    static Optional<MetricMaps> read(Sample sample, String field, String truth) throws UnscorableException {
        if (!sample.hasPrediction(field) || !(sample.field(truth).orElse(null) instanceof Field.MeasuredDepthField)) {
            return Optional.empty();
        }
        MeasuredDepth measured = sample.measured(truth);
        Prediction prediction = EvaluateDataset.atImageSize(sample, field, measured.height(), measured.width());
        Mask counted = measured.valid().and(prediction.valid());
        if (counted.count() == 0) {
            return Optional.empty();
        }
        Plane metres = new ArticleAlignedProtocol().metres(measured, prediction, counted);
        return Optional.of(new MetricMaps(measured, metres, counted, prediction.kind() != DepthKind.METRIC));
    }
}
