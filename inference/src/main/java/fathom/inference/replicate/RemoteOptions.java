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
 * How a remote model is asked.
 *
 * @param token the service's access token
 * @param inputs further inputs of the model by name: numbers, {@code true}, {@code false} or text
 * @param kind what the numbers of a model mean that is not known here; must be given for those, and only for those
 * @param asArticle whether to read Marigold's colour picture as the article did, instead of its depth
 * @param pictureInput name of the model's input that takes the picture
 * @param timeout longest wait for one picture, starting up included
 * @param listener is told how predictions come along, from several threads
 * @param endpoint where the service is; another than Replicate's own is for tests
 * @param lookUp whether the service is asked for the newest version where none is named; if not, the model can be described
 *        but not run
 */
public record RemoteOptions(String token, Map<String, String> inputs, Optional<DepthKind> kind, boolean asArticle,
        String pictureInput, Duration timeout, RemoteListener listener, URI endpoint, boolean lookUp) {
    /** The environment variable that holds the token. */
    public static final String TOKEN_VARIABLE = "REPLICATE_API_TOKEN";

    public RemoteOptions {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        if (token.isBlank() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("token: expected the access token of your Replicate account, found "
                    + (token.isBlank() ? "none" : "text with spaces or letters beyond ASCII") + "; export "
                    + TOKEN_VARIABLE + "=... and try again");
        }
        if (pictureInput.isBlank() || inputs.containsKey(pictureInput)) {
            throw new UsageException("picture-input, the model's input that takes the picture: expected a name that no "
                    + "other input has, found \"" + pictureInput + "\"",
                    new Remedy.SetModelOption(List.of("picture-input=NAME")));
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: expected more than 0, found " + timeout);
        }
    }

    /** With {@code token}, nothing else said, and half an hour of patience. */
    public static RemoteOptions of(String token) {
        return new RemoteOptions(token, Map.of(), Optional.empty(), false, "image", Duration.ofMinutes(30),
                RemoteListener.silent(), ReplicateClient.ENDPOINT, true);
    }

    /** With the token of the environment. */
    public static RemoteOptions ofEnvironment() {
        String token = System.getenv(TOKEN_VARIABLE);
        return of(token == null ? "" : token.strip());
    }

    /** {@return the same with other inputs} */
    public RemoteOptions withInputs(Map<String, String> inputs) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /** {@return the same for a model whose numbers are of {@code kind}} */
    public RemoteOptions withKind(DepthKind kind) {
        return new RemoteOptions(token, inputs, Optional.of(kind), asArticle, pictureInput, timeout, listener, endpoint,
                lookUp);
    }

    /** {@return the same, reading as the article did or not} */
    public RemoteOptions withAsArticle(boolean asArticle) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /** {@return the same with another patience} */
    public RemoteOptions withTimeout(Duration timeout) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /** {@return the same, asking the service for the newest version or not} */
    public RemoteOptions withLookUp(boolean lookUp) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /** {@return the same, telling {@code listener}} */
    public RemoteOptions withListener(RemoteListener listener) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /** {@return the same at another service that behaves like it, over https or on this very machine} */
    public RemoteOptions withEndpoint(URI endpoint) {
        return new RemoteOptions(token, inputs, kind, asArticle, pictureInput, timeout, listener, endpoint, lookUp);
    }

    /**
     * {@return the same with what people gave as {@code key=value}: {@code kind} (a label of {@link DepthKind}), {@code
     * as-article} (true or false), {@code picture-input} (the name of the input that takes the picture), {@code timeout}
     * (seconds for one picture)}
     *
     * @throws IllegalArgumentException if an option is another or has no such value
     */
    public RemoteOptions with(ModelOptions settings) {
        settings.requireKnown("a remote model", descriptions().keySet(), Optional.of(new Remedy.GiveModelInput()));
        String stated = settings.text("kind");
        String picture = settings.text("picture-input");
        return new RemoteOptions(token, inputs,
                stated == null ? kind : Optional.of(DepthKind.ofLabel(stated)),
                settings.flag("as-article", asArticle),
                picture == null ? pictureInput : picture,
                settings.text("timeout") == null ? timeout : Duration.ofSeconds(settings.integer("timeout", 1, 1)),
                listener, endpoint, lookUp);
    }

    /** {@return the settings that {@link #with} knows, by key, with what each does} */
    public static SortedMap<String, String> descriptions() {
        return new TreeMap<>(Map.of("as-article",
                "true reads the colour picture of adirik/marigold as the article did, which is not depth", "kind",
                "what the numbers of a model mean whose output is not known here: metric, scale-invariant, "
                        + "affine-invariant or affine-invariant-inverse",
                "picture-input", "name of the model's input that takes the picture; image unless said",
                "timeout", "seconds to wait for one picture, starting up included; 1800 unless said"));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "RemoteOptions[inputs=" + inputs + ", kind=" + kind + ", asArticle=" + asArticle + ", timeout=" + timeout
                + "]";
    }
}
