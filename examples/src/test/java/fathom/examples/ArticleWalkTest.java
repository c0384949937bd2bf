package fathom.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ArticleWalkTest {
    @TempDir
    Path folder;

    @Test
    void walksFromScenesToMeans() throws Exception {
        Path rooms = folder.resolve("rooms");
        Rooms.write(rooms, 2, 7, RoomOptions.defaults().withSize(60, 80), drawn -> {});
        Datasets datasets = Datasets.at(folder.resolve("home"));

        String table = ArticleWalk.walk(datasets, rooms, List.of("fastdepth", "floor"));

        assertThat(table.lines()).hasSize(2).first().asString()
                .matches("fastdepth +rmse +\\d+\\.\\d{4} +psnr +\\d+\\.\\d{4} +ssim .*");
        try (Dataset dataset = datasets.openReadOnly("SUNRGBD-20")) {
            assertThat(dataset.size()).isEqualTo(2);
            assertThat(table).contains("%.4f".formatted(dataset.mean("floor.rmse")));
        }
    }

    @Test
    void readmeQuotesConsecutiveLinesOfTheProgram() throws Exception {
        String readme = Files.readString(Path.of("../README.md")).replace("\r\n", "\n");
        String program = stripped(Files.readString(Path.of("src/main/java/fathom/examples/ArticleWalk.java")));

        List<String> quoted = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme).results()
                .map(block -> stripped(block.group(1))).toList();

        assertThat(quoted).as("Java blocks of README.md").hasSize(1);
        assertThat(program).contains(quoted.getFirst());
    }

    /** Returns the lines without indentation and blank lines. */
    private static String stripped(String lines) {
        return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
