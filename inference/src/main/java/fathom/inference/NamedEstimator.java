package fathom.inference;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.Supplier;

import fathom.graph.Port;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.RgbImage;
import fathom.raster.advice.Remedy;

/** An estimator under the name that the user requested, instead of the name of the folder that contains it. */
final class NamedEstimator implements DepthEstimator {
    private final DepthEstimator estimator;
    private final String name;
    private final Supplier<ModelDescription> description;

    /**
     * Creates the estimator. The description of {@code estimator} is computed only when it is needed, because it hashes
     * the weights.
     *
     * @param revision the commit; may be empty
     */
    NamedEstimator(DepthEstimator estimator, String name, String source, String licence, String revision,
            String folder) {
        this.estimator = estimator;
        this.name = name;
        this.description = new Lazy<>(() -> {
            ModelDescription own = estimator.description();
            return new ModelDescription(name, own.architecture(), own.kind(), own.resampling(), own.inputPolicy(),
                    own.parameters(), licence, source, inFolder(own.identity().withRevision(revision), folder));
        });
    }

    /** Returns the estimator under the name of its folder. */
    private static ModelIdentity inFolder(ModelIdentity identity, String folder) {
        return folder.isEmpty()
                ? identity
                : new ModelIdentity(identity.revision(), identity.weightsHash(), identity.service(),
                        identity.settings().with(HubOpening.SUBFOLDER, folder), identity.preprocessing());
    }

    DepthEstimator own() {
        return estimator;
    }

    @Override
    public ModelDescription description() {
        return description.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> warnings() {
        return estimator.warnings();
    }

    @Override
    public List<Remedy> remedies() {
        return estimator.remedies();
    }

    @Override
    public PreparedInput prepare(RgbImage image) {
        return estimator.prepare(image);
    }

    @Override
    public Estimate run(PreparedInput input) {
        return estimator.run(input);
    }

    @Override
    public List<Estimate> runAll(List<PreparedInput> inputs) {
        return estimator.runAll(inputs);
    }

    @Override
    public SortedMap<String, String> options() {
        return estimator.options();
    }

    @Override
    public OptionalInt threads() {
        return estimator.threads();
    }

    @Override
    public OptionalLong operations(PreparedInput input) {
        return estimator.operations(input);
    }

    @Override
    public List<Port> inputs() {
        return estimator.inputs();
    }

    @Override
    public List<Port> outputs() {
        return estimator.outputs();
    }

    @Override
    public boolean isRemote() {
        return estimator.isRemote();
    }

    @Override
    public void close() {
        estimator.close();
    }
}
