package fathom.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(20)
class HubTest {
    private static final HubReference.Repository MODEL = HubReference.Repository.of("owner", "model");
    private static final RequestedFiles CHECKPOINT = new RequestedFiles.Checkpoint(SomeRules.RULES);

    @TempDir
    Path folder;

    private FakeHub server;
    private final List<Duration> slept = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new FakeHub();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HubSettings settings() {
        return new HubSettings(server.endpoint(), Optional.empty(), folder.resolve("hub"), folder.resolve("downloads"),
                false, true, Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private Hub hub() {
        return hub(settings());
    }

    private Hub hub(HubSettings settings) {
        return new Hub(settings, _ -> Long.MAX_VALUE, slept::add);
    }

    private HubSnapshot fetch(Hub hub) throws HubException {
        return hub.fetch(MODEL, CHECKPOINT, HubListener.silent());
    }

    private static void assertFails(ThrowingCallable call, HubException.Kind kind, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HubException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageContainingAll(parts);
        });
    }

    private Path repository() {
        return folder.resolve("hub").resolve("models--owner--model");
    }

    @Test
    void neededFilesArriveInPythonsLayout() throws IOException {
        HubSnapshot snapshot;
        try (Hub hub = hub()) {
            snapshot = fetch(hub);
        }
        assertThat(snapshot.files()).containsExactly("config.json", "preprocessor_config.json", "model.safetensors");
        assertThat(snapshot.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(snapshot.licence()).contains("apache-2.0");
        assertThat(snapshot.folder()).isEqualTo(repository().resolve("snapshots").resolve(FakeHub.COMMIT));
        assertThat(repository().resolve("refs/main")).hasContent(FakeHub.COMMIT);
        assertThat(snapshot.folder()).isDirectoryNotContaining("glob:**README.md")
                .isDirectoryNotContaining("glob:**pytorch_model.bin");
        Path weights = snapshot.folder().resolve("model.safetensors");
        assertThat(weights).isSymbolicLink().hasBinaryContent(server.content("model.safetensors"));
        assertThat(Files.readSymbolicLink(weights))
                .isEqualTo(Path.of("../../blobs").resolve(FakeHub.sha256(server.content("model.safetensors"))));
        assertThat(repository().resolve("blobs").resolve(FakeHub.gitSha1(server.content("config.json")))).exists();
        assertThat(folder.resolve("hub/.locks/models--owner--model")
                .resolve(FakeHub.sha256(server.content("model.safetensors")) + ".lock")).exists();
        try (var blobs = Files.list(repository().resolve("blobs"))) {
            assertThat(blobs).hasSize(3).noneMatch(path -> path.toString().endsWith(".incomplete"));
        }
    }

    @Test
    void secondFetchDownloadsNothing() throws IOException {
        try (Hub hub = hub()) {
            fetch(hub);
            server.seen().clear();
            fetch(hub);
        }
        assertThat(server.seen()).extracting(FakeHub.Seen::path).containsExactly(FakeHub.LISTING);
    }

    @Test
    void pinnedCommitInTheCacheNeedsNoNetwork() throws IOException {
        try (Hub hub = hub()) {
            fetch(hub);
            server.seen().clear();
            assertThat(hub.fetch(MODEL.at(FakeHub.COMMIT), CHECKPOINT, HubListener.silent()).files()).hasSize(3);
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void newCommitReusesBlobsThatStayTheSame() throws IOException {
        try (Hub hub = hub()) {
            fetch(hub);
            server.commit = "f".repeat(40);
            server.file("config.json", "{\"model_type\":\"glpn\"}");
            server.seen().clear();
            HubSnapshot snapshot = fetch(hub);
            assertThat(snapshot.folder().resolve("config.json")).content().contains("glpn");
            assertThat(snapshot.folder().resolve("model.safetensors")).exists();
        }
        assertThat(server.count("GET", server.storePath("model.safetensors"))).isZero();
        assertThat(repository().resolve("refs/main")).hasContent("f".repeat(40));
        assertThat(repository().resolve("snapshots").resolve(FakeHub.COMMIT).resolve("config.json")).content()
                .contains("dpt");
    }

    @Test
    void tokenGoesToTheHubAndNeverToTheStore() throws IOException {
        server.requiredToken = "hf_abc";
        HubSettings base = settings();
        HubSettings settings = new HubSettings(base.endpoint(), Optional.of(new AccessToken(" hf_abc\n")), base.cache(),
                base.downloads(), false, true, base.answerTimeout(), base.silenceTimeout());
        assertThat(settings.toString()).doesNotContain("hf_abc");
        try (Hub hub = hub(settings)) {
            fetch(hub);
        }
        assertThat(server.seen()).filteredOn(seen -> seen.server().equals("hub"))
                .allSatisfy(seen -> assertThat(seen.authorization()).isEqualTo("Bearer hf_abc"));
        assertThat(server.seen()).filteredOn(seen -> seen.server().equals("store")).isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.authorization()).isNull());
    }

    @Test
    void gatedRepositoryExplainsHowToGetAccess() {
        server.requiredToken = "hf_abc";
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.ACCESS_DENIED, "owner/model", "accept", "HF_TOKEN",
                    "restricted");
        }
        assertThat(slept).isEmpty();
    }

    @Test
    void unknownRepositoryRevisionAndFileAreDistinguished() {
        try (Hub hub = hub()) {
            HubListener silent = HubListener.silent();
            assertFails(() -> hub.fetch(HubReference.Repository.of("owner", "other"), CHECKPOINT, silent),
                    HubException.Kind.REPOSITORY_NOT_FOUND, "owner/other", "spelling", "HF_TOKEN");
            assertFails(() -> hub.fetch(MODEL.at("nope"), CHECKPOINT, silent), HubException.Kind.REVISION_NOT_FOUND,
                    "owner/model@nope");
            assertFails(() -> hub.fetch(new HubReference.RepositoryFile(MODEL, "x.onnx"), silent),
                    HubException.Kind.FILE_NOT_FOUND, "x.onnx", "config.json");
        }
        assertThat(repository().resolve(".no_exist").resolve(FakeHub.COMMIT).resolve("x.onnx")).exists();
    }

    @Test
    void repositoryWithoutWeightsNamesTheAddressesOfOtherModels() {
        server.remove("model.safetensors").remove("pytorch_model.bin");
        server.file("small/config.json", "{}").file("onnx/model_fp16.onnx", "x").file("onnx/model_q4.onnx", "x");
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.FILE_NOT_FOUND, "give its address", "/tree/main/small",
                    "/resolve/main/onnx/model_fp16.onnx");
        }
    }

    @Test
    void repositoryWithoutWeightsNamesWhatWasExpectedAndFound() {
        server.remove("model.safetensors").remove("pytorch_model.bin");
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.FILE_NOT_FOUND, "model.safetensors", "pytorch_model.bin",
                    "found README.md, config.json");
        }
    }

    @Test
    void rateLimitWaitsAsLongAsTheServerAsks() throws IOException {
        server.script("GET " + FakeHub.LISTING, FakeHub.status(429, "Retry-After", "7"),
                FakeHub.status(429, "RateLimit", "\"api\";r=0;t=3"));
        try (Hub hub = hub()) {
            fetch(hub);
        }
        assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void longRateLimitIsReportedImmediately() {
        server.script("GET " + FakeHub.LISTING, FakeHub.status(429, "Retry-After", "3600"));
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.RATE_LIMITED, "3600 s");
        }
        assertThat(slept).isEmpty();
    }

    @Test
    void serverErrorsAreRepeatedWithGrowingPauses() throws IOException {
        server.script("HEAD " + FakeHub.resolvePath("model.safetensors"), FakeHub.status(500), FakeHub.status(502),
                FakeHub.status(503));
        try (Hub hub = hub()) {
            fetch(hub);
        }
        assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).as("with jitter of at most a quarter")
                .isBetween(Duration.ofMillis(1000 + 2000 + 4000), Duration.ofMillis(1250 + 2500 + 5000));
    }

    @Test
    void permanentServerErrorIsReportedAfterFiveAttempts() {
        FakeHub.Scripted broken = FakeHub.status(503);
        server.script("GET " + FakeHub.LISTING, broken, broken, broken, broken, broken, broken);
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.SERVER_ERROR, "503");
        }
        assertThat(server.count("GET", FakeHub.LISTING)).isEqualTo(5);
    }

    @Test
    void interruptedDownloadResumesWhereItStopped() throws IOException {
        byte[] content = server.content("model.safetensors");
        server.script("GET " + server.storePath("model.safetensors"), FakeHub.cutAfter(content, 300_000));
        try (Hub hub = hub()) {
            assertThat(fetch(hub).folder().resolve("model.safetensors")).hasBinaryContent(content);
        }
        assertThat(server.seen()).filteredOn(seen -> seen.server().equals("store")).extracting(FakeHub.Seen::range)
                .hasSize(2).satisfies(ranges -> assertThat(ranges.get(1)).matches("bytes=[1-9][0-9]*-"));
    }

    @Test
    void serverWithoutRangesRestartsAndNotifiesTheListener() throws IOException {
        byte[] content = server.content("model.safetensors");
        server.ranges = false;
        server.script("GET " + server.storePath("model.safetensors"), FakeHub.cutAfter(content, 300_000));
        AtomicLong received = new AtomicLong();
        HubListener counting = new HubListener() {
            @Override
            public void received(long bytes) {
                received.addAndGet(bytes);
            }
        };
        try (Hub hub = hub()) {
            HubSnapshot snapshot = hub.fetch(MODEL, new RequestedFiles.Named(List.of("model.safetensors")), counting);
            assertThat(snapshot.folder().resolve("model.safetensors")).hasBinaryContent(content);
        }
        assertThat(received).hasValue(content.length);
    }

    @Test
    void serverWithoutRangesThatIsCutAtTheSameByteFailsAfterFiveAttempts() {
        byte[] content = server.content("model.safetensors");
        server.ranges = false;
        FakeHub.Scripted cut = FakeHub.cutAfter(content, 1000);
        server.script("GET " + server.storePath("model.safetensors"), cut, cut, cut, cut, cut, cut, cut, cut);
        try (Hub hub = hub()) {
            assertFails(
                    () -> hub.fetch(MODEL, new RequestedFiles.Named(List.of("model.safetensors")), new HubListener() {
                    }), HubException.Kind.UNREACHABLE, "model.safetensors");
        }
        assertThat(server.count("GET", server.storePath("model.safetensors"))).isBetween(5L, 6L);
    }

    @Test
    void partialFileOfAnotherProgramIsResumed() throws IOException {
        byte[] content = server.content("model.safetensors");
        Path blobs = Files.createDirectories(repository().resolve("blobs"));
        Files.write(blobs.resolve(FakeHub.sha256(content) + ".incomplete"), Arrays.copyOf(content, 123_456));
        try (Hub hub = hub()) {
            assertThat(fetch(hub).folder().resolve("model.safetensors")).hasBinaryContent(content);
        }
        assertThat(server.seen()).filteredOn(seen -> seen.server().equals("store")).extracting(FakeHub.Seen::range)
                .containsExactly("bytes=123456-");
    }

    @Test
    void damagedPartialFileIsDetectedByItsHashAndDownloadedAgain() throws IOException {
        byte[] content = server.content("model.safetensors");
        Path blobs = Files.createDirectories(repository().resolve("blobs"));
        Files.write(blobs.resolve(FakeHub.sha256(content) + ".incomplete"), new byte[content.length + 5]);
        Files.write(blobs.resolve(FakeHub.gitSha1(server.content("config.json")) + ".incomplete"),
                new byte[server.content("config.json").length]);
        try (Hub hub = hub()) {
            HubSnapshot snapshot = fetch(hub);
            assertThat(snapshot.folder().resolve("model.safetensors")).hasBinaryContent(content);
            assertThat(snapshot.folder().resolve("config.json")).hasBinaryContent(server.content("config.json"));
        }
    }

    @Test
    void wrongContentIsRejectedAndLeavesNoBlob() {
        byte[] content = server.content("model.safetensors");
        byte[] other = content.clone();
        other[content.length / 2] ^= 1;
        server.script("GET " + server.storePath("model.safetensors"), FakeHub.instead(other), FakeHub.instead(other));
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.CORRUPT, "model.safetensors", FakeHub.sha256(content),
                    FakeHub.sha256(other));
        }
        assertThat(repository().resolve("blobs").resolve(FakeHub.sha256(content))).doesNotExist();
        assertThat(repository().resolve("refs/main")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {699_999, 700_001})
    void wrongSizeIsRejected(int size) {
        byte[] other = FakeHub.bytes(size, 8);
        server.script("GET " + server.storePath("model.safetensors"), FakeHub.instead(other), FakeHub.instead(other));
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.CORRUPT, "expected 700000 bytes, found " + size);
        }
    }

    @Test
    void silentServerTimesOut() {
        byte[] content = server.content("model.safetensors");
        FakeHub.Scripted silent = exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(5000);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
        server.script("GET " + server.storePath("model.safetensors"), silent);
        HubSettings base = settings();
        HubSettings hasty = new HubSettings(base.endpoint(), base.token(), base.cache(), base.downloads(), false, true,
                base.answerTimeout(), Duration.ofMillis(300));
        List<String> reasons = new CopyOnWriteArrayList<>();
        HubListener listener = new HubListener() {
            @Override
            public void waiting(String reason, Duration pause) {
                reasons.add(reason);
            }
        };
        try (Hub hub = hub(hasty)) {
            assertThat(hub.fetch(MODEL, CHECKPOINT, listener).files()).hasSize(3);
        } catch (HubException e) {
            throw new AssertionError(e);
        }
        assertThat(reasons).singleElement().asString().contains("silent for");
    }

    @Test
    void cancelledDownloadStopsAndIsResumedNextTime() throws IOException {
        List<String> started = new ArrayList<>();
        HubListener impatient = new HubListener() {
            private long bytes;

            @Override
            public void started(String file, long size, long present) {
                started.add(file + " " + present);
            }

            @Override
            public void received(long count) {
                bytes += count;
            }

            @Override
            public boolean isCancelled() {
                return bytes > 10_000;
            }
        };
        try (Hub hub = hub()) {
            assertFails(() -> hub.fetch(MODEL, CHECKPOINT, impatient), HubException.Kind.CANCELLED,
                    "model.safetensors");
            assertThat(repository().resolve("blobs")
                    .resolve(FakeHub.sha256(server.content("model.safetensors")) + ".incomplete")).isNotEmptyFile();
            assertThat(fetch(hub).files()).hasSize(3);
        }
        assertThat(server.seen()).filteredOn(seen -> seen.server().equals("store")).last()
                .satisfies(seen -> assertThat(seen.range()).isNotNull());
    }

    @Test
    void interruptedThreadStops() {
        try (Hub hub = hub()) {
            Thread.currentThread().interrupt();
            assertFails(() -> fetch(hub), HubException.Kind.CANCELLED, "stopped");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void fullDiskIsReportedBeforeTheDownload() {
        try (Hub hub = new Hub(settings(), _ -> 1000, slept::add)) {
            assertFails(() -> fetch(hub), HubException.Kind.DISK_FULL, "0.7 MB", "0.0 MB are free", "HF_HOME");
        }
        assertThat(server.seen()).noneMatch(seen -> seen.server().equals("store"));
    }

    @Test
    void spaceForAllShardsIsCheckedAtOnce() {
        server.remove("model.safetensors")
                .file("model.safetensors.index.json",
                        "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}")
                .large("one.safetensors", FakeHub.bytes(600_000, 1))
                .large("two.safetensors", FakeHub.bytes(600_000, 2));
        try (Hub hub = new Hub(settings(), _ -> 700_000, slept::add)) {
            assertFails(() -> fetch(hub), HubException.Kind.DISK_FULL, "owner/model", "needs 1.2 MB in " + folder,
                    "0.7 MB are free", "HF_HOME");
        }
        assertThat(server.seen()).noneMatch(seen -> seen.server().equals("store"));
    }

    @Test
    void spaceIsCheckedForMissingBytesOnly() throws IOException {
        byte[] content = server.content("model.safetensors");
        Path blobs = Files.createDirectories(repository().resolve("blobs"));
        Files.write(blobs.resolve(FakeHub.sha256(content) + ".incomplete"), Arrays.copyOf(content, 600_000));
        try (Hub hub = new Hub(settings(), _ -> 150_000, slept::add)) {
            assertThat(fetch(hub).files()).hasSize(3);
        }
    }

    @Test
    void diskThatFillsDuringTheDownloadIsReported() throws IOException {
        // Linux's device that is always full simulates the growing file.
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "SKIPPED: needs /dev/full, a file that is always full");
        Path blobs = Files.createDirectories(repository().resolve("blobs"));
        String etag = FakeHub.sha256(server.content("model.safetensors"));
        for (String mark : List.of("", ".fathom")) {
            Files.createSymbolicLink(blobs.resolve(etag + mark + ".incomplete"), full);
        }
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.DISK_FULL, "owner/model/model.safetensors",
                    "needs 0.7 MB more in " + blobs, "full", "HF_HOME");
        }
        for (String mark : List.of("", ".fathom")) {
            Files.delete(blobs.resolve(etag + mark + ".incomplete"));
        }
        assertThat(blobs.resolve(etag)).doesNotExist();
        assertThat(repository().resolve("refs/main")).doesNotExist();
        assertThat(slept).as("a full disk is not tried again").isEmpty();
    }

    @Test
    void fullAndForbiddenCachesAreDistinguished() {
        assertThat(HubCache.unusable("cannot write x", new IOException("x: No space left on device"))).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(HubException.Kind.DISK_FULL);
            assertThat(e).hasMessageContainingAll("cannot write x", "full", "HF_HOME");
        });
        assertThat(HubCache.unusable("cannot write x", new IOException("x: Permission denied")).kind())
                .isEqualTo(HubException.Kind.CACHE);
    }

    @Test
    void offlineUsesWhatPythonDownloaded() throws IOException {
        pythonsCache();
        try (Hub hub = hub(settings().withOffline(true))) {
            HubSnapshot snapshot = fetch(hub);
            assertThat(snapshot.files()).containsExactly("config.json", "model.safetensors.index.json",
                    "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
            assertThat(hub.cache().repositories()).singleElement().satisfies(cached -> {
                assertThat(cached.id()).isEqualTo("owner/model");
                assertThat(cached.commits()).containsExactly(FakeHub.COMMIT);
                assertThat(cached.bytes()).isPositive();
            });
        }
        assertThat(server.seen()).isEmpty();
    }

    @Test
    void offlineWithMissingShardsExplainsTheFix() throws IOException {
        pythonsCache();
        Files.delete(repository().resolve("blobs").resolve("b".repeat(64)));
        try (Hub hub = hub(settings().withOffline(true))) {
            assertFails(() -> fetch(hub), HubException.Kind.OFFLINE, "owner/model", "HF_HUB_OFFLINE");
        }
    }

    @Test
    void unreachableHubFallsBackOnTheCache() throws IOException {
        try (Hub hub = hub()) {
            fetch(hub);
            server.script("GET " + FakeHub.LISTING, FakeHub.status(503));
            List<String> told = new ArrayList<>();
            HubListener listener = new HubListener() {
                @Override
                public void usingCache(String reason) {
                    told.add(reason);
                }
            };
            assertThat(hub.fetch(MODEL, CHECKPOINT, listener).commit()).isEqualTo(FakeHub.COMMIT);
            assertThat(told).singleElement().asString().contains("503");
        }
    }

    @Test
    void unreachableHubWithoutCacheIsReported() {
        HubSettings base = settings();
        HubSettings nowhere = new HubSettings(URI.create("http://localhost:1"), base.token(), base.cache(),
                base.downloads(), false, true, base.answerTimeout(), base.silenceTimeout());
        try (Hub hub = hub(nowhere)) {
            assertFails(() -> fetch(hub), HubException.Kind.UNREACHABLE, "owner/model", "localhost", "HF_ENDPOINT");
        }
    }

    @Test
    void shardsOfTheIndexComeWithIt() throws IOException {
        server.remove("model.safetensors")
                .file("model.safetensors.index.json",
                        "{\"weight_map\":{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}}")
                .large("one.safetensors", FakeHub.bytes(1000, 1)).large("two.safetensors", FakeHub.bytes(2000, 2))
                .large("three.safetensors", FakeHub.bytes(2000, 3));
        try (Hub hub = hub()) {
            assertThat(fetch(hub).files()).containsExactly("config.json", "preprocessor_config.json",
                    "model.safetensors.index.json", "one.safetensors", "two.safetensors");
        }
    }

    @Test
    void indexOutsideTheRepositoryIsRejected() {
        server.remove("model.safetensors").file("model.safetensors.index.json",
                "{\"weight_map\":{\"a\":\"../../../secret\"}}");
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.FILE_NOT_FOUND, "secret", "model.safetensors.index.json");
        }
    }

    @Test
    void fileNameOutsideTheRepositoryIsRejected() {
        server.file("../evil", "x");
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.UNEXPECTED_ANSWER, "../evil");
        }
    }

    @Test
    void pipelineTakesEachComponentOnce() throws IOException {
        server.file("model_index.json", """
                {"_class_name":"MarigoldPipeline","unet":["diffusers","UNet"],"vae":["diffusers","Vae"],
                 "controlnet":["diffusers","UNet"],
                 "tokenizer":["transformers","CLIPTokenizer"],"scheduler":["diffusers","DDIMScheduler"],
                 "text_encoder":["transformers","CLIP"],"safety_checker":[null,null],"scale_invariant":true}""")
                .file("unet/config.json", "{}").large("unet/diffusion_pytorch_model.safetensors", FakeHub.bytes(10, 1))
                .large("unet/diffusion_pytorch_model.fp16.safetensors", FakeHub.bytes(11, 1))
                .large("unet/diffusion_pytorch_model.bin", FakeHub.bytes(12, 1)).file("vae/config.json", "{}")
                .large("vae/diffusion_pytorch_model.bin", FakeHub.bytes(13, 1))
                .large("controlnet/diffusion_pytorch_model.fp16.safetensors", FakeHub.bytes(15, 1))
                .file("tokenizer/vocab.json", "{}").file("tokenizer/merges.txt", "x")
                .file("scheduler/scheduler_config.json", "{}").file("text_encoder/config.json", "{}")
                .large("text_encoder/model.safetensors", FakeHub.bytes(14, 1));
        try (Hub hub = hub()) {
            HubSnapshot snapshot = hub.fetch(MODEL, new RequestedFiles.Any(Set.of("text_encoder"), SomeRules.RULES),
                    HubListener.silent());
            assertThat(snapshot.files()).containsExactlyInAnyOrder("model_index.json", "unet/config.json",
                    "unet/diffusion_pytorch_model.safetensors", "vae/config.json", "vae/diffusion_pytorch_model.bin",
                    "controlnet/diffusion_pytorch_model.fp16.safetensors", "tokenizer/vocab.json",
                    "tokenizer/merges.txt", "scheduler/scheduler_config.json");
            Path weights = snapshot.folder().resolve("unet/diffusion_pytorch_model.safetensors");
            assertThat(Files.readSymbolicLink(weights).toString()).startsWith("../../../blobs/");
            assertThat(weights).hasSize(10);
        }
    }

    @Test
    void systemWithoutLinksStoresFilesInTheSnapshot() throws IOException {
        HubSettings base = settings();
        HubSettings plain = new HubSettings(base.endpoint(), base.token(), base.cache(), base.downloads(), false, false,
                base.answerTimeout(), base.silenceTimeout());
        try (Hub hub = hub(plain)) {
            Path config = fetch(hub).folder().resolve("config.json");
            assertThat(config).isRegularFile().hasBinaryContent(server.content("config.json"));
            assertThat(Files.isSymbolicLink(config)).isFalse();
            server.seen().clear();
            fetch(hub);
        }
        assertThat(server.seen()).hasSize(1);
    }

    @Test
    void concurrentClientsDownloadEachFileOnce() throws Exception {
        byte[] content = server.content("model.safetensors");
        CountDownLatch both = new CountDownLatch(2);
        server.script("GET " + server.storePath("model.safetensors"), exchange -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            FakeHub.instead(content).answer(exchange);
        });
        Callable<HubSnapshot> task = () -> {
            both.countDown();
            both.await();
            try (Hub hub = new Hub(settings())) {
                return fetch(hub);
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<HubSnapshot> one = threads.submit(task);
            Future<HubSnapshot> two = threads.submit(task);
            assertThat(one.get()).isEqualTo(two.get());
        }
        assertThat(server.count("GET", server.storePath("model.safetensors"))).isEqualTo(1);
    }

    @Test
    void licenceIsReportedBeforeTheDownload() throws IOException {
        try (Hub hub = hub()) {
            assertThat(hub.licence(MODEL, HubListener.silent())).contains("apache-2.0");
        }
        assertThat(server.seen()).hasSize(1);
        try (Hub hub = hub(settings().withOffline(true))) {
            assertThat(hub.licence(MODEL, HubListener.silent())).isEmpty();
        }
    }

    @Test
    void removedRepositoryIsDeleted() throws IOException {
        try (Hub hub = hub()) {
            fetch(hub);
            assertThat(hub.cache().remove(MODEL)).isGreaterThan(700_000);
            assertThat(hub.cache().repositories()).isEmpty();
            assertThat(hub.cache().remove(MODEL)).isZero();
        }
    }

    @Test
    void fileFromAnyAddressIsDownloadedOnceAndAgainWhenItChanges() throws IOException {
        HubReference.FileUrl url = new HubReference.FileUrl(
                server.endpoint().resolve("/api/resolve-cache/models/owner/model/" + FakeHub.COMMIT + "/config.json"));
        try (Hub hub = hub()) {
            Path file = hub.fetch(url, HubListener.silent());
            assertThat(file).hasFileName("config.json").hasBinaryContent(server.content("config.json"));
            hub.fetch(url, HubListener.silent());
            assertThat(server.count("GET", url.address().getPath())).isEqualTo(1);
            server.file("config.json", "{}");
            assertThat(hub.fetch(url, HubListener.silent())).hasContent("{}");
        }
    }

    @Test
    void errorsNeverShowTheSignatureOfAnAddress() {
        server.script("GET " + server.storePath("model.safetensors"), FakeHub.status(404));
        try (Hub hub = hub()) {
            assertFails(() -> fetch(hub), HubException.Kind.FILE_NOT_FOUND, server.storePath("model.safetensors"));
            assertThatThrownBy(() -> {
                server.script("GET " + server.storePath("model.safetensors"), FakeHub.status(404));
                fetch(hub);
            }).message().doesNotContain("secret");
        }
    }

    /**
     * Creates the files that {@code huggingface_hub} leaves after {@code snapshot_download} of a sharded checkpoint.
     */
    private void pythonsCache() throws IOException {
        Path blobs = Files.createDirectories(repository().resolve("blobs"));
        Path snapshot = Files.createDirectories(repository().resolve("snapshots").resolve(FakeHub.COMMIT));
        Files.createDirectories(repository().resolve("refs"));
        Files.writeString(repository().resolve("refs/main"), FakeHub.COMMIT);
        Files.createDirectories(repository().resolve(".no_exist").resolve(FakeHub.COMMIT));
        Files.createFile(repository().resolve(".no_exist").resolve(FakeHub.COMMIT).resolve("preprocessor_config.json"));
        String index = "{\"weight_map\":{\"x\":\"model-00001-of-00002.safetensors\",\"y\":\"model-00002-of-00002.safetensors\"}}";
        record Entry(String name, String etag, byte[] content) {}
        for (Entry entry : List.of(new Entry("config.json", "1".repeat(40), "{}".getBytes(StandardCharsets.UTF_8)),
                new Entry("model.safetensors.index.json", "2".repeat(40), index.getBytes(StandardCharsets.UTF_8)),
                new Entry("model-00001-of-00002.safetensors", "a".repeat(64), new byte[8]),
                new Entry("model-00002-of-00002.safetensors", "b".repeat(64), new byte[9]))) {
            Files.write(blobs.resolve(entry.etag()), entry.content());
            Files.createSymbolicLink(snapshot.resolve(entry.name()), Path.of("../../blobs/" + entry.etag()));
        }
    }
}
