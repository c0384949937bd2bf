package fathom.inference;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fathom.hub.HubListener;
import fathom.hub.HubReference;
import fathom.hub.HubSettings;
import fathom.models.catalogue.ModelSource;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A complete pipeline downloaded from a local hub, under its current and former names. */
class PipelineDownloadTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Path MODEL = GoldenFiles.path("marigold");

    @TempDir
    Path cache;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Set<String> fetched = new ConcurrentSkipListSet<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        for (String part : new String[]{"unet", "vae", "text_encoder", "scheduler"}) {
            try (Stream<Path> inside = Files.list(MODEL.resolve(part))) {
                for (Path file : inside.toList()) {
                    files.put(part + "/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
        }
        files.put("model_index.json", Files.readAllBytes(MODEL.resolve("model_index.json")));
        files.put("tokenizer/vocab.json",
                "{\"<|startoftext|>\": 98, \"<|endoftext|>\": 99}".getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String repository = "/prs-eth/marigold-depth-v1-0/";
        String file = path.replaceFirst(".*/resolve/[^/]*/", "");
        byte[] content = path.startsWith(repository) ? files.get(file) : null;
        if (path.startsWith("/api/models" + repository)) {
            content = ("{\"sha\": \"" + COMMIT + "\", \"siblings\": ["
                    + files.entrySet().stream()
                            .map(entry -> "{\"rfilename\": \"" + entry.getKey() + "\", \"size\": "
                                    + entry.getValue().length + "}")
                            .collect(Collectors.joining(", "))
                    + "]}").getBytes(StandardCharsets.UTF_8);
        } else if (content != null) {
            fetched.add(file);
            exchange.getResponseHeaders().add("ETag", "\"" + blobName(content) + "\"");
        }
        exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
        if (content == null) {
            exchange.getResponseHeaders().add("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** Returns the name of a file of this content in Git. */
    private static String blobName(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"prs-eth,marigold-depth-v1-0", "prs-eth,marigold-v1-0", "Bingxin,Marigold"})
    void requiredFilesAreDownloadedUnderEveryNameOfTheRepository(String owner, String name) {
        Set<String> needed = new TreeSet<>(files.keySet());
        byte[] weights = files.get("unet/diffusion_pytorch_model.safetensors");
        for (String other : new String[]{"unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model.bin", "vae/diffusion_pytorch_model.bin", "text_encoder/pytorch_model.bin",
                "feature_extractor/preprocessor_config.json", "README.md", "teaser.png"}) {
            files.put(other, weights);
        }
        HubSettings settings = new HubSettings(URI.create("http://localhost:" + server.getAddress().getPort()),
                Optional.empty(), cache, cache.resolve("downloads"), false, true, Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        RgbImage picture = RgbImage.allocate(40, 60);
        float[] expected;
        try (DepthEstimator estimator = Estimators.open(new ModelSource.DiffusionFolder(MODEL),
                EstimatorOptions.defaults(), () -> settings, HubListener.silent())) {
            expected = estimator.estimate(picture).prediction().values().toArray();
        }
        try (DepthEstimator estimator = Estimators.open(new ModelSource.Remote(HubReference.Repository.of(owner, name)),
                EstimatorOptions.defaults(), () -> settings, HubListener.silent())) {
            assertThat(estimator.description().name()).isEqualTo("prs-eth/marigold-depth-v1-0");
            assertThat(estimator.description().source()).isEqualTo("hub:prs-eth/marigold-depth-v1-0@" + COMMIT);
            assertThat(estimator.estimate(picture).prediction().values().toArray()).isEqualTo(expected);
        }
        assertThat(fetched).containsExactlyInAnyOrderElementsOf(needed);
    }
}
