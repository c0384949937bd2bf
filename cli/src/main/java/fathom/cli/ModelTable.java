package fathom.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import fathom.models.Catalogue;
import fathom.models.HubModel;
import fathom.models.HubModels;
import fathom.raster.DepthKind;

/** The known models as a Markdown table, which is how the README has them. */
final class ModelTable {
    private ModelTable() {}

    static String markdown() {
        StringBuilder table = new StringBuilder("""
                | model | architecture | gives | parameters | licence | published |
                |---|---|---|---|---|---|
                """);
        for (Catalogue.Entry entry : Catalogue.entries()) {
            row(table, List.of("`" + entry.name() + "`", "", entry.description(), "", entry.licence(), ""));
        }
        for (HubModel model : HubModels.list()) {
            String parameters = model.parameters().isPresent()
                    ? String.format(Locale.ROOT, "%.1f M", model.parameters().getAsLong() / 1e6)
                    : "";
            String depth = model.maxDepthMetres().isPresent()
                    ? String.format(Locale.ROOT, " to %.0f m", model.maxDepthMetres().getAsDouble())
                    : "";
            row(table,
                    List.of("`" + model.id() + "`", model.modelType() + " on " + model.backbone(),
                            gives(model.kind()) + depth, parameters,
                            model.licence().spdx() + (model.licence().certain() ? "" : "?"),
                            model.scores().stream().map(ModelTable::score).collect(Collectors.joining(", "))));
        }
        return table.toString();
    }

    private static String gives(DepthKind kind) {
        return switch (kind) {
            case METRIC -> "metres";
            case SCALE_INVARIANT -> "depth up to scale";
            case AFFINE -> "depth up to scale and shift";
            case AFFINE_INVERSE -> "inverse depth up to scale and shift";
            case LEVELS -> "levels of a picture";
        };
    }

    private static String score(HubModel.Score score) {
        return score.benchmark() + " " + score.measure() + " " + score.value() + (score.certain() ? "" : "?");
    }

    private static void row(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
