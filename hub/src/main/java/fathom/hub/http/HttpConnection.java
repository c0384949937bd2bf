package fathom.hub.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends requests. Redirects are followed here and not by the JDK's client, so that a token is sent to its server only
 * and a secure address never leads to an insecure one. One attempt each; {@link Attempts} says when to retry. Safe for
 * use by many threads; holds connections until it is closed.
 */
public final class HttpConnection implements AutoCloseable {
    /**
     * A secret and the server that may see it.
     *
     * @param server an address of that server
     * @param authorization the value of the header {@code Authorization}
     */
    public record Credential(URI server, String authorization) {
        /** Returns a text without the secret. */
        @Override
        public String toString() {
            return "Credential[" + server.getHost() + "]";
        }
    }

    private static final int MAX_REDIRECTS = 10;

    private final HttpClient client;
    private final Optional<Credential> credential;

    /**
     * Creates connections through the proxies that the environment names.
     *
     * @param connectTimeout longest wait for a connection
     * @param credential is added to requests to its server, and to no other
     */
    public HttpConnection(Duration connectTimeout, Optional<Credential> credential) {
        this.credential = credential;
        this.client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1).connectTimeout(connectTimeout)
                .proxy(EnvironmentProxies.of(System.getenv())).build();
    }

    /**
     * Sends a request and follows redirects, at most {@value #MAX_REDIRECTS} and only for GET and HEAD. The caller
     * closes the body of the response.
     *
     * @param request the request
     * @param rule which redirects are followed
     * @return the response
     * @throws RedirectException if a redirect may not be followed
     * @throws IOException if there is no response
     * @throws InterruptedException if the thread is interrupted
     */
    public HttpResponse<InputStream> send(HttpRequest request, RedirectRule rule)
            throws IOException, InterruptedException {
        URI current = request.uri();
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpResponse<InputStream> response = client.send(addressed(request, current),
                    HttpResponse.BodyHandlers.ofInputStream());
            Optional<String> location = response.headers().firstValue("Location");
            int status = response.statusCode();
            if (status < 300 || status >= 400 || location.isEmpty() || !isRepeatable(request.method())
                    || rule.equals(RedirectRule.NEVER)) {
                return response;
            }
            Optional<URI> next = next(current, location.get(), response, rule);
            if (next.isEmpty()) {
                return response;
            }
            closeQuietly(response.body());
            current = next.get();
        }
        throw new RedirectException("more than " + MAX_REDIRECTS + " redirects from " + Addresses.shown(request.uri()));
    }

    /** Returns the target of {@code response}, empty if it is not followed; closes its body if this throws. */
    private static Optional<URI> next(URI current, String location, HttpResponse<InputStream> response,
            RedirectRule rule) throws RedirectException {
        try {
            URI next = resolve(current, location);
            if (!rule.follows(response, next)) {
                return Optional.empty();
            }
            requireNoLessSecure(current, next);
            return Optional.of(next);
        } catch (RedirectException e) {
            closeQuietly(response.body());
            throw e;
        }
    }

    private HttpRequest addressed(HttpRequest request, URI address) {
        HttpRequest.Builder builder = HttpRequest
                .newBuilder(request, (name, value) -> !name.equalsIgnoreCase("Authorization")).uri(address);
        credential.filter(secret -> Addresses.isSameServer(secret.server(), address))
                .ifPresent(secret -> builder.header("Authorization", secret.authorization()));
        return builder.build();
    }

    private static boolean isRepeatable(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private static void requireNoLessSecure(URI current, URI next) throws RedirectException {
        if (Addresses.isHttps(current) && !Addresses.isHttps(next)) {
            throw new RedirectException(current.getHost() + " leads from https to the insecure address "
                    + Addresses.shown(next) + ", which is refused");
        }
    }

    private static URI resolve(URI current, String location) throws RedirectException {
        URI next;
        try {
            next = current.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new RedirectException(current.getHost() + " leads to something that is no address", e);
        }
        if (!Addresses.isHttp(next) && !Addresses.isHttps(next)) {
            throw new RedirectException(current.getHost() + " leads to something that is no web address");
        }
        return next;
    }

    /**
     * Closes the body of a response that is not read.
     *
     * @param body the body
     */
    public static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // Its bytes are not needed.
            return;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
