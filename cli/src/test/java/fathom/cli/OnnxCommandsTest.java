package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.cli.console.ExitCode;
import fathom.formats.png.Png;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.ModelSource;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands with ONNX files. */
@Timeout(120)
class OnnxCommandsTest {
    @TempDir
    private Path folder;

    private CommandLineRun run;
    private Path known;
    private Path unknown;

    @BeforeEach
    void write() throws IOException {
        run = new CommandLineRun(folder.resolve("home"));
        byte[] model = ((ModelSource.Packaged) Catalogue.locate("fastdepth")).read();
        known = Files.write(folder.resolve("known.onnx"), model);
        // The same network with another output name belongs to no known family.
        for (int i = 0; i + 3 < model.length; i++) {
            if (model[i] == 3 && model[i + 1] == '3' && model[i + 2] == '5' && model[i + 3] == '0') {
                model[i + 1] = '7';
            }
        }
        unknown = Files.write(folder.resolve("unknown.onnx"), model);
    }

    @Test
    void infoPrintsFamilyPortsAndOptions() {
        run.run("models", "info", known.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("onnx/fastdepth", "0 FLOAT32 [1, 3, 224, 224]", "350 FLOAT32 [1, 1, 224, 224]",
                "--option channels=…", "metric depth, metres");
        run.run("models", "info", known.toString(), "--json");
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(json.required("model").required("architecture").asString()).isEqualTo("onnx/fastdepth");
        assertThat(json.required("inputs").required(0).required("name").asString()).isEqualTo("0");
        assertThat(json.required("outputs").required(0).required("extents").required(3).asInt()).isEqualTo(224);
        assertThat(json.required("options").has("mean")).isTrue();
    }

    @Test
    void unknownModelRunsIfAFileDescribesIt() throws IOException {
        Path picture = folder.resolve("picture.png");
        Png.writeRgb(picture, RgbImage.allocate(20, 30));
        String[] predict = {"predict", picture.toString(), "--model", unknown.toString(), "--out",
                folder.resolve("out").toString()};
        assertThat(run.run(predict).code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("unknown.yaml:\nkind: ");
        Path description = Files.writeString(folder.resolve("unknown.yaml"), "kind: metrical");
        assertThat(run.run(predict).code()).isEqualTo(ExitCode.BAD_DATA.code());
        assertThat(run.err()).contains("unknown.yaml: kind: expected one of metric");
        Files.writeString(description, "kind: metric");
        assertThat(run.run(predict).code()).as(run.err()).isZero();
        assertThat(run.out()).contains("30x20", " m,");
    }
}
