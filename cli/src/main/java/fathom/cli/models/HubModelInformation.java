package fathom.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import fathom.hub.Hub;
import fathom.hub.HubException;
import fathom.hub.HubListener;
import fathom.hub.HubSettings;
import fathom.hub.RequestedFiles;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.models.ModelDescription;
import fathom.models.catalogue.HubModel;
import fathom.weights.CheckpointException;

/**
 * What {@code fathom models info} tells of a known model of the hub, and what {@code --json} prints of it. Nothing is
 * downloaded for it.
 *
 * @param model what is known without its weights
 * @param options its own settings, by key, with what each does
 * @param downloaded whether the cache holds all of it
 * @param description what its weights say, where they are in the cache and sound
 * @param warnings what to know before relying on it
 */
record HubModelInformation(HubModel model, Map<String, String> options, boolean downloaded,
        Optional<ModelDescription> description, List<String> warnings) {
    static HubModelInformation of(HubModel model, HubSettings settings) throws IOException {
        Map<String, String> options = Estimators.options(model);
        Optional<Path> folder = folder(model, settings.withOffline(true));
        if (folder.isEmpty()) {
            return new HubModelInformation(model, options, false, Optional.empty(), List.of());
        }
        try (DepthEstimator estimator = Estimators.open(folder.get().toString(), EstimatorOptions.defaults())) {
            return new HubModelInformation(model, estimator.options(), true, Optional.of(estimator.description()),
                    estimator.warnings());
        } catch (CheckpointException e) {
            return new HubModelInformation(model, options, true, Optional.empty(), List.of(
                    "what is in the cache is not sound; fathom models remove " + model.id() + " and pull it again: " + e
                            .getMessage()));
        }
    }

    /** Where the cache holds the whole model. */
    private static Optional<Path> folder(HubModel model, HubSettings offline) throws IOException {
        try (Hub hub = new Hub(offline)) {
            return Optional.of(hub.fetch(model.repository(), new RequestedFiles.Any(Set.of()), HubListener.silent())
                    .folder());
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.OFFLINE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
