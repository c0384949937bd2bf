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
import fathom.models.catalogue.ModelFiles;
import fathom.weights.CheckpointException;

/**
 * The output of {@code fathom models info} for a known Hub model. Nothing is downloaded to create it.
 *
 * @param model the facts that are known without its weights
 * @param options the model-specific options: key and description
 * @param downloaded whether the cache contains the complete model
 * @param description the description read from the weights; empty if they are not in the cache or invalid
 * @param warnings limitations that users need to know
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
            return new HubModelInformation(model, options, true, Optional.empty(),
                    List.of("the cached files are invalid; run fathom models remove " + model.id()
                            + " and download it again: " + e.getMessage()));
        }
    }

    /** Returns the folder of the model if the cache contains all of its files. */
    private static Optional<Path> folder(HubModel model, HubSettings offline) throws IOException {
        try (Hub hub = new Hub(offline)) {
            return Optional.of(hub
                    .fetch(model.repository(), new RequestedFiles.Any(Set.of(), ModelFiles.RULES), HubListener.silent())
                    .folder());
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.OFFLINE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
