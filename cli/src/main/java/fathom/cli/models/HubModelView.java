package fathom.cli.models;

import java.util.Locale;

import fathom.cli.console.Table;
import fathom.models.catalogue.HubModel;

/** Formats the facts about a Hub model as text. */
final class HubModelView {
    private HubModelView() {}

    /** Returns one line for lists. */
    static String line(HubModel model, boolean cached) {
        String size = model.parameters().isPresent()
                ? String.format(Locale.ROOT, ", %.0f M weights", model.parameters().getAsLong() / 1e6)
                : "";
        return model.modelType() + " on " + model.backbone() + ": " + model.kind().label() + " depth" + size
                + (cached ? ", downloaded" : "");
    }

    /** Returns all facts as a table. */
    static String table(HubModelInformation information) {
        HubModel model = information.model();
        Table table = new Table("", "");
        table.row("name", model.id()).row("architecture", model.modelType() + " on " + model.backbone()).row("output",
                model.kind().label() + " depth" + (model.kind().unit().isEmpty() ? "" : ", metres"));
        model.maxDepthMetres().ifPresent(depth -> table.row("maximum depth", depth + " m"));
        table.row("input", model.inputPolicy())
                .row("parameters",
                        model.parameters().isPresent()
                                ? String.format(Locale.ROOT, "%,d", model.parameters().getAsLong())
                                : "not published")
                .row("memory of the weights",
                        model.weightBytes().isPresent()
                                ? String.format(Locale.ROOT, "%.0f MB", model.weightBytes().getAsLong() / 1e6)
                                : "unknown")
                .row("licence", model.licence().spdx() + (model.licence().certain() ? "" : " (not verified)"))
                .row("downloaded", information.downloaded() ? "yes" : "no; fathom models pull " + model.id());
        information.description()
                .ifPresent(description -> table.row("preprocessing", description.inputPolicy())
                        .row("resized to the picture with", description.resampling())
                        .row("weights in the cache", String.format(Locale.ROOT, "%,d", description.parameters()))
                        .row("source", description.source()).row("weights (SHA-256)", description.weightsHash()));
        for (HubModel.Score score : model.scores()) {
            table.row(score.benchmark() + " " + score.measure(),
                    score.value() + " (" + score.source() + (score.certain() ? ")" : ", not verified)"));
        }
        if (!model.note().isEmpty()) {
            table.row("note", model.note());
        }
        information.warnings().forEach(warning -> table.row("note", warning));
        information.options().forEach((key, what) -> table.row("--option " + key + "=…", what));
        return table.toString().stripLeading();
    }
}
