package fathom.inference.replicate;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;

/**
 * The options of a remote model.
 *
 * @param token the access token of the service
 * @param inputs further inputs of the model by name: numbers, {@code true}, {@code false} or text
 * @param kind the meaning of the numbers; required for a model whose output is unknown, and not allowed otherwise
 * @param asArticle whether to read Marigold's colour picture as the article did, instead of its depth
 * @param pictureInput the name of the model's input that receives the picture
 * @param timeout the longest time for one picture, including the start of the model
 * @param listener is notified of the progress of predictions, from several threads
 * @param endpoint the address of the service; another one than Replicate's is for tests
 * @param lookUp whether to query the latest version if the name has none; otherwise the model can be described but not
 *            run
 */
public record RemoteOptions(String token, Map<String, String> inputs, Optional<DepthKind> kind, boolean asArticle,
        String pictureInput, Duration timeout, RemoteListener listener, URI endpoint, boolean lookUp) {
    /** The environment variable that contains the access token. */
    public static final String TOKEN_VARIABLE = "REPLICATE_API_TOKEN";

    /** Checks the token, the name of the picture input and the timeout. */
    public RemoteOptions {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        if (token.isBlank() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("token: expected the access token of your Replicate account, found "
                    + (token.isBlank() ? "none" : "text with spaces or letters beyond ASCII") + "; export "
                    + TOKEN_VARIABLE + "=... and try again");
        }
        if (pictureInput.isBlank() || inputs.containsKey(pictureInput)) {
            throw new UsageException(
                    "picture-input, the model's input that receives the picture: expected a name that no "
                            + "other input has, found \"" + pictureInput + "\"",
                    new Remedy.SetModelOption(List.of("picture-input=NAME")));
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: expected more than 0, found " + timeout);
        }
    }

    /**
     * Returns the default options: a timeout of half an hour, and {@code image} as picture input.
     *
     * @param token the access token
     * @return the options
     */
    public static RemoteOptions of(String token) {
        return new RemoteOptions(token, Map.of(), Optional.empty(), false, "image", Duration.ofMinutes(30),
                RemoteListener.silent(), ReplicateClient.ENDPOINT, true);
    }

    /** {@return the default options with the access token of the environment variable {@value #TOKEN_VARIABLE}} */
    public static RemoteOptions ofEnvironment() {
        String token = System.getenv(TOKEN_VARIABLE);
        return of(token == null ? "" : token.strip());
    }

    /**
     * Returns a copy with other inputs.
     *
     * @param inputs further inputs of the model by name
     * @return the copy
     */
    public RemoteOptions withInputs(Map<String, String> inputs) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * Returns a copy for a model whose output is unknown.
     *
     * @param kind the meaning of its numbers
     * @return the copy
     */
    public RemoteOptions withKind(DepthKind kind) {
        return new RemoteOptions(token, inputs, Optional.of(kind), asArticle, pictureInput, timeout, listener, endpoint,
                lookUp);
    }

    /**
     * Returns a copy that reads Marigold's output as the article did, or not.
     *
     * @param asArticle whether to read the colour picture
     * @return the copy
     */
    public RemoteOptions withAsArticle(boolean asArticle) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * Returns a copy with another timeout.
     *
     * @param timeout the longest time for one picture
     * @return the copy
     */
    public RemoteOptions withTimeout(Duration timeout) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * Returns a copy that queries the latest version, or not.
     *
     * @param lookUp whether to query it
     * @return the copy
     */
    public RemoteOptions withLookUp(boolean lookUp) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * Returns a copy with another listener.
     *
     * @param listener the listener
     * @return the copy
     */
    public RemoteOptions withListener(RemoteListener listener) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * Returns a copy for a compatible service at another address, over https or on this machine.
     *
     * @param endpoint the address
     * @return the copy
     */
    public RemoteOptions withEndpoint(URI endpoint) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * Returns a copy with options given as {@code key=value}: {@code kind} (a label of {@link DepthKind}), {@code
     * as-article} (true or false), {@code picture-input} (the name of the input that receives the picture), {@code
     * timeout} (seconds for one picture).
     *
     * @param settings the options
     * @return the copy
     * @throws IllegalArgumentException if a key is unknown or a value is not valid
     */
    public RemoteOptions with(ModelOptions settings) {
        settings.requireKnown("a remote model", descriptions().keySet(), Optional.of(new Remedy.GiveModelInput()));
        String stated = settings.text("kind");
        String picture = settings.text("picture-input");
        return new RemoteOptions(token, inputs, stated == null ? kind : Optional.of(DepthKind.ofLabel(stated)),
                settings.flag("as-article", asArticle), picture == null ? pictureInput : picture,
                settings.text("timeout") == null ? timeout : Duration.ofSeconds(settings.integer("timeout", 1, 1)),
                listener, endpoint, lookUp);
    }

    /** {@return the keys that {@link #with} accepts, with their descriptions} */
    public static SortedMap<String, String> descriptions() {
        return new TreeMap<>(Map.of("as-article",
                "true reads the colour picture of adirik/marigold as the article did, which is not depth", "kind",
                "the meaning of the numbers of a model whose output is unknown: metric, scale-invariant, "
                        + "affine-invariant or affine-invariant-inverse",
                "picture-input", "name of the model's input that receives the picture; default: image", "timeout",
                "seconds to wait for one picture, including the start of the model; default: 1800"));
    }

    /** Returns a text without the access token. */
    @Override
    public String toString() {
        return "RemoteOptions[inputs=" + inputs + ", kind=" + kind + ", asArticle=" + asArticle + ", timeout=" + timeout
                + "]";
    }
}
