package fathom.inference;

import java.util.List;
import java.util.SortedMap;

import fathom.inference.replicate.RemoteDepth;
import fathom.inference.replicate.RemoteModel;
import fathom.inference.replicate.RemoteOptions;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.raster.RgbImage;

/** An estimator for a remote model ({@link RemoteDepth}). Each run is one billed call. Runs overlap. */
public final class RemoteEstimator implements DepthEstimator {
    private final RemoteDepth model;

    private RemoteEstimator(RemoteDepth model) {
        this.model = model;
    }

    /**
     * Opens a remote model. Queries its version, which is free.
     *
     * @param model the model
     * @param options the options
     * @return the estimator
     * @throws fathom.inference.replicate.RemoteException if the service does not know the model or rejects the access
     *            token
     * @throws IllegalArgumentException if the options do not fit the model
     */
    public static RemoteEstimator open(RemoteModel model, RemoteOptions options) {
        return new RemoteEstimator(RemoteDepth.open(model, options));
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public List<String> warnings() {
        return model.warnings();
    }

    @Override
    public SortedMap<String, String> options() {
        return RemoteOptions.descriptions();
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public PreparedInput prepare(RgbImage image) {
        return new PreparedInput.EncodedPicture(image.height(), image.width(), RemoteDepth.MEDIA_TYPE,
                model.encode(image));
    }

    @Override
    public Estimate run(PreparedInput input) {
        return model.run(input.as(PreparedInput.EncodedPicture.class).file());
    }

    @Override
    public void close() {
        model.close();
    }
}
