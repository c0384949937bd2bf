package fathom.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fathom.formats.npy.Npy;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The cases of models: each input of a real situation gives its right value, or a message that helps. */
class ModelCasesTest {
    private static final String COMMIT = "b".repeat(40);

    @TempDir
    Path folder;

    /** Numbers of a map. */
    private record Numbers(int width, int height, double smallest, double largest, double median, double mean) {
        static Numbers of(Path file) throws IOException {
            Plane plane = Npy.readPlane(file);
            float[] values = plane.toArray();
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            Arrays.sort(values);
            return new Numbers(plane.width(), plane.height(), values[0], values[values.length - 1],
                    values[values.length / 2], sum / values.length);
        }
    }

    private CommandLineRun run(Path at, String picture, Path model, String... further) throws IOException {
        return run(at, picture, model.toString(), Map.of(), further);
    }

    private CommandLineRun run(Path at, String picture, String model, Map<String, String> environment,
            String... further) throws IOException {
        Files.deleteIfExists(at.resolve("out/picture.npy"));
        List<String> words = new ArrayList<>(List.of("predict", at.resolve(picture).toString(), "-m", model, "--native",
                "-f", "npy", "-o", at.resolve("out").toString()));
        words.addAll(List.of(further));
        return new CommandLineRun(folder.resolve("home")).environment(environment).run(words.toArray(String[]::new));
    }

    private static Numbers map(Path at) throws IOException {
        return Numbers.of(at.resolve("out/picture.npy"));
    }

    private static void assertPlain(CommandLineRun run, Path at) throws IOException {
        assertThat(run.code()).as(run.err()).isZero();
        Numbers map = map(at);
        assertThat(map.width()).isEqualTo(126);
        assertThat(map.height()).isEqualTo(98);
        assertThat(map.smallest()).isEqualTo(0);
        assertThat(map.largest()).isCloseTo(20.003, within(0.001));
        assertThat(map.median()).isCloseTo(6.419, within(0.003));
    }

    @ParameterizedTest
    @ValueSource(strings = {"models/_plain", "models/fp16-sharded-index", "models/nan-in-unused-weight",
            "models/pickle-namespace", "models/prefix-lightning", "models/prefix-orig-mod"})
    void checkpointIsReadAsThePlainOne(String name) throws IOException {
        Path at = Cases.copy(name, folder);
        assertPlain(run(at, "picture.png", at.resolve("model")), at);
    }

