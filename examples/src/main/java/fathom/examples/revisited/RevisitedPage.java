package fathom.examples.revisited;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.Protocol;

/** The text of {@code docs/the-article-revisited.md}, with numbers computed from scenes. */
final class RevisitedPage {
    /** The protocols of the page: the article's, its fixed form, its aligned form, and one in metres. */
    static final List<String> PROTOCOLS = List.of("article", "article-fixed", "article-aligned", "aligned");

    private final List<Scene> scenes;
    private final StringBuilder page = new StringBuilder();

    private RevisitedPage(List<Scene> scenes) {
        this.scenes = scenes;
    }

    /** Returns the page in Markdown. */
    static String write(List<Scene> scenes, List<Protocol> protocols) throws UnscorableException {
        RevisitedPage revisited = new RevisitedPage(scenes);
        revisited.opening();
        revisited.verdicts(protocols);
        revisited.printed();
        revisited.headlines();
        return revisited.page.toString();
    }

    /** Returns the section about real scenes, which follows the page. */
    static String real(List<Scene> scenes, List<Protocol> protocols) throws UnscorableException {
        RevisitedPage section = new RevisitedPage(scenes);
        section.line("", "## The same on real depth", "",
                "The same models, made from the depth of " + scenes.size()
                        + " scenes of SUN RGB-D (depth_bfx; where it is missing, the median of the scene),",
                "which are not part of this project.", "");
        for (Protocol protocol : protocols) {
            Ranking ranking = Ranking.of(protocol, scenes);
            section.line("### Real depth, " + protocol.name(), "");
            section.table(ranking);
            section.line("", verdict(ranking), "");
        }
        return section.page.toString().stripTrailing() + "\n";
    }

    private void opening() {
        line("# The article revisited", "",
                "The article that Fathom began with compared two depth models on 20 scenes and printed RMSE 49.89 for DPT and",
                "104.01 for Marigold. Its verdict: DPT is better. This page repeats the comparison with predictions whose quality is",
                "known, because they are made from the exact depth of sample rooms. So each protocol can be checked: does it say what",
                "is true?", "",
                "`RevisitArticle` writes this page: `mvn -q -pl examples -am -Previsit process-classes`. A test compares the page with",
                "the numbers that the program computes.", "", "## The models", "", "| model | what is known about it |",
                "|---|---|");
        for (RelativeModel model : RelativeModel.values()) {
            line("| " + model.title() + " | " + model.quality() + " |");
        }
        line("", scenes.size() + " rooms, " + scenes.getFirst().truth().height() + "×"
                + scenes.getFirst().truth().width()
                + " pixels. The first three predictions contain the same information: the shape of the room, without an error.",
                "", "![Room, truth, and three predictions as the article sees them](images/article-maps.png)", "",
                "*The 8-bit maps that the article compares, for one room. The colours of the last map do not ascend with depth: the red",
                "channel of Spectral is large in the middle of the range and small at both ends.*", "");
    }

    private void verdicts(List<Protocol> protocols) throws UnscorableException {
        line("## What each protocol concludes", "");
        for (Protocol protocol : protocols) {
            Ranking ranking = Ranking.of(protocol, scenes);
            line("### " + protocol.text().title(), "");
            table(ranking);
            line("", verdict(ranking), "");
        }
        line("![Relative errors of four models](images/aligned-errors.png)", "",
                "*The relative error under the protocol aligned, for one room. The perfect model has none, the blurred one has errors at",
                "edges, the noisy one everywhere, and the red channel where red does not ascend with depth.*", "");
    }

    private void table(Ranking ranking) {
        Protocol protocol = ranking.protocol();
        List<Metric> metrics = protocol.metrics().subList(0, 3);
        StringBuilder heading = new StringBuilder("| model |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Metric metric : metrics) {
            String unit = protocol.unit(metric);
            heading.append(' ').append(metric.title()).append(unit.isEmpty() ? "" : ", " + unit).append(" |");
            rule.append("---:|");
        }
        line(heading + " rank by " + ranking.metric().title() + " |", rule + "---:|");
        for (RelativeModel model : RelativeModel.values()) {
            StringBuilder row = new StringBuilder("| " + model.title() + " |");
            for (Metric metric : metrics) {
                row.append(' ').append(number(ranking.value(model, metric), protocol.decimals(metric))).append(" |");
            }
            line(row + " " + ranking.rank(model) + " |");
        }
    }

