package fathom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.sun.net.httpserver.HttpServer;
import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Explanation;
import fathom.cli.models.ModelsCommand;
import fathom.cli.models.ModelsPullCommand;
import fathom.cli.models.ModelsRemoveCommand;
import fathom.cli.options.ModelChoice;
import fathom.hub.HubException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Commands for Hub models, without network. */
class ModelsHubCommandsTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Console console(String answers) {
        return new Console(new PrintWriter(out, true), new PrintWriter(err, true),
                new BufferedReader(new StringReader(answers)), !answers.isEmpty(),
                Map.of("HF_HUB_CACHE", folder.resolve("hub").toString(), "HF_HUB_OFFLINE", "1"));
    }

    private static int run(Callable<Integer> command, String... arguments) throws Exception {
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private String home() {
        return folder.resolve("home").toString();
    }

    private Path snapshot(String name) {
        return folder.resolve("hub/models--" + name.replace("/", "--")).resolve("snapshots").resolve(COMMIT);
    }

    private void cache(String name) throws IOException {
        Path model = folder.resolve("hub/models--" + name.replace("/", "--"));
        Path snapshot = Files.createDirectories(snapshot(name));
        Files.writeString(snapshot.resolve("config.json"), "{}");
        Files.write(snapshot.resolve("model.safetensors"), new byte[100_000]);
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
    }

    @Test
    void pullOfACachedModelPrintsItsFolder() throws Exception {
        cache("Intel/dpt-large");
        assertThat(run(new ModelsPullCommand(console("")), "Intel/dpt-large", "--home", home())).isZero();
        assertThat(out.toString().strip()).endsWith("models--Intel--dpt-large/snapshots/" + COMMIT);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void licenceIsRequestedOnce() throws Exception {
        String model = "depth-anything/Depth-Anything-V2-Large-hf";
        cache(model);
        assertThat(run(new ModelsPullCommand(console("")), model, "--home", home())).isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString()).contains("CC-BY-NC-4.0", "--accept-licence");
        assertThatThrownBy(() -> new ModelChoice(model).open(console(""), Path.of(home())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("CC-BY-NC-4.0", "fathom models pull " + model + " --accept-licence");
        assertThat(run(new ModelsPullCommand(console("n\n")), model, "--home", home()))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(run(new ModelsPullCommand(console("y\n")), model, "--home", home())).isZero();
        err.getBuffer().setLength(0);
        assertThat(run(new ModelsPullCommand(console("")), model, "--home", home())).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void missingModelOfflineIsAnEnvironmentError() {
        assertThatThrownBy(() -> run(new ModelsPullCommand(console("")), "Intel/dpt-large", "--home", home()))
                .isInstanceOfSatisfying(HubException.class,
                        e -> assertThat(Explanation.of(e).exit()).isEqualTo(ExitCode.ENVIRONMENT));
    }

    @Test
    void removeDeletesTheFiles() throws Exception {
        cache("Intel/dpt-large");
        assertThat(run(new ModelsRemoveCommand(console("n\n")), "Intel/dpt-large")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run(new ModelsRemoveCommand(console("")), "Intel/dpt-large", "--yes")).isZero();
        assertThat(out.toString()).contains("Removed Intel/dpt-large: 0.1 MB");
        assertThat(folder.resolve("hub/models--Intel--dpt-large")).doesNotExist();
        assertThat(run(new ModelsRemoveCommand(console("")), "Intel/dpt-large")).isEqualTo(ExitCode.NAMES.code());
    }

    @Test
    void listMarksDownloadedModels() throws Exception {
        cache("Intel/dpt-large");
        assertThat(run(new ModelsCommand.ListCommand(console("")))).isZero();
        assertThat(out.toString().lines()).anyMatch(line -> line.contains("fastdepth"))
                .anyMatch(line -> line.contains("Intel/dpt-large") && line.contains("downloaded"))
                .anyMatch(line -> line.contains("Ruicheng/moge-2-vitl") && !line.contains("downloaded"));
    }

    @Test
    void infoOfAKnownModelRequiresNoDownload() throws Exception {
        assertThat(run(new ModelsCommand.InfoCommand(console("")), "Intel/dpt-large")).isZero();
        assertThat(out.toString()).contains("343,030,465", "Apache-2.0", "0.0888 (MiDaS, README)",
                "fathom models pull Intel/dpt-large");
        out.getBuffer().setLength(0);
        assertThat(run(new ModelsCommand.InfoCommand(console("")), "Intel/dpt-large", "--json")).isZero();
        assertThat(out.toString()).contains("\"modelType\"");
    }

    @ParameterizedTest
    @CsvSource({"Intel/dpt-large, keep_aspect, resize", "facebook/dpt-dinov2-small-nyu, position_rule, keep_aspect",
            "depth-anything/Depth-Anything-V2-Small-hf, position_rule, resize", "Intel/zoedepth-nyu, flip, resize",
            "apple/DepthPro-hf, focal, fov_x", "depth-anything/DA3MONO-LARGE, process_res, sky",
            "depth-anything/DA3METRIC-LARGE, process_res_method, fov_x", "Ruicheng/moge-2-vitl, num_tokens, apply_mask",
            "vinvino02/glpn-nyu, resize, resize", "prs-eth/marigold-depth-v1-1, steps, ensemble"})
    void infoListsTheOptionsOfAModelThatIsNotDownloaded(String model, String option, String other) throws Exception {
        assertThat(run(new ModelsCommand.InfoCommand(console("")), model)).isZero();
        assertThat(out.toString()).contains("--option " + option + "=…", "--option " + other + "=…",
                "no; fathom models pull " + model);
        out.getBuffer().setLength(0);
        assertThat(run(new ModelsCommand.InfoCommand(console("")), model, "--json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.at("/options").propertyNames()).contains(option, other);
        assertThat(json.at("/downloaded").asBoolean()).isFalse();
        assertThat(json.at("/description").isNull()).isTrue();
        assertThat(folder.resolve("hub")).doesNotExist();
    }

    @Test
    void infoOfADownloadedModelDescribesItsWeights() throws Exception {
        String model = "depth-anything/Depth-Anything-V2-Small-hf";
        Path golden = Path.of(System.getProperty("fathom.goldens"), "depth_anything");
        cache(model);
        for (String file : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.write(snapshot(model).resolve(file), Files.readAllBytes(golden.resolve(file)));
        }
        assertThat(run(new ModelsCommand.InfoCommand(console("")), model)).isZero();
        assertThat(out.toString()).contains("24,785,089", "weights (SHA-256)", "multiples of 14", "torch-bicubic",
                "--option position_rule=…").doesNotContain("fathom models pull");
        out.getBuffer().setLength(0);
        assertThat(run(new ModelsCommand.InfoCommand(console("")), model, "--json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.at("/downloaded").asBoolean()).isTrue();
        assertThat(json.at("/description/architecture").asString()).isEqualTo("depth_anything");
        assertThat(json.at("/model/modelType").asString()).isEqualTo("depth_anything");
        assertThat(json.at("/options").propertyNames()).containsExactly("position_rule", "resize");
    }

    @Test
    void infoOfADamagedDownloadPrintsTheKnownFacts() throws Exception {
        cache("Intel/dpt-large");
        assertThat(run(new ModelsCommand.InfoCommand(console("")), "Intel/dpt-large")).isZero();
        assertThat(out.toString()).contains("343,030,465", "invalid; run fathom models remove Intel/dpt-large",
                "config.json", "--option keep_aspect=…");
    }

    /** Uses a local Hub that responds as the real one does for a repository that does not exist or is private. */
    @Test
    void unknownRepositoryIsReportedWithARemedy() throws Exception {
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("X-Error-Code", "RepoNotFound");
            exchange.getResponseHeaders().add("X-Error-Message", "Repository not found");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        hub.start();
        try {
            Map<String, String> environment = Map.of("HF_HUB_CACHE", folder.resolve("hub").toString(), "HF_ENDPOINT",
                    "http://localhost:" + hub.getAddress().getPort());
            CommandLineRun run = new CommandLineRun(folder.resolve("home")).environment(environment).run("models",
                    "pull", "missing/model");
            assertThat(run.code()).isEqualTo(ExitCode.NAMES.code());
            assertThat(run.err()).contains("missing/model", "no such repository", "spelling", "HF_TOKEN")
                    .doesNotContain("Exception");
        } finally {
            hub.stop(0);
        }
        assertThat(folder.resolve("hub")).doesNotExist();
    }
}
