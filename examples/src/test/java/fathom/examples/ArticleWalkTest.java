package fathom.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.workbench.rooms.RoomOptions;
import fathom.workbench.rooms.Rooms;
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
    void fitsOnAPage() throws Exception {
        Path source = Path.of("src/main/java/fathom/examples/ArticleWalk.java");
        assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void readmeShowsItAsItIs() throws Exception {
        String source = Files.readString(Path.of("src/main/java/fathom/examples/ArticleWalk.java"));
        assertThat(Files.readString(Path.of("../README.md"))).contains(source);
    }
}
