package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

final class ReportCommandTest {
    @TempDir
    private static Path home;

    @BeforeAll
    static void create() throws IOException {
        ReportedDataset.create(home);
    }

    private static CommandLineRun run(String... words) {
        CommandLineRun run = new CommandLineRun(home).run(words);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run;
    }

    @Test
    void theTableHasIntervalsCommonSamplesAndVerdicts() {
        assertThat(run("report", ReportedDataset.NAME, "--protocol", "article-aligned").out())
                .contains("protocol article-aligned, definition ").contains("all 10 samples, truth gt; fathom ")
                .contains("in common").contains("cannot be distinguished").contains("is better")
                .contains("10,000 resamples, seed 7");
    }

    @Test
    void jsonOfOneProtocolIsAnObjectAndOfAllAnArray() {
        JsonNode one = json("report", ReportedDataset.NAME, "--protocol", "article-fixed", "--json");
        assertThat(one.get("definition").stringValue()).hasSize(64);
        assertThat(one.get("comparisons")).isNotEmpty();
        assertThat(json("report", ReportedDataset.NAME, "--json").size()).isEqualTo(2);
    }

    private static JsonNode json(String... words) {
        return JsonMapper.builder().build().readTree(run(words).out());
    }

    @Test
    void slicesHaveRows() {
        JsonNode report = json("report", ReportedDataset.NAME, "--slice", "tag", "--protocol", "article-fixed",
                "--json");
        assertThat(report.get("rows").valueStream().map(row -> row.get("slice").stringValue()).distinct().toList())
                .containsExactly("", "even", "odd");
        assertThat(new CommandLineRun(home).run("report", ReportedDataset.NAME, "--slice", "depth").out())
                .contains("2 to 4 m").contains("article-fixed");
    }

    @Test
    void latexIsPrinted() {
        assertThat(run("report", ReportedDataset.NAME, "-f", "latex").out()).contains("\\begin{tabular}");
    }

    @Test
    void thePageIsWrittenAndItsPathPrinted() throws IOException {
        Path page = home.resolve("report.html");
        CommandLineRun run = new CommandLineRun(home).run("report", ReportedDataset.NAME, "--html", page.toString());
        assertThat(run.out().strip()).isEqualTo(page.toString());
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").doesNotContain(ReportedDataset.HOSTILE);
    }
}
