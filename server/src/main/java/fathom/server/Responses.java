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

/** Sends bytes with what a browser needs to keep them. Text is compressed where that is wanted; pictures and maps never. */
final class Responses {
    private static final int MIN_COMPRESSED = 1024;

    private Responses() {}

    /** JSON that may change at any time; what the browser has already is not sent again. */
    static void json(ServerRequest request, ServerResponse response, byte[] json) {
        response.header(HeaderNames.CACHE_CONTROL, "private, no-cache");
        if (!isKnown(request, response, Versions.hash(json))) {
            response.header(HeaderNames.CONTENT_TYPE, "application/json");
            text(request, response, json);
        }
    }

    /**
     * Says how long the answer to this address may be kept: for ever where the address carries the content's version, not
     * at all where it carries another. True if the browser has it already, which is answered then.
     */
    static boolean isKept(ServerRequest request, ServerResponse response, String version) {
        boolean exact = request.query().first("v").map(version::equals).orElse(false);
        response.header(HeaderNames.CACHE_CONTROL,
                exact ? "private, max-age=31536000, immutable" : "private, no-cache");
        return isKnown(request, response, version);
    }

    private static boolean isKnown(ServerRequest request, ServerResponse response, String version) {
        String tag = "\"" + version + "\"";
        response.header(HeaderNames.ETAG, tag);
        boolean known = request.headers().first(HeaderNames.IF_NONE_MATCH).map(tag::equals).orElse(false);
        if (known) {
            response.status(Status.NOT_MODIFIED_304).send();
        }
        return known;
    }

    /** Sends text, compressed where the browser takes gzip and it is worth it. */
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
