package fathom.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import fathom.hub.http.Addresses;
import fathom.hub.http.Bodies;
import fathom.hub.http.HttpConnection;
import fathom.hub.http.RedirectException;
import fathom.hub.http.RedirectRule;
import fathom.hub.http.StallGuard;

/** Requests to the Hub and to the stores that it redirects to. One attempt each; the caller retries. */
final class HubHttp implements AutoCloseable {
    /**
     * The properties of a file, requested without its content.
     *
     * @param etag its hash
     * @param size its bytes, -1 if unknown
     */
    record Announcement(String etag, long size) {}

    /**
     * A file's content while it is transferred.
     *
     * @param stream the bytes; close it
     * @param start position in the file of the first of them
     * @param size bytes of the whole file, -1 if unknown
     */
    record Content(InputStream stream, long start, long size) {}

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
    private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}");
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String USER_AGENT = "fathom; java/" + Runtime.version().feature();

    private final HubSettings settings;
    private final HttpConnection connection;

    HubHttp(HubSettings settings) {
        this.settings = settings;
        this.connection = new HttpConnection(settings.answerTimeout(), settings.token()
                .map(token -> new HttpConnection.Credential(settings.endpoint(), token.authorization())));
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Returns the address of {@code file} of {@code commit}. */
    URI fileAddress(HubReference.Repository repository, String commit, String file) {
        return address("/" + repository.id() + "/resolve/" + encode(commit, "") + "/" + encode(file, "/"));
    }

    /** Returns the address of the description of a repository's revision: its commit, files and their sizes. */
    URI listingAddress(HubReference.Repository repository) {
        return address(
                "/api/models/" + repository.id() + "/revision/" + encode(repository.revision(), "") + "?blobs=true");
    }

    /** Requests the properties of the file at {@code address}. Errors name {@code what}. */
    Announcement announce(URI address, String what) throws HubException {
        HttpResponse<InputStream> response = exchange("HEAD", address, 0, HubHttp::staysAtTheHub, what);
        HttpConnection.closeQuietly(response.body());
        if (response.statusCode() >= 400) {
            throw HubErrors.failure(response, what, settings);
        }
        String tag = header(response, "X-Linked-Etag").or(() -> header(response, "ETag")).map(HubHttp::normalised)
                .orElseThrow(() -> new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                        what + ": expected an entity tag from " + Addresses.shown(response.uri())
                                + ", found none. Is HF_ENDPOINT the address of a hub, or a proxy in between?"));
        if (!ETAG.matcher(tag).matches()) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER, what + ": expected a hash as entity tag from "
                    + Addresses.shown(response.uri()) + ", found \"" + tag + "\"");
        }
        boolean redirects = response.statusCode() >= 300;
        Optional<String> size = header(response, "X-Linked-Size")
                .or(() -> redirects ? Optional.empty() : header(response, "Content-Length"));
        return new Announcement(tag, size.map(HubHttp::number).orElse(-1L));
    }

    /** Requests entity tag and size of a file on any server, if the server supports it; redirects are followed. */
    Optional<Announcement> announceAnywhere(URI address, String what) throws HubException {
        HttpResponse<InputStream> response = exchange("HEAD", address, 0, RedirectRule.ALWAYS, what);
        HttpConnection.closeQuietly(response.body());
        if (response.statusCode() != 200) {
            HubException failure = HubErrors.failure(response, what, settings);
            if (failure.kind().isTemporary()) {
                throw failure;
            }
            return Optional.empty();
        }
        return Optional.of(new Announcement(header(response, "ETag").map(HubHttp::normalised).orElse(""),
                header(response, "Content-Length").map(HubHttp::number).orElse(-1L)));
    }

    /** Opens {@code address} at byte {@code from}; the server may ignore this and start at 0. */
    Content open(URI address, long from, String what) throws HubException {
        HttpResponse<InputStream> response = exchange("GET", address, from, RedirectRule.ALWAYS, what);
        if (response.statusCode() == 416 && from > 0) {
            HttpConnection.closeQuietly(response.body());
            return open(address, 0, what);
        }
        if (response.statusCode() >= 300) {
            HttpConnection.closeQuietly(response.body());
            throw HubErrors.failure(response, what, settings);
        }
        if (header(response, "Content-Encoding").orElse("identity").equalsIgnoreCase("gzip")) {
            return new Content(unpacked(response.body(), what), 0, -1);
        }
        if (response.statusCode() != 206) {
            return new Content(response.body(), 0, header(response, "Content-Length").map(HubHttp::number).orElse(-1L));
        }
        Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != from) {
            HttpConnection.closeQuietly(response.body());
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                    what + ": asked " + Addresses.shown(response.uri()) + " for the bytes from " + from
                            + ", found Content-Range \"" + header(response, "Content-Range").orElse("") + "\"");
        }
        return new Content(response.body(), from, range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2)));
    }

    /** Returns the content of a small response, at most {@code limit} bytes. */
    byte[] read(URI address, int limit, String what) throws HubException {
        Content content = open(address, 0, what);
        try {
            return Bodies.read(content.stream(), limit, StallGuard.Limits.ofSilence(settings.silenceTimeout()),
                    () -> false);
        } catch (Bodies.TooLongException e) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                    what + ": " + Addresses.shown(address) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreachable(address, what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HubException.cancelled(what);
        }
    }

    /** Returns the exception for a failed connection. */
    static HubException unreachable(URI address, String what, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new HubException(HubException.Kind.UNREACHABLE, what + ": no answer from " + address.getHost() + " ("
                + reason + "). Check the network and HF_ENDPOINT; HF_HUB_OFFLINE=1 uses the cache alone.", cause);
    }

    private HttpResponse<InputStream> exchange(String method, URI address, long from, RedirectRule rule, String what)
            throws HubException {
        try {
            return connection.send(request(method, address, from), rule);
        } catch (RedirectException e) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER, what + ": " + e.getMessage(), e);
        } catch (HttpTimeoutException e) {
            throw unreachable(address, what, new IOException("silent for " + seconds(settings.answerTimeout()), e));
        } catch (IOException e) {
            throw unreachable(address, what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HubException.cancelled(what);
        }
    }

    /**
     * Returns whether a redirect is followed: the headers of a redirect to a store describe the file, but a mirror that
     * redirects to the Hub describes nothing.
     */
    private static boolean staysAtTheHub(HttpResponse<?> response, URI next) {
        return header(response, "X-Linked-Etag").isEmpty()
                && (Addresses.isSameServer(next, response.uri()) || header(response, "ETag").isEmpty());
    }

    private HttpRequest request(String method, URI address, long from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody()).header("User-Agent", USER_AGENT)
                .header("Accept-Encoding", "identity").timeout(settings.answerTimeout());
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return request.build();
    }

    private URI address(String path) {
        return URI.create(settings.endpoint() + path);
    }

    /** Percent-encodes all characters except unreserved ones and those of {@code kept} (RFC 3986, section 2.3). */
    private static String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /** Removes the quotes and the prefix of a weak tag. */
    private static String normalised(String tag) {
        String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        return strong.startsWith("\"") && strong.endsWith("\"") && strong.length() >= 2
                ? strong.substring(1, strong.length() - 1)
                : strong;
    }

    private static long number(String text) {
        try {
            return Math.max(-1, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    private static InputStream unpacked(InputStream packed, String what) throws HubException {
        try {
            return new GZIPInputStream(packed);
        } catch (IOException e) {
            HttpConnection.closeQuietly(packed);
            throw new HubException(HubException.Kind.UNREACHABLE, what + ": the packed answer is broken off", e);
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
