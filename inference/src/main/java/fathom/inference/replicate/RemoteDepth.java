package fathom.inference.replicate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import fathom.formats.json.JsonValue.Members;
import fathom.formats.png.Png;
import fathom.inference.replicate.RemoteException.Reason;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A depth model on Replicate. Each run is one billed call. {@link #run} can be called from several threads, and calls
 * overlap. If a running thread is interrupted, its call is cancelled; {@link #close} cancels all calls in progress.
 */
public final class RemoteDepth implements AutoCloseable {
    /** The format in which pictures are sent. */
    public static final String MEDIA_TYPE = "image/png";

    private final ReplicateClient client;
    private final RemoteOptions options;
    private final OutputPostprocessor reading;
    private final @Nullable String version;
    private final ModelDescription description;

    private RemoteDepth(ReplicateClient client, RemoteModel model, @Nullable String version, RemoteOptions options,
            OutputPostprocessor reading) {
        this.client = client;
        this.options = options;
        this.reading = reading;
        this.version = version;
        String inputs = options.inputs().entrySet().stream().map(input -> input.getKey() + "=" + input.getValue())
                .sorted().collect(Collectors.joining(", ", " with ", ""));
        Members given = Members.NONE;
        for (Map.Entry<String, String> input : options.inputs().entrySet()) {
            given = given.with(input.getKey(), input.getValue());
        }
        this.description = new ModelDescription(RemoteModel.PREFIX + model.slug(), "remote", reading.kind(),
                "torch-bilinear",
                (version == null ? "newest version" : "version " + version) + ", sent losslessly as PNG"
                        + (options.inputs().isEmpty() ? "" : inputs) + "; " + reading.provenance(),
                0, "unknown",
                version == null || version.equals(model.slug())
                        ? RemoteModel.PREFIX + model.slug()
                        : RemoteModel.PREFIX + model.slug() + ":" + version,
                new ModelIdentity("", "", version == null ? "" : version,
                        Members.NONE.with("inputs", given).with("output", reading.definition()),
                        Members.NONE.with("encoding", MEDIA_TYPE).with("input", options.pictureInput())));
    }

    /**
     * Opens a model. If the name has no version and the options do not disable it, queries the latest version, which is
     * free.
     *
     * @param model the model
     * @param options the options
     * @return the open model
     * @throws RemoteException if the service does not know the model or rejects the access token
     * @throws IllegalArgumentException if the options do not fit the model
     */
    public static RemoteDepth open(RemoteModel model, RemoteOptions options) {
        OutputPostprocessor reading = OutputPostprocessor.of(model, options);
        ReplicateClient client = new ReplicateClient(options.endpoint(), options.token(), options.listener());
        try {
            String version = model.version().orElse(null);
            if (version == null && options.lookUp()) {
                version = client.latestVersion(model, Instant.now().plus(options.timeout()));
            }
            return new RemoteDepth(client, model, version, options, reading);
        } catch (RemoteException e) {
            client.close();
            throw e;
        }
    }

    /** {@return the name of the model, the meaning of its numbers, and its identity} */
    public ModelDescription description() {
        return description;
    }

    /** {@return what the user must know before using the numbers} */
    public List<String> warnings() {
        return reading.warnings();
    }

    /**
     * Encodes a picture as {@link #MEDIA_TYPE}, without loss.
     *
     * @param image the picture
     * @return the bytes, read-only
     */
    public ByteBuffer encode(RgbImage image) {
        try {
            return ByteBuffer.wrap(Png.encodeRgb(image)).asReadOnlyBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the model: one billed call.
     *
     * @param encoded the result of {@link #encode}, from position 0 to the limit
     * @return the prediction
     * @throws RemoteException if the service or the model fails, or the output is not a depth picture
     * @throws IllegalStateException if the model was opened without a version
     */
    public Estimate run(ByteBuffer encoded) {
        if (version == null) {
            throw new IllegalStateException(
                    description.name() + ": expected a version, found that it was not looked up");
        }
        Instant deadline = Instant.now().plus(options.timeout());
        ObjectNode inputs = ReplicateClient.inputs(options.inputs());
        byte[] file = new byte[encoded.limit()];
        encoded.get(0, file);
        inputs.put(options.pictureInput(), client.address(file, MEDIA_TYPE, "picture.png", deadline));
        RemotePrediction prediction = client.predict(version, inputs, options.timeout(), deadline);
        if (prediction.outputs().size() <= reading.file()) {
            throw new RemoteException(Reason.UNEXPECTED_ANSWER, "prediction " + prediction.id() + ": expected at least "
                    + (reading.file() + 1) + " output files, alone or in a list, found " + prediction.output());
        }
        byte[] output = client.download(prediction.outputs().get(reading.file()), deadline);
        Plane values = reading.values(output, "prediction " + prediction.id() + " output[" + reading.file() + "]");
        return Estimate.of(new Prediction(reading.kind(), values));
    }

    @Override
    public void close() {
        client.close();
    }
}
