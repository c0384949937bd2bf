package fathom.server;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.server.Problems.BadRequestException;
import fathom.server.Problems.NotFoundException;
import fathom.server.wire.ColormapsWire;
import fathom.server.wire.DatasetListWire;
import fathom.server.wire.RevisionWire;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import org.jspecify.annotations.Nullable;

/** The routes of the data: lists and numbers as JSON, pictures, and maps as raw float32 with their shape in three headers. */
final class DatasetRoutes implements HttpService {
    private static final String PICTURE = "rgb";
    static final HeaderName MAP_WIDTH = HeaderNames.create("X-Map-Width");
    static final HeaderName MAP_HEIGHT = HeaderNames.create("X-Map-Height");
    static final HeaderName MAP_CHANNELS = HeaderNames.create("X-Map-Channels");
    private static final int MIN_SIDE = 16;
    private static final int MAX_SIDE = 4096;
    private static final int MAX_THUMBNAIL_SIDE = 1024;
    private static final long CACHE_BYTES = 64L << 20;
    /** The maximum number of pictures and maps read concurrently: each can need hundreds of megabytes. */
    private static final int MAX_CONCURRENT_READS = 4;

    private final Library library;
    private final @Nullable String initial;
    private final ValueHistograms spreads = new ValueHistograms();
    private final BoundedCache<byte[]> thumbnails = new BoundedCache<>(CACHE_BYTES, bytes -> bytes.length);
    private final BoundedCache<Maps.Encoded> maps = new BoundedCache<>(CACHE_BYTES, map -> map.bytes().length);
    private final Semaphore reading = new Semaphore(MAX_CONCURRENT_READS);

    DatasetRoutes(Library library, @Nullable String initial) {
        this.library = library;
        this.initial = initial;
    }

    @Override
    public void routing(HttpRules rules) {
        String dataset = "/api/datasets/{dataset}";
        String sample = dataset + "/samples/{sample}";
        rules.get("/api/datasets", this::datasets).get("/api/colormaps", this::colormaps)
                .get(dataset, reading(this::dataset)).get(dataset + "/revision", reading(this::revision))
                .get(dataset + "/spread/{layer}", reading(this::spread)).get(sample + "/image", reading(this::image))
                .get(sample + "/thumbnail", reading(this::thumbnail)).get(sample + "/maps/{layer}", reading(this::map));
    }

    /** Answers a request for a dataset. Its result is sent after the dataset is released. */
    private interface Reading {
        Answer read(ServerRequest request, OpenDataset dataset);
    }

    /** Sends what was read. */
    private interface Answer {
        void send(ServerRequest request, ServerResponse response);
    }

    private Handler reading(Reading reading) {
        return (request, response) -> library
                .with(parameter(request, "dataset"), dataset -> reading.read(request, dataset)).send(request, response);
    }

    private void datasets(ServerRequest request, ServerResponse response) {
        Responses.json(request, response, Json.bytes(new DatasetListWire(library.entries(), initial)));
    }

    private void colormaps(ServerRequest request, ServerResponse response) {
        Responses.json(request, response, Json.bytes(new ColormapsWire(Colours.tables())));
    }

    private Answer dataset(ServerRequest request, OpenDataset open) {
        byte[] json = open.json();
        return (asked, response) -> Responses.json(asked, response, json);
    }

    private Answer revision(ServerRequest request, OpenDataset open) {
        String revision = open.revision();
        return (asked, response) -> Responses.json(asked, response, Json.bytes(new RevisionWire(revision)));
    }

    private Answer spread(ServerRequest request, OpenDataset open) {
        Dataset dataset = open.dataset();
        String layer = parameter(request, "layer");
        List<SampleLayer> having = SampleLayer.all(dataset, layer);
        boolean known = !having.isEmpty() || dataset.fields().stream().anyMatch(field -> field.name().equals(layer));
        if (!known || layer.equals(PICTURE)) {
            throw new NotFoundException("layer: dataset " + dataset.name() + " has no map " + layer,
                    "Reload the page.");
        }
        byte[] json = Json.bytes(withPermit(() -> spreads.of(dataset, having)));
        return (asked, response) -> Responses.json(asked, response, json);
    }

    private Answer image(ServerRequest request, OpenDataset open) {
        Sample sample = open.sample(parameter(request, "sample"));
        String version = Versions.of(open.dataset(), open.field(sample, PICTURE));
        if (Responses.isCached(request, version)) {
            return versioned(version, response -> {});
        }
        Pictures.Encoded picture = withPermit(() -> Pictures.full(open.dataset(), sample));
        return versioned(version,
                response -> response.header(HeaderNames.CONTENT_TYPE, picture.type()).send(picture.bytes()));
    }

    private Answer thumbnail(ServerRequest request, OpenDataset open) {
        Sample sample = open.sample(parameter(request, "sample"));
        int side = side(request, MAX_THUMBNAIL_SIDE).orElseThrow(
                () -> new BadRequestException("side: expected the longest side of the thumbnail, found none"));
        String version = Versions.of(open.dataset(), open.field(sample, PICTURE));
        if (Responses.isCached(request, version)) {
            return versioned(version, response -> {});
        }
        byte[] jpeg = cached(thumbnails, side + " " + version, () -> Pictures.thumbnail(sample, side));
        return versioned(version, response -> response.header(HeaderNames.CONTENT_TYPE, "image/jpeg").send(jpeg));
    }

    private Answer map(ServerRequest request, OpenDataset open) {
        Sample sample = open.sample(parameter(request, "sample"));
        SampleLayer layer = open.layer(sample, parameter(request, "layer"));
        OptionalInt side = side(request, MAX_SIDE);
        String version = layer.version(open.dataset());
        if (Responses.isCached(request, version)) {
            return versioned(version, response -> {});
        }
        Maps.Encoded map = side.isEmpty()
                ? withPermit(() -> Maps.encoded(layer, Integer.MAX_VALUE))
                : cached(maps, side.getAsInt() + " " + version, () -> Maps.encoded(layer, side.getAsInt()));
        return versioned(version, response -> {
            response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
            response.header(MAP_WIDTH, Integer.toString(map.width())).header(MAP_HEIGHT,
                    Integer.toString(map.height()));
            response.header(MAP_CHANNELS, Integer.toString(map.channels()));
            response.send(map.bytes());
        });
    }

    /** Sends content with a version, or 304 if the browser has that version. */
    private static Answer versioned(String version, Consumer<ServerResponse> content) {
        return (request, response) -> {
            if (!Responses.sentNotModified(request, response, version)) {
                content.accept(response);
            }
        };
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    /** Returns the query parameter {@code side}, from {@value #MIN_SIDE} to {@code max}; empty if it is missing. */
    private static OptionalInt side(ServerRequest request, int max) {
        Optional<String> text = request.query().first("side").asOptional();
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int side = Integer.parseInt(text.get());
            if (side >= MIN_SIDE && side <= max) {
                return OptionalInt.of(side);
            }
        } catch (NumberFormatException e) {
            throw new BadRequestException("side: expected a number, found \"" + text.get() + "\"");
        }
        throw new BadRequestException("side: expected " + MIN_SIDE + " to " + max + " pixels, found " + text.get());
    }

    private <V> V cached(BoundedCache<V> cache, String key, Supplier<V> supplier) {
        V value = cache.get(key);
        if (value == null) {
            value = withPermit(supplier);
            cache.put(key, value);
        }
        return value;
    }

    private <V> V withPermit(Supplier<V> supplier) {
        reading.acquireUninterruptibly();
        try {
            return supplier.get();
        } finally {
            reading.release();
        }
    }
}
