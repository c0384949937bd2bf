package fathom.inference.replicate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import fathom.formats.images.Images;
import fathom.formats.png.Png;
import fathom.inference.replicate.FakeService.Answer;
import fathom.inference.replicate.RemoteException.Reason;
import fathom.models.Estimate;
import fathom.models.ModelOptions;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.advice.Remedy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tests against a local service whose responses follow the public reference of Replicate's HTTP interface. */
@Timeout(30)
class RemoteDepthTest {
    private static final String VERSION = "1a363593bc4882684fc58042d19db5e13a810e44e02f8d4c32afd1eb30464818";
    private static final String TOKEN = "r8_secret";
    private static final String CREATE = "POST /v1/predictions";
    private static final String POLL = "GET /v1/predictions/gm3qorzdhgbfurvjtvhg6dckhu";
    private static final String CANCEL = POLL.replace("GET", "POST") + "/cancel";

    @TempDir
    private Path folder;
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    /** Returns a prediction in the format of the service. */
    private String prediction(String status, String output, String error) {
        return """
                {"id": "gm3qorzdhgbfurvjtvhg6dckhu", "model": "owner/name", "version": "%s", "input": {},
                 "logs": "loading\\nrunning", "output": %s, "error": %s, "status": "%s",
                 "created_at": "2023-09-08T16:19:34.765994Z", "data_removed": false, "metrics": {"predict_time": 0.01},
                 "urls": {"cancel": "%s", "get": "%s"}}""".formatted(VERSION, output, error, status,
                service.address("predictions/gm3qorzdhgbfurvjtvhg6dckhu/cancel"),
                service.address("predictions/gm3qorzdhgbfurvjtvhg6dckhu"));
    }

    private Answer succeeded(String... files) {
        StringBuilder output = new StringBuilder();
        for (String file : files) {
            output.append(output.isEmpty() ? "" : ", ").append('"').append(service.address(file)).append('"');
        }
        return Answer.json(201,
                prediction("succeeded", files.length == 1 ? output.toString() : "[" + output + "]", "null"));
    }

    private RemoteDepth open(String model, RemoteOptions options) {
        return RemoteDepth.open(RemoteModel.parse(model), options.withEndpoint(service.endpoint()));
    }

    private RemoteDepth midas() {
        return open("replicate:cjwbw/midas:" + VERSION, RemoteOptions.of(TOKEN));
    }

    private static RgbImage picture() {
        return RgbImage.allocate(3, 4);
    }

    private byte[] grey8(Plane values) throws IOException {
        Path file = folder.resolve("grey8.png");
        Png.writeGray8(file, values);
        return Files.readAllBytes(file);
    }

    private byte[] grey16(Plane values) throws IOException {
        Path file = folder.resolve("grey16.png");
        Png.writeGray16(file, values);
        return Files.readAllBytes(file);
    }

    private static Plane ramp(int height, int width, float step) {
        Plane plane = Plane.allocate(height, width);
        for (int i = 0; i < plane.size(); i++) {
            plane.array()[i] = i * step;
        }
        return plane;
    }

    private static RemoteException failure(RemoteDepth estimator) {
        return catchThrowableOfType(RemoteException.class, () -> estimator.run(estimator.encode(picture())));
    }

    @Test
    void midasIsReadAsInverseDepthOfFewLevels() throws IOException {
        Plane values = ramp(3, 4, 20);
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png", Answer.file(grey8(values)));
        try (RemoteDepth estimator = midas()) {
            Estimate estimate = estimator.run(estimator.encode(picture()));
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(estimate.prediction().values().toArray()).containsExactly(values.toArray());
            assertThat(estimator.warnings()).singleElement().asString().contains("256 levels",
                    "not suitable for metric");
            assertThat(estimator.description().source()).isEqualTo("replicate:cjwbw/midas:" + VERSION);
        }
    }

