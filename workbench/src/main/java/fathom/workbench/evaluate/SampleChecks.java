package fathom.workbench.evaluate;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import fathom.datasets.Sample;
import fathom.evaluation.checks.EvaluationChecks;
import fathom.evaluation.checks.Finding;
import fathom.evaluation.checks.FindingKind;
import fathom.evaluation.metrics.Scores;
import fathom.raster.MeasuredDepth;
import fathom.raster.Prediction;

/**
 * The checks of the samples of one evaluation. At most about {@value #SAMPLES} samples are checked, evenly spread, so that a large
 * dataset is not slower. Safe for use by several threads.
 */
final class SampleChecks {
    private static final int SAMPLES = 200;

    /** The names of the samples that are checked, by id, in the order of the dataset. */
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, List<Finding>> findings = new ConcurrentHashMap<>();

    SampleChecks(List<Sample> samples) {
        int step = Math.max(1, (samples.size() + SAMPLES - 1) / SAMPLES);
        for (int i = 0; i < samples.size(); i += step) {
            names.put(samples.get(i).id(), samples.get(i).name());
        }
    }

    /** Checks a sample if it is one of those that are checked. The prediction is the stored one. */
    void take(Sample sample, MeasuredDepth truth, Prediction prediction, Optional<Scores> scores) {
        if (names.containsKey(sample.id())) {
            findings.put(sample.id(),
                    EvaluationChecks.of(truth, prediction, EvaluationChecks.Shape.OF_THE_MODEL, scores));
        }
    }

    /** Returns one warning for each kind, of the surest sample. */
    List<EvaluationWarning> warnings() {
        Map<FindingKind, Finding> surest = new EnumMap<>(FindingKind.class);
        Map<FindingKind, String> samples = new EnumMap<>(FindingKind.class);
        Map<FindingKind, Integer> counts = new EnumMap<>(FindingKind.class);
        names.forEach((id, name) -> {
            for (Finding finding : findings.getOrDefault(id, List.of())) {
                counts.merge(finding.kind(), 1, Integer::sum);
                Finding known = surest.get(finding.kind());
                if (known == null || finding.sureness().compareTo(known.sureness()) > 0) {
                    surest.put(finding.kind(), finding);
                    samples.put(finding.kind(), name);
                }
            }
        });
        return surest.values().stream().map(finding -> EvaluationWarning.of(finding,
                counts.getOrDefault(finding.kind(), 0), findings.size(), samples.getOrDefault(finding.kind(), "")))
                .toList();
    }
}
