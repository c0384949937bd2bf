package fathom.inference.remote;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import fathom.raster.DepthKind;

/**
 * How a remote model is asked.
 *
 * @param token the service's access token
 * @param inputs further inputs of the model by name: numbers, {@code true}, {@code false} or text
 * @param kind what the numbers of a model mean that is not known here; must be given for those, and only for those
 * @param asArticle whether to read Marigold's colour picture as the article did, instead of its depth
 * @param timeout longest wait for one picture, starting up included
 * @param listener is told how predictions come along, from several threads
 */
public record RemoteOptions(String token, Map<String, String> inputs, Optional<DepthKind> kind, boolean asArticle,
        Duration timeout, RemoteListener listener) {
    /** The environment variable that holds the token. */
    public static final String TOKEN_VARIABLE = "REPLICATE_API_TOKEN";

    public RemoteOptions {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        if (token.isBlank() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("token: expected the access token of your Replicate account, found "
                    + (token.isBlank() ? "none" : "text with spaces or letters beyond ASCII") + "; export "
                    + TOKEN_VARIABLE + "=... and try again");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: expected more than 0, found " + timeout);
        }
    }

    /** With {@code token}, nothing else said, and half an hour of patience. */
    public static RemoteOptions of(String token) {
        return new RemoteOptions(token, Map.of(), Optional.empty(), false, Duration.ofMinutes(30),
                RemoteListener.silent());
    }

    /** With the token of the environment. */
    public static RemoteOptions ofEnvironment() {
        String token = System.getenv(TOKEN_VARIABLE);
        return of(token == null ? "" : token.strip());
    }

    /** The same with other inputs. */
    public RemoteOptions withInputs(Map<String, String> inputs) {
        return new RemoteOptions(token, inputs, kind, asArticle, timeout, listener);
    }

    /** The same for a model whose numbers are of {@code kind}. */
    public RemoteOptions withKind(DepthKind kind) {
        return new RemoteOptions(token, inputs, Optional.of(kind), asArticle, timeout, listener);
    }

    /** The same, reading as the article did or not. */
    public RemoteOptions withAsArticle(boolean asArticle) {
        return new RemoteOptions(token, inputs, kind, asArticle, timeout, listener);
    }

    /** The same with another patience. */
    public RemoteOptions withTimeout(Duration timeout) {
        return new RemoteOptions(token, inputs, kind, asArticle, timeout, listener);
    }

    /** The same, telling {@code listener}. */
    public RemoteOptions withListener(RemoteListener listener) {
        return new RemoteOptions(token, inputs, kind, asArticle, timeout, listener);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "RemoteOptions[inputs=" + inputs + ", kind=" + kind + ", asArticle=" + asArticle + ", timeout=" + timeout
                + "]";
    }
}
