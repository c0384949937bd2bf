package fathom.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import fathom.server.wire.ColormapsWire;
import fathom.server.wire.DatasetListWire;
import fathom.server.wire.DatasetWire;
import fathom.server.wire.ProblemWire;
import fathom.server.wire.RevisionWire;
import fathom.server.wire.SpreadWire;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares one JSON example of every wire record with {@code web/tests/wireExamples.ts}. The TypeScript compiler checks
 * that file against {@code web/src/api/wire.ts}: a component that exists on one side only fails the build of the page.
 * After a change to a record, run this test with {@code -Dfathom.wire=write} and commit the file.
 */
final class WireExamplesTest {
    private static final Path FILE = Path.of("web/tests/wireExamples.ts");

    /** TypeScript type to example. Each nullable component is null in one place and set in another. */
    private static Map<String, Object> examples() {
        DatasetWire.Layer picture = new DatasetWire.Layer("rgb", "image", "", "", false, "", null);
        DatasetWire.Layer truth = new DatasetWire.Layer("gt", "truth", "metric", "m", false, "", null);
        DatasetWire.Layer prediction = new DatasetWire.Layer("dpt", "prediction", "affine-invariant-inverse", "", true,
                "Intel/dpt-large", null);
        DatasetWire.Layer mask = new DatasetWire.Layer("dpt.mask", "map", "validity", "", false, "Intel/dpt-large",
                new DatasetWire.Further("dpt", "mask", "mask", List.of(4, 6), List.of(0.0, 1.0)));
        DatasetWire.Layer uncertainty = new DatasetWire.Layer("dpt.uncertainty", "map", "spread", "m", false,
                "Intel/dpt-large", new DatasetWire.Further("dpt", "uncertainty", "values", List.of(4, 6), List.of()));
        DatasetWire.Layer normal = new DatasetWire.Layer("dpt.normal", "map", "normal", "", false, "Intel/dpt-large",
                new DatasetWire.Further("dpt", "normal", "normal", List.of(4, 6, 3), List.of(-1.0, 1.0)));
        DatasetWire.Column rmse = new DatasetWire.Column("dpt.article.rmse", "dpt", "article", true, "RMSE", "levels",
                "lower", Arrays.asList(12.5, null));
        DatasetWire.Column psnr = new DatasetWire.Column("dpt.article.psnr", "dpt", "article", true, "PSNR", "dB",
                "higher", List.of(20.25, 21.0));
        DatasetWire.Column seconds = new DatasetWire.Column("dpt.seconds", "dpt", "", true, "seconds", "", null,
                List.of(0.5, 0.75));
        DatasetWire.Samples samples = new DatasetWire.Samples(List.of("a1", "b2"), List.of("rooms/0", "rooms/1"),
                List.of(640, 480), List.of(480, 640), Map.of("dpt", Arrays.asList("v1", null)),
                Map.of("dpt", Arrays.asList(null, "rgb/1.png: expected a PNG file, found 0 bytes")));

        Map<String, Object> examples = new LinkedHashMap<>();
        examples.put("DatasetList", new DatasetListWire(
                List.of(new DatasetListWire.Entry("broken", null), new DatasetListWire.Entry("rooms", 20)), "rooms"));
        examples.put("DatasetListWithoutInitial", new DatasetListWire(List.of(), null));
        examples.put("Dataset", new DatasetWire("rooms", "r1",
                List.of(picture, truth, prediction, mask, uncertainty, normal), List.of(rmse, psnr, seconds), samples));
        examples.put("Revision", new RevisionWire("r1"));
        examples.put("Spread", new SpreadWire(1.0, 4.0, 0.5, 5.0, 20, List.of(1, 2, 1)));
        examples.put("Colormaps", new ColormapsWire(List.of(new ColormapsWire.Table("gray", greys()))));
        examples.put("Problem", new ProblemWire("rooms: not found", "Choose another dataset."));
        return examples;
    }

    @Test
    void examplesOfTheRecordsEqualTheFileThatTheTypeScriptCompilerChecks() throws IOException {
        String actual = typeScript(examples());
        if ("write".equals(System.getProperty("fathom.wire"))) {
            Files.writeString(FILE, actual);
        }
        assertThat(Files.readString(FILE).replace("\r\n", "\n")).isEqualTo(actual);
    }

    @Test
    void everyRecordOfThePackageHasAnExample() throws IOException {
        List<String> records;
        try (var files = Files.list(Path.of("src/main/java/fathom/server/wire"))) {
            records = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !name.equals("package-info")).toList();
        }
        assertThat(examples().values().stream().map(example -> example.getClass().getSimpleName())
                .collect(Collectors.toSet())).containsExactlyInAnyOrderElementsOf(records);
    }

    private static String typeScript(Map<String, Object> examples) {
        StringBuilder text = new StringBuilder("""
                // Written by WireExamplesTest.java from the records of fathom.server.wire; do not edit.
                import type { Colormaps, Dataset, DatasetList, Problem, Revision, Spread } from '../src/api/wire';
                """);
        JsonMapper mapper = JsonMapper.builder().build();
        examples.forEach((name, example) -> {
            String type = name.replaceFirst("Without.*", "");
            String constant = Character.toLowerCase(name.charAt(0)) + name.substring(1);
            String json = new String(Json.bytes(example), StandardCharsets.UTF_8);
            String indented = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(json));
            text.append("\nexport const ").append(constant).append(" = ")
                    .append(indented.replace(System.lineSeparator(), "\n")).append(" satisfies ").append(type)
                    .append(";\n");
        });
        return text.toString();
    }

    /** 256 greys from black to white, {@code rrggbb} each. */
    private static String greys() {
        StringBuilder colours = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            colours.append("%02x".formatted(i).repeat(3));
        }
        return colours.toString();
    }
}
