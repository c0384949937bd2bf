package fathom.inference.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import fathom.formats.Png;
import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.inference.remote.RemoteException.Reason;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model on Replicate as an estimator: every run is one paid call. {@link #run} may be called from many threads at once
 * and overlaps; closing cancels what is under way.
 */
public final class RemoteEstimator implements DepthEstimator {
    private static final String PICTURE_INPUT = "image";

    private final ReplicateClient client;
    private final RemoteOptions options;
    private final OutputReading reading;
    private final String version;
    private final ModelDescription description;

    private RemoteEstimator(ReplicateClient client, RemoteModel model, String version, RemoteOptions options,
            OutputReading reading) {
        this.client = client;
        this.options = options;
        this.reading = reading;
        this.version = version;
        String inputs = options.inputs().entrySet().stream().map(input -> input.getKey() + "=" + input.getValue())
                .collect(Collectors.joining(", ", " with ", ""));
        this.description = new ModelDescription(RemoteModel.PREFIX + model.slug(), "remote", reading.kind(),
                "torch-bilinear", "sent losslessly as PNG" + (options.inputs().isEmpty() ? "" : inputs) + "; "
                        + reading.provenance(),
                0, "unknown", RemoteModel.PREFIX + model.slug() + ":" + version, "");
    }

    /**
     * Looks the model up; costs nothing.
     *
     * @throws RemoteException if the service does not know it or refuses the token
     */
    public static RemoteEstimator open(RemoteModel model, RemoteOptions options) {
        return open(ReplicateClient.ENDPOINT, model, options);
    }

    /** The same at another service that behaves like it. */
    static RemoteEstimator open(URI endpoint, RemoteModel model, RemoteOptions options) {
        OutputReading reading = OutputReading.of(model, options);
        ReplicateClient client = new ReplicateClient(endpoint, options.token(), options.listener());
        try {
            String version = model.version()
                    .orElseGet(() -> client.latestVersion(model, Instant.now().plus(options.timeout())));
            return new RemoteEstimator(client, model, version, options, reading);
        } catch (RemoteException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public ModelDescription description() {
        return description;
    }

    @Override
    public List<String> warnings() {
        return reading.warnings();
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public PreparedInput prepare(RgbImage image) {
        try {
            return new PreparedInput.EncodedPicture(image.height(), image.width(), "image/png",
                    ByteBuffer.wrap(Png.encodeRgb(image)).asReadOnlyBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Estimate run(PreparedInput input) {
        if (!(input instanceof PreparedInput.EncodedPicture picture)) {
            throw new IllegalArgumentException("input: expected what this estimator prepared, found " + input);
        }
        Instant deadline = Instant.now().plus(options.timeout());
        ObjectNode inputs = ReplicateClient.inputs(options.inputs());
        byte[] file = new byte[picture.file().limit()];
        picture.file().get(0, file);
        inputs.put(PICTURE_INPUT, client.address(file, picture.mediaType(), "picture.png", deadline));
        RemotePrediction prediction = client.predict(version, inputs, options.timeout());
        if (prediction.outputs().size() <= reading.file()) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER, "prediction " + prediction.id() + ": expected at least "
                    + (reading.file() + 1) + " output files, found " + prediction.outputs().size());
        }
        byte[] output = client.download(prediction.outputs().get(reading.file()), deadline);
        Plane values = reading.values(output, "prediction " + prediction.id() + " output[" + reading.file() + "]");
        return Estimate.of(Prediction.of(reading.kind(), values));
    }

    @Override
    public void close() {
        client.close();
    }
}
