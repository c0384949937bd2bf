package fathom.examples.revisited;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.steps.AlignMethod;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/** The scores of metric models under alignments that a headline may not mention. */
final class Headlines {
    static final double DELTA = 1.25;

    private Headlines() {}

    /**
     * One way to make a number.
     *
     * @param title what is done
     * @param samples the sums of each scene, by model
     */
    record Headline(String title, Map<MetricModel, List<PixelSums>> samples) {
        private List<PixelSums> samplesOf(MetricModel model) {
            return samples.getOrDefault(model, List.of());
        }

        /** Returns the mean over the scenes of δ1. */
        double delta1(MetricModel model) {
            return samplesOf(model).stream().mapToDouble(sums -> sums.share(DELTA)).average().orElse(0);
        }

        /** Returns the mean over the scenes of RMSE, metres. */
        double rmse(MetricModel model) {
            return samplesOf(model).stream().mapToDouble(PixelSums::rmse).average().orElse(0);
        }

        /** Returns the sums over all pixels of all scenes. */
        PixelSums pooled(MetricModel model) {
            PixelSums all = new PixelErrors(List.of(DELTA), false, PixelErrors.Arithmetic.FLOAT64)
                    .sums(Headlines.NOTHING);
            samplesOf(model).forEach(all::add);
            return all;
        }
    }

    /** One pixel that is not counted: the sums of no pixel. */
    private static final ScoredMaps NOTHING = new ScoredMaps(Plane.allocate(1, 1), Plane.allocate(1, 1),
            Mask.filled(1, 1, false), Optional.empty(), Optional.empty());

    static List<Headline> of(List<Scene> scenes) throws UnscorableException {
        StepProtocol metric = (StepProtocol) Protocol.named("metric");
        return List.of(headline("nothing is fitted: the metres of the model", metric, scenes),
                headline("each scene is multiplied by the ratio of medians", metric.withAlignment(AlignMethod.MEDIAN),
                        scenes),
                headline("factor and exponent of each scene are fitted to log depth",
                        metric.withAlignment(AlignMethod.LOG), scenes));
    }

    private static Headline headline(String title, Protocol protocol, List<Scene> scenes) throws UnscorableException {
        PixelErrors pass = new PixelErrors(List.of(DELTA), false, PixelErrors.Arithmetic.FLOAT64);
        Map<MetricModel, List<PixelSums>> samples = new EnumMap<>(MetricModel.class);
        for (MetricModel model : MetricModel.values()) {
            List<PixelSums> ofModel = new ArrayList<>();
            for (int number = 0; number < scenes.size(); number++) {
                MeasuredDepth truth = scenes.get(number).sensor();
                ofModel.add(pass.sums(protocol.compared(truth, model.predict(truth.metres(), number), Optional.empty())
                        .orElseThrow()));
            }
            samples.put(model, ofModel);
        }
        return new Headline(title, samples);
    }
}
