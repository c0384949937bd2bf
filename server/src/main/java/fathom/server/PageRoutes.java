package fathom.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The routes of the page and its assets, which the build of the front end stores in the resource folder {@code page/}. */
final class PageRoutes implements HttpService {
    private static final String FOLDER = "page/";
    private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.(js|css|svg|woff2)");
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript; charset=utf-8", "css",
            "text/css; charset=utf-8", "svg", "image/svg+xml", "woff2", "font/woff2");

    private final Access access;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    PageRoutes(Access access) {
        this.access = access;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::page).get("/datasets/{dataset}", this::page)
                .get("/datasets/{dataset}/samples/{sample}", this::page).get("/assets/{name}", this::asset);
    }

    private void page(ServerRequest request, ServerResponse response) {
        access.setCookie(response);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        Responses.text(request, response, resource("index.html"));
    }

    /** Sends an asset. Its name contains a hash of its content, so it can be cached without limit. */
    private void asset(ServerRequest request, ServerResponse response) {
        String name = request.path().pathParameters().get("name");
        if (!ASSET.matcher(name).matches()) {
            throw missing(name);
        }
        byte[] bytes = resource("assets/" + name);
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        response.header(HeaderNames.CACHE_CONTROL, "private, max-age=31536000, immutable");
        response.header(HeaderNames.CONTENT_TYPE, type);
        if (type.startsWith("text/")) {
            Responses.text(request, response, bytes);
        } else {
            response.send(bytes);
        }
    }

    private byte[] resource(String name) {
        return read.computeIfAbsent(name, PageRoutes::load);
    }

    private static byte[] load(String name) {
        try (InputStream stream = PageRoutes.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw missing(name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("page: reading the resource " + name, e);
        }
    }

    private static Problems.NotFoundException missing(String name) {
        return new Problems.NotFoundException("page: no such file: " + name,
                "Reload the page. If the error remains, build Fathom again.");
    }
}
