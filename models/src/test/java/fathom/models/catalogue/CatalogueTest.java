package fathom.models.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.hub.HubReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogueTest {
    @TempDir
    Path folder;

    @Test
    void everyNameIsFoundAndUnique() {
        assertThat(Catalogue.entries()).extracting(Catalogue.Entry::name).doesNotHaveDuplicates().isNotEmpty();
        assertThat(Catalogue.entries())
                .allSatisfy(entry -> assertThat(Catalogue.locate(entry.name())).isEqualTo(entry.source()));
    }

    @Test
    void folderWithConfigurationIsACheckpoint() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        assertThat(Catalogue.locate(folder.toString())).isEqualTo(new ModelSource.CheckpointFolder(folder));
    }

    @Test
    void onnxFileIsRecognisedByItsName() throws IOException {
        Path file = Files.createFile(folder.resolve("Some.ONNX"));
        assertThat(Catalogue.locate(file.toString())).isEqualTo(new ModelSource.OnnxFile(file));
    }

    @Test
    void misspeltNameSuggestsTheNearest() {
        assertThatThrownBy(() -> Catalogue.locate("Flor"))
                .isInstanceOfSatisfying(UnknownModelException.class,
                        e -> assertThat(e.suggestions()).containsExactly("floor"))
                .hasMessageContaining("unknown model \"Flor\"").hasMessageContaining("Did you mean floor?")
                .hasMessageContaining(".onnx file");
    }

    @Test
    void foreignNameListsAllNamesAndSuggestsNothing() {
        assertThatThrownBy(() -> Catalogue.locate("some model"))
                .isInstanceOfSatisfying(UnknownModelException.class, e -> assertThat(e.suggestions()).isEmpty())
                .hasMessageContaining("Expected one of fastdepth, floor");
    }

    @Test
    void nameWithAnOwnerIsOnTheHub() {
        assertThat(Catalogue.locate("Intel/dpt-large@v1"))
                .isEqualTo(new ModelSource.Remote(HubReference.Repository.of("Intel", "dpt-large").at("v1")));
        assertThat(Catalogue.locate("https://example.org/x.onnx?key=secret").label())
                .isEqualTo("https://example.org/x.onnx");
    }

    @Test
    void folderWithoutConfigurationReportsWhatIsMissing() {
        assertThatThrownBy(() -> Catalogue.locate(folder.toString())).isInstanceOf(UnknownModelException.class)
                .hasMessageContaining("holds neither config.json, model_index.json nor one model file");
    }

    @Test
    void modelOfAServiceIsNoPath() {
        assertThat(Catalogue.locate("replicate:adirik/marigold"))
                .isEqualTo(new ModelSource.Service("replicate:adirik/marigold"));
    }
}
