package fathom.cli.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.evaluation.reports.TextTable;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.HubModel;
import fathom.models.catalogue.HubModels;
import fathom.raster.DepthKind;

/** The Markdown table of known models in {@code docs/models.md}. */
public final class ModelTable {
    private ModelTable() {}

    /** {@return the table} */
    public static String markdown() {
        List<List<TextTable.Cell>> rows = new ArrayList<>();
        for (Catalogue.Entry entry : Catalogue.entries()) {
            rows.add(row(entry.name(), "", entry.description(), "", entry.licence(), ""));
        }
        for (HubModel model : HubModels.list()) {
            String parameters = model.parameters().isPresent()
                    ? String.format(Locale.ROOT, "%.1f M", model.parameters().getAsLong() / 1e6)
                    : "";
            String depth = model.maxDepthMetres().isPresent()
                    ? String.format(Locale.ROOT, " to %.0f m", model.maxDepthMetres().getAsDouble())
                    : "";
            rows.add(row(model.id(), model.modelType() + " on " + model.backbone(), gives(model.kind()) + depth,
                    parameters, model.licence().spdx() + (model.licence().certain() ? "" : "?"),
                    model.scores().stream().map(ModelTable::score).collect(Collectors.joining(", "))));
        }
        List<TextTable.Column> columns = Stream
                .of("model", "architecture", "gives", "parameters", "licence", "published")
                .map(heading -> new TextTable.Column(heading, TextTable.Alignment.LEFT)).toList();
        return new TextTable(columns, rows).markdown();
    }

    private static String gives(DepthKind kind) {
        return switch (kind) {
            case METRIC -> "metres";
            case SCALE_INVARIANT -> "depth up to scale";
            case AFFINE -> "depth up to scale and shift";
            case AFFINE_INVERSE -> "inverse depth up to scale and shift";
            case LEVELS -> "8-bit values of a picture";
        };
    }

    private static String score(HubModel.Score score) {
        return score.benchmark() + " " + score.measure() + " " + score.value() + (score.certain() ? "" : "?");
    }

    private static List<TextTable.Cell> row(String name, String... cells) {
        return Stream.concat(Stream.of(TextTable.Cell.ofCode(name)), Arrays.stream(cells).map(TextTable.Cell::of))
                .toList();
    }
}
