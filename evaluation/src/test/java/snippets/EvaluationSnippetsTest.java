package snippets;

import fathom.evaluation.metrics.ImageScores;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.GrayImage;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Runs the examples of the Javadoc and checks the values that their comments state. */
class EvaluationSnippetsTest {
    @Test
    void theMedianIgnoresAnOutlier() throws UnscorableException {
        assertThat(EvaluationSnippets.alignment().toArray()).containsExactly(2, 4, 6, 8);
    }

    @Test
    void anErrorOfOneLevelHas48Decibels() {
        ImageScores scores = EvaluationSnippets.metrics();
        assertThat(scores.rmse()).isEqualTo(1);
        assertThat(scores.psnr()).isCloseTo(48.13, within(0.005));
        assertThat(scores.windows()).isEqualTo(4);
    }

    @Test
    void definitionsOfSsimDiffer() {
        GrayImage truth = GrayImage.allocate(16, 16);
        GrayImage prediction = GrayImage.allocate(16, 16);
        prediction.array()[100] = 50;
        assertThat(EvaluationSnippets.ssim(truth, prediction)).isNotZero();
    }

    @Test
    void smallArraysHaveNoSsim() throws UnscorableException {
        Scores scores = EvaluationSnippets.arrays();
        assertThat(scores.value(Metric.RMSE).orElseThrow()).isEqualTo(0.5);
        assertThat(scores.absent()).containsKey(Metric.SSIM);
    }

    @Test
    void exactInverseDepthHasNoError() throws UnscorableException {
        Plane metres = Plane.allocate(8, 8);
        Plane inverse = Plane.allocate(8, 8);
        for (int i = 0; i < 64; i++) {
            metres.array()[i] = 1 + i % 2;
            inverse.array()[i] = 3 / metres.array()[i] + 5;
        }
        MeasuredDepth truth = new MeasuredDepth(metres, metres, Mask.ofPositive(metres));
        assertThat(EvaluationSnippets.protocol(truth, inverse)).isLessThanOrEqualTo(1);
    }

    @Test
    void aReportIsRendered() {
        assertThat(EvaluationSnippets.report()).contains("| depth | fastdepth | 41.50 | 20 |");
    }
}
