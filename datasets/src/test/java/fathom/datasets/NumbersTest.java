package fathom.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import fathom.datasets.values.Bounds;
import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.NumberSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class NumbersTest {
    @TempDir
    Path folder;
    private Dataset dataset;
    private List<Sample> samples;

    @BeforeEach
    void prepare() {
        dataset = TestDatasets.create(Datasets.at(folder.resolve("home")), "d", folder, 4);
        for (Sample sample : dataset) {
            sample.setPrediction("dpt", TestDatasets.prediction(sample, 1, 1));
        }
        samples = dataset.samples();
    }

    @AfterEach
    void close() {
        dataset.close();
    }

    @Test
    void numbersAreWrittenAndAveragedAsTheArticleDoes() {
        for (int i = 0; i < 4; i++) {
            samples.get(i).setNumber("dpt.rmse", 0.1 + i);
        }
        assertThat(dataset.mean("dpt.rmse")).isEqualTo(1.6, within(1e-15));
        assertThat(dataset.values("dpt.rmse")).containsExactly(0.1, 1.1, 2.1, 3.1);
        assertThat(dataset.bounds("dpt.rmse")).isEqualTo(new Bounds(0.1, 3.1));
        assertThat(dataset.count("dpt.rmse")).isEqualTo(4);
        assertThat(samples.get(2).number("dpt.rmse")).hasValue(2.1);
    }

    @Test
    void numbersOfTwoProtocolsNeverMix() {
        Evaluation article = dataset.beginEvaluation("dpt", "article", "gt", TestDatasets.definition("as printed"));
        samples.forEach(sample -> TestDatasets.score(sample, article, 100));
        Evaluation fixed = dataset.beginEvaluation("dpt", "article-fixed", "gt", TestDatasets.definition("corrected"));
        TestDatasets.score(samples.getFirst(), fixed, 1);
        assertThat(dataset.mean("dpt.rmse")).as("the latest").isEqualTo(1);
        assertThat(dataset.count("dpt.rmse")).isEqualTo(1);
        assertThat(dataset.mean("dpt.article.rmse")).isEqualTo(100);
        assertThat(dataset.mean("dpt.article-fixed.rmse")).isEqualTo(1);
        TestDatasets.score(samples.getFirst(), article, 100);
        assertThat(dataset.mean("dpt.rmse")).as("the latest again").isEqualTo(100);
        assertThat(dataset.numberSummaries()).extracting(NumberSummary::path, NumberSummary::latest).containsExactly(
                org.assertj.core.groups.Tuple.tuple("dpt.article.rmse", true),
                org.assertj.core.groups.Tuple.tuple("dpt.article-fixed.rmse", false));
        assertThat(samples.getFirst().numbers()).containsExactly(Map.entry("dpt.article.rmse", 100.0),
                Map.entry("dpt.article-fixed.rmse", 1.0));
        assertThat(dataset.evaluations()).extracting(EvaluationRecord::protocol).containsExactlyInAnyOrder("article",
                "article-fixed");
    }

    @Test
    void otherTruthOrDefinitionDeletesTheNumbers() {
        samples.forEach(sample -> TestDatasets.score(sample,
                dataset.beginEvaluation("dpt", "p", "gt", TestDatasets.definition("v1")), 5));
        assertThat(dataset.count("dpt.p.rmse")).isEqualTo(4);
        TestDatasets.score(samples.getFirst(), dataset.beginEvaluation("dpt", "p", "gt", TestDatasets.definition("v1")),
                6);
        assertThat(dataset.count("dpt.p.rmse")).as("the same again").isEqualTo(4);
        TestDatasets.score(samples.getFirst(), dataset.beginEvaluation("dpt", "p", "gt", TestDatasets.definition("v2")),
                7);
        assertThat(dataset.count("dpt.p.rmse")).isEqualTo(1);
        TestDatasets.score(samples.get(1), dataset.beginEvaluation("dpt", "p", "raw", TestDatasets.definition("v2")),
                8);
        assertThat(dataset.values("dpt.p.rmse")).containsExactly(Double.NaN, 8, Double.NaN, Double.NaN);
    }

    @Test
    void undefinedAndInfiniteNumbersSurvive() {
        double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < 3; i++) {
            samples.get(i).setNumber("dpt.psnr", values[i]);
        }
        assertThat(dataset.values("dpt.psnr")).containsExactly(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN);
        NumberSummary summary = dataset.numberSummary("dpt.psnr");
        assertThat(summary.count()).isEqualTo(3);
        assertThat(summary.undefined()).isEqualTo(1);
        assertThat(summary.mean()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(summary.min()).isEqualTo(1);
        samples.get(2).setNumber("dpt.psnr", 3);
        assertThat(dataset.mean("dpt.psnr")).isEqualTo(2);
        assertThat(dataset.numberSummary("dpt.psnr").standardDeviation()).isEqualTo(1);
        samples.get(3).setNumber("dpt.psnr", values[3]);
        assertThat(dataset.bounds("dpt.psnr").min()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void unknownNumbersSuggestNearOnes() {
        assertThatThrownBy(() -> dataset.mean("dpt.rmse")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("evaluate a prediction first");
        samples.getFirst().setNumber("dpt.article.rmse", 1);
        assertThatThrownBy(() -> dataset.mean("dpt.rmes")).hasMessageContaining("did you mean dpt.rmse");
        assertThatThrownBy(() -> dataset.mean("dpt.articel.rmse")).hasMessageContaining("dpt.article.rmse");
        for (String path : List.of("rmse", "dpt.", ".rmse", "a.b.c.d", "dpt.a b")) {
            assertThatThrownBy(() -> dataset.mean(path)).as(path).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> samples.getFirst().setNumber(path, 1)).as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void numbersNeedAPrediction() {
        dataset.recordFailure(samples.getFirst(), "dpt", "gone");
        assertThatThrownBy(() -> samples.getFirst().setNumber("dpt.rmse", 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no prediction dpt");
        assertThatThrownBy(() -> samples.get(1).setNumber("dtp.rmse", 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean dpt?");
        assertThatThrownBy(() -> dataset.beginEvaluation("gt", "p", "gt", TestDatasets.definition("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
