package fathom.datasets;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Field;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.SampleDraft;
import fathom.raster.Intrinsics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatasetsTest {
    @TempDir
    Path folder;
    private Datasets datasets;
    private Path media;

    @BeforeEach
    void prepare() throws Exception {
        datasets = Datasets.at(folder.resolve("a home with spaces, ü, # and %41?"));
        media = Files.createDirectories(folder.resolve("media"));
    }

    private SampleDraft draft(String name) {
        return SampleDraft.of(name, media.resolve(name + "/rgb.png"), 3, 4);
    }

    @Test
    void createdDatasetIsThereWhenOpenedAgain() {
        try (Dataset dataset = datasets.create("SUNRGBD-20",
                DatasetOptions.of(media).withDescription("twenty scenes"))) {
            dataset.add(draft("b").withMeasured("gt", media.resolve("b/d.png"), new DepthEncoding.RotatedMillimetres())
                    .withIntrinsics(new Intrinsics(500, 501, 320, 240)).withTag("kv1").withTag("kitchen")
                    .withAttribute("sensor", "kinect"));
            dataset.add(draft("a"));
        }
        try (Dataset dataset = datasets.openReadOnly("SUNRGBD-20")) {
            assertThat(dataset.size()).isEqualTo(2);
            assertThat(dataset.description()).isEqualTo("twenty scenes");
            assertThat(dataset.mediaRoot()).isEqualTo(media);
            assertThat(dataset.samples()).extracting(Sample::name).containsExactly("b", "a");
            Sample sample = dataset.find("b").orElseThrow();
            assertThat(dataset.sample(sample.id())).isPresent();
            assertThat(sample.intrinsics()).contains(new Intrinsics(500, 501, 320, 240));
            assertThat(sample.tags()).containsExactly("kv1", "kitchen");
            assertThat(sample.attributes()).containsEntry("sensor", "kinect");
            assertThat(sample.width()).isEqualTo(4);
            assertThat(sample.height()).isEqualTo(3);
            assertThat(sample.fields()).containsExactly(new Field.RgbField("b/rgb.png"), new Field.MeasuredDepthField(
                    "gt", "b/d.png", new DepthEncoding.RotatedMillimetres(), DepthLimits.NONE));
            assertThat(dataset.fields()).containsExactly(new FieldSummary("rgb", FieldType.RGB, 2, 0, 0),
                    new FieldSummary("gt", FieldType.MEASURED, 1, 0, 1));
        }
    }

    @Test
    void listingShowsEveryDatasetAndWhatIsWrongWithIt() throws Exception {
        datasets.create("good", DatasetOptions.of(media)).close();
        Files.createDirectories(datasets.home().resolve("datasets/empty"));
        Path broken = Files.createDirectories(datasets.home().resolve("datasets/broken"));
        Files.writeString(broken.resolve("index.sqlite"), "This is no database, however long it may be.".repeat(100));
        assertThat(datasets.list()).hasSize(3);
        assertThat(datasets.describe("good")).isInstanceOfSatisfying(DatasetListing.Ready.class, ready -> {
            assertThat(ready.samples()).isZero();
            assertThat(ready.bytes()).isPositive();
        });
        for (String name : new String[]{"empty", "broken"}) {
            assertThat(datasets.describe(name)).isInstanceOfSatisfying(DatasetListing.Unreadable.class,
                    unreadable -> assertThat(unreadable.problem().problem()).isEqualTo(Problem.CORRUPT));
            datasets.delete(name);
        }
        assertThat(datasets.names()).containsExactly("good");
    }

    @Test
    void nameInUseIsRefusedWhateverItsCase() {
        datasets.create("rooms", DatasetOptions.of(media)).close();
        assertThatThrownBy(() -> datasets.create("ROOMS", DatasetOptions.of(media)))
                .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.problem()).isEqualTo(Problem.EXISTS))
                .hasMessageContaining("delete it first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../up", "a/b", "a\\b", ".hidden", "con", "NUL.txt", "ends.", "a b", "ä",
            "a\0b"})
    void unsafeNamesAreRefused(String name) {
        assertThatThrownBy(() -> datasets.create(name, DatasetOptions.of(media)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("dataset name");
        assertThatThrownBy(() -> datasets.open(name)).isInstanceOfSatisfying(DatasetException.class,
                e -> assertThat(e.problem()).isEqualTo(Problem.UNKNOWN));
        assertThatThrownBy(() -> datasets.delete(name)).isInstanceOf(DatasetException.class);
    }

    @Test
    void unknownNameSuggestsNearOnes() {
        datasets.create("livingrooms", DatasetOptions.of(media)).close();
        assertThatThrownBy(() -> datasets.open("livingroms")).hasMessageContaining("did you mean livingrooms?");
        assertThatThrownBy(() -> Datasets.at(folder.resolve("nothing")).open("x")).hasMessageContaining("import one");
    }

    @Test
    void deletingKeepsTheMedia() throws Exception {
        Path picture = Files.createDirectories(media.resolve("a")).resolve("rgb.png");
        Files.writeString(picture, "picture");
        try (Dataset dataset = datasets.create("rooms", DatasetOptions.of(media))) {
            dataset.add(draft("a"));
            assertThatThrownBy(() -> datasets.delete("rooms")).isInstanceOfSatisfying(DatasetException.class,
                    e -> assertThat(e.problem()).isEqualTo(Problem.IN_USE));
        }
        datasets.delete("rooms");
        assertThat(datasets.exists("rooms")).isFalse();
        assertThat(datasets.home().resolve("datasets")).isDirectoryNotContaining(Files::isDirectory);
        assertThat(picture).exists();
    }

    @Test
    void secondSampleOfANameIsRefusedAndTheFirstStays() {
        try (Dataset dataset = datasets.create("rooms", DatasetOptions.of(media))) {
            dataset.add(draft("a"));
            assertThatThrownBy(() -> dataset.add(draft("a"))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("unique");
            assertThat(dataset.size()).isEqualTo(1);
        }
    }

    @Test
    void mediaOutsideTheRootAreRefused() {
        try (Dataset dataset = datasets.create("rooms", DatasetOptions.of(media))) {
            assertThatThrownBy(() -> dataset.add(SampleDraft.of("x", folder.resolve("x.png"), 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("media root");
        }
    }
}
