package fathom.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Sends responses with caching headers. Text is compressed if the browser accepts gzip; pictures and maps are not. */
final class Responses {
    private static final int MIN_COMPRESSED = 1024;

    private Responses() {}

    /** Sends JSON that can change at any time. If the browser has the same content, sends 304 without content. */
    static void json(ServerRequest request, ServerResponse response, byte[] json) {
        response.header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        if (!sendIfCached(request, response, Versions.hash(json))) {
            response.header(HeaderNames.CONTENT_TYPE, "application/json");
            text(request, response, json);
        }
    }

    /**
     * Sets the caching headers of versioned content: cached without limit if the address contains the current version,
     * otherwise revalidated each time. If the browser has this version, sends 304.
     *
     * @return whether the response was sent
     */
    static boolean sentNotModified(ServerRequest request, ServerResponse response, String version) {
        boolean exact = request.query().first("v").map(version::equals).orElse(false);
        response.header(HeaderNames.CACHE_CONTROL,
                exact ? "private, max-age=31536000, immutable" : "private, no-cache");
        return sendIfCached(request, response, version);
    }

    /** Returns whether the browser has this version. */
    static boolean isCached(ServerRequest request, String version) {
        return request.headers().first(HeaderNames.IF_NONE_MATCH).map(tag(version)::equals).orElse(false);
    }

    private static String tag(String version) {
        return "\"" + version + "\"";
    }

    private static boolean sendIfCached(ServerRequest request, ServerResponse response, String version) {
        response.header(HeaderNames.ETAG, tag(version));
        boolean cached = isCached(request, version);
        if (cached) {
            response.status(Status.NOT_MODIFIED_304).send();
        }
        return cached;
    }

    /** Sends text, compressed if the browser accepts gzip and the text is at least {@value #MIN_COMPRESSED} bytes long. */
    static void text(ServerRequest request, ServerResponse response, byte[] text) {
        response.header(HeaderNames.VARY, "Accept-Encoding");
        String accepted = request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse("");
        if (text.length < MIN_COMPRESSED || !accepted.toLowerCase(Locale.ROOT).contains("gzip")) {
            response.send(text);
            return;
        }
        response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        response.send(gzip(text));
    }

    private static byte[] gzip(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length / 3);
        try (GZIPOutputStream compressor = new GZIPOutputStream(bytes)) {
            compressor.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory", e);
        }
        return bytes.toByteArray();
    }
}