    @Test
    void marigoldsFirstFileIsItsDepthInSixteenBits() throws IOException {
        Plane values = ramp(3, 4, 5957);
        service.on(CREATE, succeeded("bw.png", "color.png")).on("GET /v1/bw.png", Answer.file(grey16(values)));
        try (RemoteDepth estimator = open("replicate:adirik/marigold:" + VERSION, RemoteOptions.of(TOKEN))) {
            Estimate estimate = estimator.run(estimator.encode(picture()));
            assertThat(estimate.prediction().kind()).isEqualTo(DepthKind.AFFINE);
            assertThat(estimate.prediction().values().get(2, 3)).isEqualTo(11 * 5957 / 65535f);
            assertThat(estimator.description().inputPolicy()).contains("output[0]", "near dark");
            assertThat(estimator.warnings()).isEmpty();
        }
        assertThat(service.requests("GET /v1/color.png")).isEmpty();
    }

    @Test
    void asTheArticleTheColourPicturesRedChannelTakenFrom255GivesLevels() throws IOException {
        byte[] rgb = new byte[36];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        service.on(CREATE, succeeded("bw.png", "color.png")).on("GET /v1/color.png",
                Answer.file(Png.encodeRgb(RgbImage.wrap(rgb, 3, 4))));
        RemoteOptions options = RemoteOptions.of(TOKEN).withAsArticle(true);
        try (RemoteDepth estimator = open("replicate:adirik/marigold:" + VERSION, options)) {
            Prediction prediction = estimator.run(estimator.encode(picture())).prediction();
            assertThat(prediction.kind()).isEqualTo(DepthKind.LEVELS);
            float[] values = prediction.values().toArray();
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo(255 - (rgb[3 * i] & 0xFF));
            }
            assertThat(estimator.description().inputPolicy()).contains("as the article", "output[1]", "red channel");
            assertThat(estimator.warnings()).singleElement().asString().contains("not depth");
        }
        assertThat(service.requests("GET /v1/bw.png")).isEmpty();
    }

    @Test
    void theRequestHoldsThePictureTheVersionAndTheInputs() throws IOException {
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        RemoteOptions options = RemoteOptions.of(TOKEN)
                .withInputs(Map.of("model_type", "dpt_beit_large_512", "seed", "7", "strength", "0.5", "tile", "true"));
        RgbImage image = RgbImage.wrap(new byte[]{1, 2, 3, 4, 5, 6}, 1, 2);
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            estimator.run(estimator.encode(image));
        }
        FakeService.Request request = service.requests(CREATE).getFirst();
        assertThat(request.headers()).containsEntry("authorization", "Bearer " + TOKEN)
                .containsEntry("prefer", "wait=5").containsEntry("content-type", "application/json")
                .containsKey("cancel-after");
        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(body.get("version").stringValue()).isEqualTo(VERSION);
        JsonNode input = body.get("input");
        assertThat(input.get("model_type").stringValue()).isEqualTo("dpt_beit_large_512");
        assertThat(input.get("seed").isIntegralNumber()).isTrue();
        assertThat(input.get("strength").doubleValue()).isEqualTo(0.5);
        assertThat(input.get("tile").booleanValue()).isTrue();
        String address = input.get("image").stringValue();
        assertThat(address).startsWith("data:image/png;base64,");
        byte[] sent = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
        assertThat(Images.readRgb(sent, "sent").toArray()).containsExactly(image.toArray());
        assertThat(service.requests("GET /v1/out.png").getFirst().headers()).containsKey("authorization");
    }

    @Test
    void aLargePictureIsUploadedFirst() throws IOException {
        byte[] noise = new byte[320 * 320 * 3];
        new java.util.Random(3).nextBytes(noise);
        service.on("POST /v1/files",
                Answer.json(201, "{\"id\": \"f\", \"urls\": {\"get\": \"" + service.address("files/f") + "\"}}"))
                .on(CREATE, succeeded("out.png")).on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        try (RemoteDepth estimator = midas()) {
            estimator.run(estimator.encode(RgbImage.wrap(noise, 320, 320)));
        }
        FakeService.Request upload = service.requests("POST /v1/files").getFirst();
        String type = upload.headers().get("content-type");
        assertThat(type).startsWith("multipart/form-data; boundary=");
        String boundary = type.substring(type.indexOf('=') + 1);
        assertThat(upload.text()).startsWith("--" + boundary + "\r\nContent-Disposition: form-data; name=\"content\"")
                .endsWith("\r\n--" + boundary + "--\r\n");
        JsonNode body = new ObjectMapper().readTree(service.requests(CREATE).getFirst().body());
        assertThat(body.get("input").get("image").stringValue()).isEqualTo(service.address("files/f"));
    }

    @Test
    void withoutAVersionTheLatestIsTaken() throws IOException {
        service.on("GET /v1/models/cjwbw/midas", Answer.json(200, """
                {"owner": "cjwbw", "name": "midas", "latest_version": {"id": "%s"}}""".formatted(VERSION)));
        try (RemoteDepth estimator = open("replicate:cjwbw/midas", RemoteOptions.of(TOKEN))) {
            assertThat(estimator.description().source()).endsWith(":" + VERSION);
        }
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void officialModelWithoutAVersionIsRunByItsName() throws IOException {
        service.on("GET /v1/models/owner/depth", Answer.json(200, "{\"is_official\": true, \"latest_version\": null}"),
                Answer.json(200, "{\"is_official\": false, \"latest_version\": null}")).on(CREATE, succeeded("out.png"))
                .on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        RemoteOptions options = RemoteOptions.of(TOKEN).withKind(DepthKind.AFFINE_INVERSE);
        try (RemoteDepth estimator = open("replicate:owner/depth", options)) {
            estimator.run(estimator.encode(picture()));
            assertThat(estimator.description().source()).isEqualTo("replicate:owner/depth");
        }
        JsonNode body = new ObjectMapper().readTree(service.requests(CREATE).getFirst().body());
        assertThat(body.get("version").stringValue()).isEqualTo("owner/depth");
        assertThatThrownBy(() -> open("replicate:owner/depth", options)).hasMessageContaining("with a version");
    }

    @Test
    void modelWithoutLookUpIsDescribedButNotRun() {
        RemoteOptions options = RemoteOptions.of(TOKEN).withLookUp(false);
        try (RemoteDepth estimator = open("replicate:cjwbw/midas", options)) {
            assertThat(estimator.description().inputPolicy()).startsWith("newest version");
            assertThatThrownBy(() -> estimator.run(estimator.encode(picture())))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void versionIsAFieldOfTheProvenance() {
        try (RemoteDepth estimator = midas()) {
            assertThat(estimator.description().identity().service()).isEqualTo(VERSION);
        }
    }

    @Test
    void pictureIsSentAsTheStatedInput() throws IOException {
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        RemoteOptions options = RemoteOptions.of(TOKEN)
                .with(ModelOptions.of(Map.of("picture-input", "image_path", "kind", "metric")));
        try (RemoteDepth estimator = open("replicate:owner/depth:" + VERSION, options)) {
            estimator.run(estimator.encode(picture()));
        }
        JsonNode input = new ObjectMapper().readTree(service.requests(CREATE).getFirst().body()).get("input");
        assertThat(input.get("image_path").stringValue()).startsWith("data:image/png");
        assertThat(input.has("image")).isFalse();
        assertThatThrownBy(() -> RemoteOptions.of(TOKEN).withInputs(Map.of("image", "x.png")))
                .hasMessageContainingAll("that no other input has", "picture-input");
    }

    @Test
    void aColdStartIsWaitedForAndShown() throws IOException {
        service.on(CREATE, Answer.json(201, prediction("starting", "null", "null")))
                .on(POLL, Answer.json(200, prediction("starting", "null", "null")),
                        Answer.json(200, prediction("processing", "null", "null")), succeeded("out.png"))
                .on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        List<RemoteListener.State> states = Collections.synchronizedList(new ArrayList<>());
        RemoteOptions options = RemoteOptions.of(TOKEN).withListener((id, state, waited) -> states.add(state));
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            estimator.run(estimator.encode(picture()));
        }
        assertThat(states).containsExactly(RemoteListener.State.STARTING, RemoteListener.State.STARTING,
                RemoteListener.State.RUNNING);
    }

    @Test
    void slowPredictionIsPolledLessOften() throws IOException {
        Answer running = Answer.json(200, prediction("processing", "null", "null"));
        service.on(CREATE, Answer.json(201, prediction("processing", "null", "null")))
                .on(POLL, running, running, running, succeeded("out.png"))
                .on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        List<Duration> told = Collections.synchronizedList(new ArrayList<>());
        RemoteOptions options = RemoteOptions.of(TOKEN).withListener((id, state, waited) -> told.add(waited));
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            estimator.run(estimator.encode(picture()));
        }
        assertThat(service.requests(POLL)).hasSize(4);
        assertThat(told).hasSize(4);
        for (int i = 1; i < told.size(); i++) {
            long atLeast = Math.round(500 * Math.pow(1.5, i - 1)) - 1;
            assertThat(told.get(i).minus(told.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofMillis(atLeast));
        }
    }

    @Test
    void tokenIsNotSentToTheHostOfOutputs() throws IOException {
        try (FakeService elsewhere = new FakeService()) {
            elsewhere.on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
            service.on(CREATE,
                    Answer.json(201, prediction("succeeded", '"' + elsewhere.address("out.png") + '"', "null")));
            try (RemoteDepth estimator = midas()) {
                assertThat(estimator.run(estimator.encode(picture())).prediction().values().get(2, 3)).isEqualTo(11);
            }
            assertThat(elsewhere.requests("GET /v1/out.png")).singleElement()
                    .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
        }
    }

    @Test
    void retryAfterOfABusyServiceIsRespected() throws IOException {
        service.on(CREATE,
                Answer.json(429, "{\"detail\": \"Request was throttled. Expected available in 1 second.\"}")
                        .with("Retry-After", "1"),
                succeeded("out.png")).on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        List<RemoteListener.State> states = Collections.synchronizedList(new ArrayList<>());
        RemoteOptions options = RemoteOptions.of(TOKEN).withListener((id, state, waited) -> states.add(state));
        long start = System.nanoTime();
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            estimator.run(estimator.encode(picture()));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(service.requests(CREATE)).hasSize(2);
        assertThat(states).containsExactly(RemoteListener.State.RATE_LIMITED);
    }

    @Test
    void waitingForABusyServiceEndsAtTheTimeout() {
        service.on(CREATE,
                Answer.json(429, "{\"detail\": \"Your rate limit resets in ~3600s.\"}").with("Retry-After", "3600"));
        RemoteOptions options = RemoteOptions.of(TOKEN).withTimeout(Duration.ofSeconds(5));
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(failure).hasMessageContainingAll("resets in ~3600s");
            assertThat(failure.remedy()).contains(new Remedy.LowerConcurrency());
        }
        assertThat(service.requests(CREATE)).hasSize(1);
    }

    @Test
    void busyServiceIsRetriedUntilItAccepts() throws IOException {
        Answer busy = Answer.json(429, "{\"detail\": \"Request was throttled.\"}").with("Retry-After", "1");
        service.on(CREATE, busy, busy, busy, busy, busy, busy, busy, succeeded("out.png")).on("GET /v1/out.png",
                Answer.file(grey8(ramp(3, 4, 1))));
        try (RemoteDepth estimator = midas()) {
            assertThat(estimator.run(estimator.encode(picture())).prediction().values().get(2, 3)).isEqualTo(11);
        }
        assertThat(service.requests(CREATE)).hasSize(8);
    }

    @Test
    void anInterruptWhileTheServiceIsBusyStartsNothingMore() throws InterruptedException {
        service.on(CREATE, Answer.json(429, "{}").with("Retry-After", "5"));
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch busy = new CountDownLatch(1);
        RemoteOptions options = RemoteOptions.of(TOKEN).withListener((id, state, waited) -> busy.countDown());
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            Thread run = Thread.ofPlatform().start(() -> thrown.add(failure(estimator)));
            assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
            run.interrupt();
            assertThat(run.join(Duration.ofSeconds(3))).as("stopped at once").isTrue();
        }
        assertThat(thrown).singleElement().isInstanceOfSatisfying(RemoteException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.CANCELLED));
        assertThat(service.requests(CREATE)).hasSize(1);
    }

    @Test
    void anInterruptedThreadStartsNothing() {
        service.on(CREATE, Answer.json(201, prediction("starting", "null", "null")));
        try (RemoteDepth estimator = midas()) {
            Thread.currentThread().interrupt();
            assertThat(failure(estimator).reason()).isEqualTo(Reason.CANCELLED);
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }
        assertThat(service.requests(CREATE)).isEmpty();
    }

    @Test
    void resultThatIsReadyOnInterruptIsKept() throws IOException, InterruptedException {
        service.on(CREATE, succeeded("out.png").after(Duration.ofMillis(1500))).on("GET /v1/out.png",
                Answer.file(grey8(ramp(3, 4, 1))).after(Duration.ofMillis(300)));
        List<Float> values = Collections.synchronizedList(new ArrayList<>());
        try (RemoteDepth estimator = midas()) {
            Thread run = Thread.ofPlatform().start(
                    () -> values.add(estimator.run(estimator.encode(picture())).prediction().values().get(2, 3)));
            while (service.requests(CREATE).isEmpty()) {
                Thread.sleep(5);
            }
            run.interrupt();
            run.join();
        }
        assertThat(values).containsExactly(11f);
    }

    @Test
    void responseThatDoesNotStartTimesOut() {
        service.on(CREATE, Answer.json(201, "{}").after(Duration.ofSeconds(20)));
        assertTimesOut(Duration.ofSeconds(2));
        assertThat(service.requests(CREATE)).as("paid work is not started twice").hasSize(1);
    }

    @Test
    void responseThatDoesNotEndTimesOut() throws IOException {
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png",
                Answer.file(grey8(ramp(3, 4, 1))).dripping(Duration.ofSeconds(1)));
        assertTimesOut(Duration.ofSeconds(2));
    }

    private void assertTimesOut(Duration timeout) {
        RemoteOptions options = RemoteOptions.of(TOKEN).withTimeout(timeout);
        Instant start = Instant.now();
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            assertThat(failure(estimator).reason()).isEqualTo(Reason.TIMED_OUT);
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(timeout.plusSeconds(4));
    }

    @Test
    void responseWithTooLargeContentLengthIsNotRead() {
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png",
                new Answer(200, Map.of(), new byte[100], 1_000_000_000).dripping(Duration.ofSeconds(1)));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator)).hasMessageContaining("found 1000000000");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"404|{\"detail\": \"Not found\"}|FAILED",
            "200|<html>a gateway</html>|UNEXPECTED_ANSWER", "403|{}|UNAUTHORISED"})
    void aPredictionThatCannotBeFollowedIsCancelled(int status, String body, Reason reason) {
        service.on(CREATE, Answer.json(201, prediction("processing", "null", "null")))
                .on(POLL, Answer.json(status, body))
                .on(CANCEL, Answer.json(200, prediction("canceled", "null", "null")));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.concernsAllPictures()).isEqualTo(reason == Reason.UNAUTHORISED);
        }
        assertThat(service.requests(CANCEL)).hasSize(1);
    }

    @Test
    void failedUploadIsRetriedAndMissingAddressIsReported() {
        byte[] noise = new byte[320 * 320 * 3];
        new java.util.Random(3).nextBytes(noise);
        service.on("POST /v1/files", new Answer(0, Map.of(), new byte[0], -1),
                Answer.json(201, "{\"urls\": {\"get\": \"https://no host/\"}}"));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = catchThrowableOfType(RemoteException.class,
                    () -> estimator.run(estimator.encode(RgbImage.wrap(noise, 320, 320))));
            assertThat(failure).hasMessageContainingAll("expected an https address", "https://no host/");
        }
        assertThat(service.requests("POST /v1/files")).hasSize(2);
        assertThat(service.requests(CREATE)).isEmpty();
    }

    @Test
    void logInMessagesIsShortAndWithoutControlSequences() {
        String bars = "  0%|\\r 50%|#\\r100%|##\\r\\n";
        String body = prediction("failed", "null", "\"out of \\u001b[31mmemory\\u0007\"").replace("loading\\nrunning",
                bars + "\\u001b]0;title\\u0007" + "x".repeat(9000) + "\\nlast");
        service.on(CREATE, Answer.json(201, body));
        try (RemoteDepth estimator = midas()) {
            String message = String.valueOf(failure(estimator).getMessage());
            assertThat(message).contains("out of  memory", "\n100%|##\n", "...\nlast").doesNotContain("50%");
            assertThat(message.length()).isLessThan(500);
            assertThat(message.replace("\n", "")).doesNotContainPattern("\\p{Cc}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"401|Unauthenticated|UNAUTHORISED|REPLICATE_API_TOKEN|true",
            "402|Insufficient credit|PAYMENT_REQUIRED|credit|true", "404|Not found|NOT_FOUND|check owner|true",
            "422|Invalid version|INVALID_INPUT|rejected the inputs|false", "500|Oops|UNREACHABLE|try again|false"})
    void rejectionsSayWhatToDo(int status, String detail, Reason reason, String remedy, boolean all) {
        service.on(CREATE,
                Answer.json(status, "{\"title\": \"x\", \"detail\": \"" + detail + "\", \"status\": " + status + "}"));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure).hasMessageContainingAll(detail, remedy).hasMessageNotContaining(TOKEN);
            assertThat(failure.concernsAllPictures()).isEqualTo(all);
        }
        assertThat(service.requests(CREATE)).as("paid work is not started twice").hasSize(1);
    }

    @Test
    void refusedInputsAreNamed() {
        service.on(CREATE, Answer.json(422, """
                {"title": "Input validation failed", "detail": "- input.num_infer: Must be less than or equal to 20",
                 "status": 422, "invalid_fields": [{"type": "number_lte", "field": "num_infer",
                 "description": "Must be less than or equal to 20"}]}"""));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator)).hasMessageContaining("num_infer: Must be less than or equal to 20");
        }
    }

    @Test
    void aFailedPredictionComesWithItsLog() {
        service.on(CREATE, Answer.json(201, prediction("failed", "null", "\"CUDA out of memory\"")));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(Reason.FAILED);
            assertThat(failure).hasMessageContainingAll("CUDA out of memory", "loading\nrunning");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canceled", "aborted"})
    void predictionCancelledByTheServiceFailsOnePicture(String status) {
        service.on(CREATE, Answer.json(201, prediction(status, "null", "null")));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(Reason.FAILED);
            assertThat(failure).hasMessageContaining("cancelled by the service");
            assertThat(failure.concernsAllPictures()).isFalse();
        }
    }

    @Test
    void aPredictionThatTakesTooLongIsCancelled() {
        service.on(CREATE, Answer.json(201, prediction("processing", "null", "null")))
                .on(POLL, Answer.json(200, prediction("processing", "null", "null")))
                .on(CANCEL, Answer.json(200, prediction("canceled", "null", "null")));
        RemoteOptions options = RemoteOptions.of(TOKEN).withTimeout(Duration.ofMillis(1500));
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            assertThat(failure(estimator).reason()).isEqualTo(Reason.TIMED_OUT);
        }
        assertThat(service.requests(CANCEL)).hasSize(1);
    }

    @Test
    void anInterruptCancelsWhatIsUnderWay() throws InterruptedException {
        service.on(CREATE, Answer.json(201, prediction("processing", "null", "null")))
                .on(POLL, Answer.json(200, prediction("processing", "null", "null")))
                .on(CANCEL, Answer.json(200, prediction("canceled", "null", "null")));
        CountDownLatch polled = new CountDownLatch(1);
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        RemoteOptions options = RemoteOptions.of(TOKEN).withListener((id, state, waited) -> polled.countDown());
        try (RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options)) {
            Thread run = Thread.ofPlatform().start(() -> thrown.add(failure(estimator)));
            assertThat(polled.await(10, TimeUnit.SECONDS)).isTrue();
            run.interrupt();
            run.join();
        }
        assertThat(thrown).singleElement().isInstanceOfSatisfying(RemoteException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.CANCELLED));
        assertThat(service.requests(CANCEL)).isNotEmpty();
    }

    @Test
    void anInterruptWhileTheServiceStartsAPredictionCancelsItToo() throws InterruptedException {
        service.on(CREATE, Answer.json(201, prediction("starting", "null", "null")).after(Duration.ofMillis(1500)))
                .on(CANCEL, Answer.json(200, prediction("canceled", "null", "null")));
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        try (RemoteDepth estimator = midas()) {
            Thread run = Thread.ofPlatform().start(() -> thrown.add(failure(estimator)));
            while (service.requests(CREATE).isEmpty()) {
                Thread.sleep(5);
            }
            run.interrupt();
            run.join();
        }
        assertThat(thrown).singleElement().isInstanceOfSatisfying(RemoteException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.CANCELLED));
        assertThat(service.requests(CANCEL)).hasSize(1);
    }

    @Test
    void tooLargeResponseIsRejected() {
        service.on("GET /v1/out.png", Answer.file(new byte[1001]));
        try (Transport transport = new Transport(service.endpoint(), TOKEN)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.address("out.png"))).build();
            Instant deadline = Instant.now().plusSeconds(10);
            assertThat(transport.send(request, Transport.Nature.REPEATABLE, 1001, deadline, () -> {}).body())
                    .hasSize(1001);
            assertThatThrownBy(() -> transport.send(request, Transport.Nature.REPEATABLE, 1000, deadline, () -> {}))
                    .isInstanceOf(RemoteException.class).hasMessageContaining("at most 1000 bytes");
        }
    }

    @Test
    void closingCancelsWhatIsUnderWay() throws InterruptedException {
        service.on(CREATE, Answer.json(201, prediction("starting", "null", "null")))
                .on(POLL, Answer.json(200, prediction("starting", "null", "null")))
                .on(CANCEL, Answer.json(200, prediction("canceled", "null", "null")));
        CountDownLatch polled = new CountDownLatch(1);
        RemoteOptions options = RemoteOptions.of(TOKEN).withListener((id, state, waited) -> polled.countDown());
        RemoteDepth estimator = open("replicate:cjwbw/midas:" + VERSION, options);
        Thread run = Thread.ofPlatform().start(() -> failure(estimator));
        assertThat(polled.await(10, TimeUnit.SECONDS)).isTrue();
        estimator.close();
        assertThat(service.requests(CANCEL)).hasSize(1);
        run.interrupt();
        run.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/out.png", "ftp://example.org/out.png", "file:///etc/passwd",
            "data:image/png;base64,AAAA"})
    void outputsAreFetchedOverHttpsOnly(String address) {
        service.on(CREATE, Answer.json(201, prediction("succeeded", "\"" + address + "\"", "null")));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(Reason.UNEXPECTED_ANSWER);
            assertThat(failure).hasMessageContaining("expected an https address");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254/latest/meta-data", "https://10.0.0.1/x.png",
            "https://[fd00::1]:8443/x.png", "https://[::ffff:192.168.0.1]/x.png"})
    void outputsOfTheLocalNetworkAreNotFetched(String address) {
        service.on(CREATE, Answer.json(201, prediction("succeeded", "\"" + address + "\"", "null")));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(Reason.UNEXPECTED_ANSWER);
            assertThat(failure).hasMessageContaining("output: expected an address on the internet, found https://")
                    .hasMessageContaining("which is refused");
        }
    }

    @Test
    void redirectionsAreNotFollowed() throws IOException {
        service.on(CREATE, succeeded("out.png"))
                .on("GET /v1/out.png", Answer.json(302, "").with("Location", service.address("other.png")))
                .on("GET /v1/other.png", Answer.file(grey8(ramp(3, 4, 1))));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator)).hasMessageContaining("found status 302");
        }
        assertThat(service.requests("GET /v1/other.png")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "42", "{\"depth\":1}"})
    void anOutputWithoutFilesIsRefused(String output) {
        service.on(CREATE, Answer.json(201, prediction("succeeded", output, "null")));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator)).hasMessageContainingAll("expected at least 1 output files",
                    "found " + output);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"id\": \"../x\", \"status\": \"starting\"}",
            "{\"id\": \"x\", \"status\": \"dreaming\"}"})
    void answersThatAreNoPredictionAreRefused(String body) {
        service.on(CREATE, Answer.json(201, body));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator).reason()).isEqualTo(Reason.UNEXPECTED_ANSWER);
        }
    }

    @Test
    void htmlResponseIsReported() {
        service.on(CREATE, Answer.json(200, "<html>a gateway</html>"));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator))
                    .hasMessageContaining("the prediction: expected a JSON object from 127.0.0.1");
        }
    }

    @Test
    void anOutputCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = grey8(ramp(3, 4, 20));
        service.on(CREATE, succeeded("out.png"));
        try (RemoteDepth estimator = midas()) {
            for (int length = 0; length < whole.length; length += 7) {
                service.on("GET /v1/out.png", Answer.file(java.util.Arrays.copyOf(whole, length)));
                assertThat(failure(estimator).reason()).isEqualTo(Reason.UNEXPECTED_ANSWER);
            }
        }
    }

    @Test
    void aDownloadThatBreaksOffIsTriedAgain() throws IOException {
        byte[] whole = grey8(ramp(3, 4, 20));
        Answer broken = new Answer(200, Map.of(), java.util.Arrays.copyOf(whole, 20), whole.length);
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png", broken, Answer.json(503, "{}"),
                Answer.file(whole));
        try (RemoteDepth estimator = midas()) {
            assertThat(estimator.run(estimator.encode(picture())).prediction().values().get(0, 1)).isEqualTo(20);
        }
        assertThat(service.requests("GET /v1/out.png")).hasSize(3);
        assertThat(service.requests(CREATE)).hasSize(1);
    }

    @Test
    void aPredictionThatWasPerhapsStartedIsNotStartedAgain() {
        service.on(CREATE, new Answer(0, Map.of(), new byte[0], -1));
        try (RemoteDepth estimator = midas()) {
            RemoteException failure = failure(estimator);
            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure).hasMessageContaining("it is unknown whether it started the prediction");
        }
        assertThat(service.requests(CREATE)).hasSize(1);
    }

    @Test
    void colourPictureIsNotReadAsDepth() throws IOException {
        ByteArrayOutputStream rgb = new ByteArrayOutputStream();
        for (int i = 0; i < 12; i++) {
            rgb.writeBytes(new byte[]{(byte) i, 9, 9});
        }
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png",
                Answer.file(Png.encodeRgb(RgbImage.wrap(rgb.toByteArray(), 3, 4))));
        try (RemoteDepth estimator = midas()) {
            assertThat(failure(estimator)).hasMessageContaining("cannot be read as depth");
        }
    }

    @Test
    void aModelThatIsNotKnownNeedsItsKindStated() throws IOException {
        String model = "replicate:owner/depth:" + VERSION;
        assertThatThrownBy(() -> open(model, RemoteOptions.of(TOKEN))).hasMessageContaining("kind of depth");
        service.on(CREATE, succeeded("out.png")).on("GET /v1/out.png", Answer.file(grey8(ramp(3, 4, 1))));
        try (RemoteDepth estimator = open(model, RemoteOptions.of(TOKEN).withKind(DepthKind.SCALE_INVARIANT))) {
            assertThat(estimator.run(estimator.encode(picture())).prediction().kind())
                    .isEqualTo(DepthKind.SCALE_INVARIANT);
            assertThat(estimator.warnings()).hasSize(1);
        }
    }

    @Test
    void optionsThatDoNotFitTheModelAreRefused() {
        RemoteOptions options = RemoteOptions.of(TOKEN);
        assertThatThrownBy(() -> open("replicate:cjwbw/midas:" + VERSION, options.withAsArticle(true)))
                .hasMessageContaining("expected replicate:adirik/marigold");
        assertThatThrownBy(() -> open("replicate:cjwbw/midas:" + VERSION, options.withKind(DepthKind.METRIC)))
                .hasMessageContaining("whose output is known");
        assertThatThrownBy(() -> RemoteOptions.of("")).hasMessageContaining("REPLICATE_API_TOKEN");
        assertThatThrownBy(() -> RemoteOptions.of("a b")).hasMessageNotContaining("a b");
        assertThat(options.toString()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicate:", "replicate:midas", "replicate:a/b/c", "replicate:../x",
            "replicate:a/b:latest", "replicate:a/b?x", "cjwbw/midas", "replicate:a/b:"})
    void namesOfAnotherFormAreRefused(String name) {
        assertThatThrownBy(() -> RemoteModel.parse(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected replicate:owner/name");
    }

    @Test
    void remoteEndpointMustBeHttps() {
        assertThatThrownBy(() -> RemoteDepth.open(RemoteModel.parse("replicate:cjwbw/midas:" + VERSION),
                RemoteOptions.of(TOKEN).withEndpoint(URI.create("http://example.org/v1/"))))
                .hasMessageContaining("expected an https address");
    }
}
