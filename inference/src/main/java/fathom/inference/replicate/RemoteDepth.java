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
 * A model on Replicate: every run is one paid call. {@link #run} may be called from many threads at once and overlaps;
 * interrupting a thread that runs cancels its call, closing cancels all that are under way.
 */
public final class RemoteDepth implements AutoCloseable {
    /** The form in which pictures are sent. */
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
                0, "unknown", version == null || version.equals(model.slug())
                        ? RemoteModel.PREFIX + model.slug()
                        : RemoteModel.PREFIX + model.slug() + ":" + version,
                new ModelIdentity("", "", version == null ? "" : version,
                        Members.NONE.with("inputs", given).with("output", reading.definition()),
                        Members.NONE.with("encoding", MEDIA_TYPE).with("input", options.pictureInput())));
    }

    /**
     * Looks the model up where its version is not named and the options do not say otherwise; costs nothing.
     *
     * @throws RemoteException if the service does not know it or refuses the token
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

    /** What the model is and what its numbers mean. */
    public ModelDescription description() {
        return description;
    }

    /** What a person should know before relying on the numbers. */
    public List<String> warnings() {
        return reading.warnings();
    }

    /** {@return the picture as it is sent, {@link #MEDIA_TYPE}} */
    public ByteBuffer encode(RgbImage image) {
        try {
            return ByteBuffer.wrap(Png.encodeRgb(image)).asReadOnlyBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the model: one paid call.
     *
     * @param encoded what {@link #encode} made of a picture, from position 0 to the limit
     * @throws RemoteException if it gives no depth
     * @throws IllegalStateException if it was opened without a version
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
