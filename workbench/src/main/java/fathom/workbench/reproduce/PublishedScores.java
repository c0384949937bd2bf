package fathom.workbench.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import fathom.evaluation.metrics.Metric;
import fathom.raster.advice.NearestNames;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The pinned table of published scores, and the ledger of known discrepancies, from {@code published.yaml} of this package.
 *
 * @param cells the scores
 * @param discrepancies the ledger
 */
public record PublishedScores(List<Cell> cells, List<Discrepancy> discrepancies) {
    private static final String RESOURCE = "published.yaml";

    /** Copies the lists. */
    public PublishedScores {
        cells = List.copyOf(cells);
        discrepancies = List.copyOf(discrepancies);
    }

    /** {@return the table of this program} */
    public static PublishedScores load() {
        try (InputStream in = PublishedScores.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + ": missing from the program's resources");
            }
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + ": cannot be read", e);
        }
    }

    /**
     * {@return the cell with that name}
     *
     * @param name the name
     * @throws IllegalArgumentException if there is none; the message names similar ones
     */
    public Cell named(String name) {
        for (Cell cell : cells) {
            if (cell.name().equals(name)) {
                return cell;
            }
        }
        List<String> names = cells.stream().map(Cell::name).toList();
        List<String> near = NearestNames.of(name, names, 3);
        throw new IllegalArgumentException("cell: expected " + (near.isEmpty()
                ? "the name of a published score, for example " + names.getFirst()
                : String.join(" or ", near)) + ", found \"" + name + "\"");
    }

    /**
     * Reads the YAML file.
     *
     * @throws IllegalArgumentException if a key is missing or a value is not valid
     */
    static PublishedScores read(byte[] yaml) {
        JsonNode root = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()
                .readTree(yaml);
        List<Cell> cells = new ArrayList<>();
        for (JsonNode source : root.path("sources")) {
            for (JsonNode cell : source.path("cells")) {
                cells.add(cell(source, cell));
            }
        }
        List<Discrepancy> discrepancies = new ArrayList<>();
        for (JsonNode entry : root.path("discrepancies")) {
            discrepancies.add(new Discrepancy(text(entry, "subject"), text(entry, "layer"), text(entry, "finding"),
                    text(entry, "source")));
        }
        return new PublishedScores(cells, discrepancies);
    }

    /** Returns a cell; keys that it lacks are those of its source. */
    private static Cell cell(JsonNode source, JsonNode cell) {
        String name = text(cell, "name");
        String metric = text(cell, "metric");
        JsonNode model = cell.has("model") ? cell : source;
        JsonNode status = cell.has("status") ? cell : source;
        JsonNode note = cell.has("note") ? cell : source;
        JsonNode samples = cell.has("samples") ? cell : source;
        JsonNode dataset = cell.has("dataset") ? cell : source;
        JsonNode protocol = cell.has("protocol") ? cell : source;
        return new Cell(name, text(model, "model"), text(dataset, "dataset"), samples.path("samples").asInt(0),
                text(protocol, "protocol"),
                Metric.named(metric)
                        .orElseThrow(() -> new IllegalArgumentException(
                                RESOURCE + ": cell " + name + ": expected the key of a metric, found " + metric)),
                cell.path("value").asDouble(Double.NaN),
                cell.path("tolerance").asDouble(source.path("tolerance").asDouble(0.05)),
                text(source, "source") + ", " + text(cell, "row"), CellStatus.ofLabel(text(status, "status")),
                note.path("note").asString(""));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isString() || value.asString().isBlank()) {
            throw new IllegalArgumentException(
                    RESOURCE + ": " + key + ": expected text, found " + value + " in " + node);
        }
        return value.asString();
    }
}