    /** The numbers are those of transformers 4.43 for the same settings. */
    @ParameterizedTest
    @CsvSource({"0, 3.302, 12.782, 6.793", "2, 0.052, 16.093, 5.237", "-2, 0.052, 16.093, 5.237"})
    void headReadsTheMapThatTheSettingsName(int index, double smallest, double largest, double median)
            throws IOException {
        Path at = Cases.copy("models/_plain", folder);
        Path config = at.resolve("model/config.json");
        Files.writeString(config,
                Files.readString(config).replaceFirst("\"head_in_index\": *-1", "\"head_in_index\": " + index));
        CommandLineRun run = run(at, "picture.png", at.resolve("model"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(map(at).smallest()).isCloseTo(smallest, within(0.001));
        assertThat(map(at).largest()).isCloseTo(largest, within(0.001));
        assertThat(map(at).median()).isCloseTo(median, within(0.003));
    }

    @Test
    void authorsFileIsPreparedAsItsAuthorsDo() throws IOException {
        Path at = Cases.copy("models/da2-authors-input-size", folder);
        CommandLineRun run = run(at, "picture.png", at.resolve("depth_anything_v2_vits.pth"));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(map(at)).extracting(Numbers::width, Numbers::height).containsExactly(686, 518);
        assertThat(run.err()).contains("version 2", "assumed from the file's name");
        CommandLineRun hub = run(at, "picture.png", at.resolve("depth_anything_v2_vits.pth"), "--option",
                "input_rule=hub");
        assertThat(hub.code()).as(hub.err()).isZero();
        assertThat(map(at)).extracting(Numbers::width, Numbers::height).containsExactly(518, 392);
    }

    @Test
    void largestDepthOfAnAuthorsFileIsStated() throws IOException {
        Path at = Cases.copy("models/da2-max-depth", folder);
        Path file = at.resolve("depth_anything_v2_metric_quarry_vits.pth");
        CommandLineRun unstated = run(at, "picture.png", file);
        assertThat(unstated.code()).isEqualTo(2);
        assertThat(unstated.err()).contains("--option max_depth=METRES").doesNotContain("Rename");
        CommandLineRun run = run(at, "picture.png", file, "--option", "max_depth=50");
        assertThat(run.code()).as(run.err()).isZero();
        double authors = map(at).largest();
        assertThat(authors).isBetween(47.0, 50.0);
        CommandLineRun hub = run(at, "picture.png", file, "--option", "max_depth=50", "--option", "input_rule=hub");
        assertThat(hub.code()).as(hub.err()).isZero();
        assertThat(map(at).largest()).isCloseTo(47.6, within(0.05));
    }

    @Test
    void defaultsOfTheConfigurationAreKnown() throws IOException {
        Path at = Cases.copy("models/glpn-default-fields", folder);
        CommandLineRun run = run(at, "picture.png", at.resolve("model"));
        assertThat(run.code()).as(run.err()).isZero();
        Numbers map = map(at);
        assertThat(map).extracting(Numbers::width, Numbers::height).containsExactly(128, 96);
        assertThat(map.largest()).isCloseTo(9.9886, within(0.0001));
        assertThat(map.mean()).isCloseTo(5.304, within(0.001));
    }

    @Test
    void settingsThatTransformersTakesAreTaken() throws IOException {
        Path at = Cases.copy("models/lenient-settings", folder);
        Path weights = at.resolve("plain/model.safetensors");
        for (String name : List.of("size-list", "out-indices-negative", "max-depth-0", "infinity", "duplicate-key",
                "size-float")) {
            Files.copy(weights, at.resolve(name + "/model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
            assertPlain(run(at, "picture.png", at.resolve(name)), at);
        }
        for (String name : List.of("mean-scalar", "mean-list-half")) {
            Files.copy(weights, at.resolve(name + "/model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
            CommandLineRun run = run(at, "picture.png", at.resolve(name));
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(map(at).largest()).isCloseTo(17.157, within(0.001));
            assertThat(map(at).median()).isCloseTo(6.623, within(0.001));
        }
    }

    @ParameterizedTest
    @CsvSource({"model, 'Git LFS pointer to a file of 99,173,660 bytes'",
            "model.onnx, 'Git LFS pointer to a file of 99,173,660 bytes'",
            "depth_anything_v2_vits.pth, 'Git LFS pointer to a file of 99,173,660 bytes'",
            "depth_anything_v2_vitb.pth, a web page"})
    void whatIsNoWeightsIsNamed(String model, String what) throws IOException {
        Path at = Cases.copy("models/lfs-pointer", folder);
        CommandLineRun run = run(at, "picture.png", at.resolve(model));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains(what).doesNotContain("Correct the file");
        assertThat(run.err().contains("git lfs pull")).isEqualTo(what.startsWith("Git LFS"));
    }

    @Test
    void anUnsupportedFamilyIsNamed() throws IOException {
        Path at = Cases.copy("models/moge-1", folder);
        CommandLineRun run = run(at, "picture.png", at.resolve("model.pt"));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("found MoGe-1", "MoGe-2").doesNotContain("Correct the file");
    }

    @Test
    void folderWithOneOnnxFileRuns() throws IOException {
        Path at = Cases.copy("models/onnx-repository-folder", folder);
        CommandLineRun run = run(at, "picture.png", at.resolve("model"));
        assertThat(run.code()).as(run.err()).isZero();
        assertOnnx(at);
    }

    private static void assertOnnx(Path at) throws IOException {
        Numbers map = map(at);
        assertThat(map).extracting(Numbers::width, Numbers::height).containsExactly(126, 98);
        assertThat(map.smallest()).isCloseTo(-202.919, within(0.001));
        assertThat(map.largest()).isCloseTo(290.535, within(0.001));
    }

    @Test
    void pipelineThatIsNotCompleteInTheCacheIsRefusedByTheMissingFile() throws IOException {
        Path at = Cases.copy("models/hub-half-cached-pipeline", folder);
        CommandLineRun run = run(at, "picture.png", "acme/mari",
                Map.of("HF_HOME", at.resolve("hf").toString(), "HF_HUB_OFFLINE", "1"));
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("not complete in the cache", "the weights of unet/");
    }

    /** Fills in the files of the hub as the script of the case does. */
    private Path hub() throws IOException {
        Path at = Cases.copy("models/hub-server", folder);
        Path ok = at.resolve("root/acme/ok");
        Path half = Files.createDirectories(at.resolve("root/acme/fp16only"));
        Files.copy(ok.resolve("model.safetensors"), half.resolve("model.fp16.safetensors"));
        Path snapshot = Files.createDirectories(at.resolve("pinned/hub/models--acme--ok/snapshots").resolve(COMMIT));
        Files.copy(ok.resolve("model.safetensors"), snapshot.resolve("model.safetensors"));
        for (String name : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(ok.resolve(name), half.resolve(name));
            Path nested = Files.createDirectories(at.resolve("root/acme/nested/models/small"));
            Files.copy(ok.resolve(name), nested.resolve(name));
        }
        Files.copy(ok.resolve("model.safetensors"), at.resolve("root/acme/nested/models/small/model.safetensors"));
        Files.copy(ok.resolve("config.json"), snapshot.resolve("config.json"));
        return at;
    }

    private Map<String, String> environment(URI endpoint, Path home) {
        return Map.of("HF_ENDPOINT", endpoint.toString(), "HF_HOME", home.toString(), "FATHOM_CACHE",
                folder.resolve("cache").toString());
    }

    @Test
    void whatTheCacheLacksIsDownloadedForAPinnedCommitToo() throws IOException {
        Path at = hub();
        try (HubServer server = HubServer.of(at.resolve("root"))) {
            String model = "acme/ok@" + COMMIT;
            CommandLineRun offline = run(at, "picture.png", model, Map.of("HF_ENDPOINT", server.address().toString(),
                    "HF_HOME", at.resolve("pinned").toString(), "HF_HUB_OFFLINE", "1"));
            assertThat(offline.code()).isEqualTo(5);
            assertThat(offline.err()).contains("preprocessor_config.json");
            assertPlain(run(at, "picture.png", model, environment(server.address(), at.resolve("pinned"))), at);
            assertThat(at.resolve("pinned/hub/models--acme--ok/snapshots").resolve(COMMIT)
                    .resolve("preprocessor_config.json")).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/fp16only", "ENDPOINT/acme/fp16only", "acme/ok@refs/pr/1",
            "https://huggingface.co/acme/ok/tree/refs%2Fpr%2F1", "ENDPOINT/acme/nested/tree/main/models/small",
            "hf://acme/nested@refs%2Fpr%2F1/models/small", "hf.co/acme/ok"})
    void modelsOfTheHubAreReadAsThePlainOne(String model) throws IOException {
        Path at = hub();
        try (HubServer server = HubServer.of(at.resolve("root"))) {
            String address = model.replace("ENDPOINT", server.address().toString());
            assertPlain(run(at, "picture.png", address, environment(server.address(), at.resolve("hf"))), at);
        }
    }

    @Test
    void folderOfARepositoryIsAnOptionAndPartOfTheIdentity() throws IOException {
        Path at = hub();
        try (HubServer server = HubServer.of(at.resolve("root"))) {
            Map<String, String> environment = environment(server.address(), at.resolve("hf"));
            assertPlain(run(at, "picture.png", "acme/nested", environment, "--option", "subfolder=models/small"), at);
            CommandLineRun missing = run(at, "picture.png", "acme/nested", environment, "--option", "subfolder=other");
            assertThat(missing.code()).isEqualTo(4);
            assertThat(missing.err()).contains("files in the folder other");
        }
    }

    @Test
    void externalWeightsOfAnOnnxFileAreDownloaded() throws IOException {
        Path at = hub();
        try (HubServer server = HubServer.of(at.resolve("root"))) {
            Map<String, String> environment = environment(server.address(), at.resolve("hf"));
            for (String model : List.of(server.address() + "/acme/onnxonly/resolve/main/onnx/model.onnx?download=true",
                    "acme/onnxonly")) {
                CommandLineRun run = run(at, "picture.png", model, environment);
                assertThat(run.code()).as(run.err()).isZero();
                assertOnnx(at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mirrorThatRedirectsIsFollowed(boolean everything) throws IOException {
        Path at = hub();
        try (HubServer server = HubServer.of(at.resolve("root"));
                HubServer mirror = HubServer.redirecting(server.address(), at.resolve("root"), everything)) {
            assertPlain(run(at, "picture.png", "acme/ok", environment(mirror.address(), at.resolve("hf"))), at);
        }
    }

    @ParameterizedTest
    @CsvSource({"config.json, nesting", "config.1001digits.json, Number value length"})
    void nestingAndLengthOfNumbersInJsonAreBounded(String configuration, String what) throws IOException {
        Path at = Cases.copy("robustness/json-too-deep", folder);
        Files.copy(at.resolve(configuration), at.resolve("copy.json"));
        Files.move(at.resolve("copy.json"), at.resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
        CommandLineRun run = run(at, "pic.png", at);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("config.json: expected JSON", what).doesNotContain("defect");
    }

    @Test
    void inputOfTooManyTokensIsRefusedBeforeTheRun() throws IOException {
        Path at = Cases.copy("robustness/preprocessor-multiple-4096", folder);
        CommandLineRun run = run(at, "pic.png", at);
        assertThat(run.code()).isNotZero();
        assertThat(run.err() + run.out()).contains("pairs of tokens", "292×292");
    }

    @ParameterizedTest
    @CsvSource({"stride0_x2000.pth, 'at most 67,108,864 bytes'", "deflated_1GiB.pth, 'found 1,073,741,824'",
            "bomb_memoize.pth, remembered values"})
    void torchFilesThatClaimMoreThanTheyHoldAreRefused(String file, String what) throws IOException {
        Path at = Cases.copy("robustness/torch-memory-bombs", folder);
        CommandLineRun run = run(at, "pic.png", at.resolve(file));
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains(file, what);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(path -> path.toString().endsWith(".partial"));
        }
    }
}
