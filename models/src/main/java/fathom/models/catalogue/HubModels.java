package fathom.models.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import fathom.hub.HubReference;
import fathom.raster.DepthKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The known depth models of the Hub, from the table {@code hub-models.json} in this package. */
public final class HubModels {
    private static final List<HubModel> MODELS = read();

    private HubModels() {}

    /** {@return all models, grouped by family} */
    public static List<HubModel> list() {
        return MODELS;
    }

    /**
     * Returns the model with an identifier or former identifier.
     *
     * @param id {@code owner/name}; case is ignored, as on the Hub
     * @return the model, or empty if it is unknown
     */
    public static Optional<HubModel> find(String id) {
        return MODELS.stream().filter(model -> model.id().equalsIgnoreCase(id)
                || model.aliases().stream().anyMatch(alias -> alias.equalsIgnoreCase(id))).findFirst();
    }

    /**
     * Replaces a known former identifier by the current one.
     *
     * @param repository the requested repository
     * @return the repository under its current identifier; {@code repository} if it is unknown
     */
    public static HubReference.Repository current(HubReference.Repository repository) {
        return find(repository.id())
                .filter(model -> model.aliases().stream().anyMatch(repository.id()::equalsIgnoreCase))
                .map(model -> model.repository().at(repository.revision())).orElse(repository);
    }

    private static List<HubModel> read() {
        try (InputStream stream = HubModels.class.getResourceAsStream("hub-models.json")) {
            if (stream == null) {
                throw new IllegalStateException("hub-models.json is missing from this build");
            }
            List<HubModel> models = new ArrayList<>();
            for (JsonNode node : JsonMapper.shared().readTree(stream.readAllBytes())) {
                models.add(model(node));
            }
            return List.copyOf(models);
        } catch (IOException e) {
            throw new UncheckedIOException("reading hub-models.json", e);
        }
    }

    private static HubModel model(JsonNode node) {
        if (!(HubReference.parse(node.required("id").asString()) instanceof HubReference.Repository repository)) {
            throw new IllegalStateException("hub-models.json: expected owner/name, found " + node.required("id"));
        }
        List<HubModel.Score> scores = new ArrayList<>();
        for (JsonNode score : node.required("scores")) {
            scores.add(new HubModel.Score(score.required("benchmark").asString(), score.required("measure").asString(),
                    score.required("value").asDouble(), score.required("source").asString(),
                    score.required("certain").asBoolean()));
        }
        JsonNode licence = node.required("licence");
        List<String> aliases = new ArrayList<>();
        for (JsonNode alias : node.path("aliases")) {
            aliases.add(alias.asString());
        }
        return new HubModel(repository, aliases, node.required("model_type").asString(),
                node.required("backbone").asString(), DepthKind.ofLabel(node.required("kind").asString()),
                node.has("max_depth_metres")
                        ? OptionalDouble.of(node.required("max_depth_metres").asDouble())
                        : OptionalDouble.empty(),
                node.has("parameters") ? OptionalLong.of(node.required("parameters").asLong()) : OptionalLong.empty(),
                node.required("input").asString(),
                new HubModel.Licence(licence.required("spdx").asString(), licence.required("certain").asBoolean()),
                scores, node.path("note").asString(""));
    }
}