    /** Returns what a reader of the table concludes, and whether it is true. */
    private static String verdict(Ranking ranking) {
        int perfect = ranking.rank(RelativeModel.PERFECT_DEPTH);
        int inverse = ranking.rank(RelativeModel.PERFECT_INVERSE);
        int channel = ranking.rank(RelativeModel.RED_CHANNEL);
        int noisy = ranking.rank(RelativeModel.NOISY);
        StringBuilder verdict = new StringBuilder();
        if (perfect == inverse && perfect == 1) {
            verdict.append("Both perfect models are equal and first, which is true. ");
        } else {
            verdict.append(String.format(Locale.ROOT,
                    "The two perfect models have the ranks %d and %d, which is false: they are equally good. ", perfect,
                    inverse));
        }
        verdict.append(noisy < Math.max(perfect, inverse)
                ? "The noisy model is ranked above a perfect one, which is false. "
                : "The noisy model is ranked below both, which is true. ");
        double factor = ranking.value(RelativeModel.RED_CHANNEL) / ranking.value(RelativeModel.PERFECT_INVERSE);
        verdict.append(factor < LARGE
                ? String.format(Locale.ROOT,
                        "The red channel has rank %d; its %s is %.1f times that of perfect inverse depth, and it is printed as "
                                + "the score of the depth model.",
                        channel, ranking.metric().title(), factor)
                : String.format(Locale.ROOT,
                        "The red channel has rank %d of %d, which is true: no scale and shift makes depth of it.",
                        channel, RelativeModel.values().length));
        return verdict.toString();
    }

    private static final double LARGE = 20;

    /** Compares the printed scores of the article with those of perfect models. */
    private void printed() throws UnscorableException {
        Protocol article = Protocol.named("article");
        line("## The printed numbers", "",
                "The program that made the pictures of Marigold returns two files: depth in 16 bits, and a picture in the Spectral",
                "colormap. The article reads channel 0 of a picture of three channels, which only the second file has.",
                "", "| under the protocol article | RMSE per room | printed in the article |", "|---|---|---|");
        for (RelativeModel model : List.of(RelativeModel.PERFECT_INVERSE, RelativeModel.RED_CHANNEL,
                RelativeModel.PERFECT_DEPTH)) {
            DoubleSummaryStatistics rmse = new DoubleSummaryStatistics();
            for (Scene scene : scenes) {
                rmse.accept(
                        article.score(scene.truth(), model.predict(scene.metres())).value(Metric.RMSE).orElseThrow());
            }
            line(String.format(Locale.ROOT, "| %s | %.0f to %.0f | %s |", model.title(), rmse.getMin(), rmse.getMax(),
                    switch (model) {
                        case PERFECT_INVERSE -> "49.89 (DPT)";
                        case RED_CHANNEL -> "104.01 (Marigold)";
                        case PERFECT_DEPTH, BLURRED, NOISY -> "not in the article";
                    }));
        }
        line("", "Both printed numbers are in the range of perfect models. They say how the files were read, not how good the models",
                "are. The verdict of the article is not supported by its numbers; it may still be true.", "");
    }

    private void headlines() throws UnscorableException {
        line("## Metric headlines", "",
                "A model that predicts metres can be scored as it is, or after its unknown scale was fitted to the truth. Both numbers",
                "are called δ1. Two models, made from the same rooms, scored where a sensor measures:", "");
        for (MetricModel model : MetricModel.values()) {
            line("- " + model.title() + ": " + model.quality() + ".");
        }
        line("", "| what is fitted | δ1 of A | δ1 of B | RMSE of A, m | RMSE of B, m | RMSE of A, pooled, m | RMSE of B, pooled, m |",
                "|---|---:|---:|---:|---:|---:|---:|");
        List<Headlines.Headline> headlines = Headlines.of(scenes);
        for (Headlines.Headline headline : headlines) {
            line(String.format(Locale.ROOT, "| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |", headline.title(),
                    headline.delta1(MetricModel.WRONG_SCALE), headline.delta1(MetricModel.RIGHT_SCALE),
                    headline.rmse(MetricModel.WRONG_SCALE), headline.rmse(MetricModel.RIGHT_SCALE),
                    headline.pooled(MetricModel.WRONG_SCALE).rmse(), headline.pooled(MetricModel.RIGHT_SCALE).rmse()));
        }
        Headlines.Headline metric = headlines.getFirst();
        Headlines.Headline aligned = headlines.getLast();
        line("", String.format(Locale.ROOT,
                "The δ1 of A is %.3f in metres and %.3f after the fit of log depth. A headline with the second number describes",
                metric.delta1(MetricModel.WRONG_SCALE), aligned.delta1(MetricModel.WRONG_SCALE)),
                "the shape of the scenes, not the metres. " + (aligned.rmse(MetricModel.WRONG_SCALE) < aligned
                        .rmse(MetricModel.RIGHT_SCALE)
                        && metric.rmse(MetricModel.WRONG_SCALE) > metric.rmse(MetricModel.RIGHT_SCALE)
                                ? "After the fit, A is better than B; in metres, B is better than A. Both are true."
                                : "The order of the models is the same."),
                String.format(Locale.ROOT,
                        "Pooling all pixels changes the RMSE of A from %.3f m to %.3f m: one scene with a large error counts more.",
                        metric.rmse(MetricModel.WRONG_SCALE), metric.pooled(MetricModel.WRONG_SCALE).rmse()),
                "So a number needs the name of its protocol: `fathom protocols show P` prints what is fitted and what the mean is",
                "taken over.");
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void line(String... lines) {
        for (String line : lines) {
            page.append(line).append('\n');
        }
    }
}
