package fathom.workbench.evaluate;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.Field;
import fathom.evaluation.protocols.Protocol;
import fathom.raster.DepthKind;

/**
 * The protocol that fits the kind of predictions.
 *
 * @param protocol the protocol
 * @param reason why, one sentence
 */
public record DefaultProtocol(Protocol protocol, String reason) {
    /**
     * {@return {@code metric} if every prediction is metric depth, otherwise {@code aligned}}
     *
     * @param dataset the dataset
     * @param field a prediction field
     * @throws IllegalArgumentException if it has no prediction
     */
    public static DefaultProtocol of(Dataset dataset, String field) {
        Set<DepthKind> kinds = EnumSet.noneOf(DepthKind.class);
        for (Sample sample : EvaluateDataset.predicted(dataset, field)) {
            if (sample.field(field).orElse(null) instanceof Field.PredictionField prediction) {
                kinds.add(prediction.kind());
            }
        }
        if (kinds.equals(EnumSet.of(DepthKind.METRIC))) {
            return new DefaultProtocol(Protocol.named("metric"),
                    "the predictions are depth in metres, so they are compared as they are");
        }
        List<String> labels = kinds.stream().map(DepthKind::label).toList();
        return new DefaultProtocol(Protocol.named("aligned"), "the predictions are of the kind "
                + String.join(" and ", labels) + ", so what the kind leaves unknown is fitted to the measurements");
    }
}
