package fathom.rooms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

import fathom.datasets.readers.DepthSource;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.Scene.Usable;
import fathom.datasets.readers.SceneFiles;
import fathom.datasets.readers.SceneList;
import fathom.datasets.readers.SceneReaders;
import fathom.formats.images.Images;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RoomsTest {
    private static final IntConsumer IGNORED = drawn -> {};
    private static final RoomOptions SMALL = RoomOptions.defaults().withSize(64, 84);

    @TempDir
    Path folder;

    private static Map<String, byte[]> files(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                contents.put(root.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return contents;
    }

    private static int millimetres(float stored) {
        int d = (int) stored;
        return ((d >> 3) | (d << 13)) & 0xFFFF;
    }

    @Test
    void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Rooms.write(folder.resolve("one"), 3, 5, SMALL.withThreads(1), IGNORED);
        Rooms.write(folder.resolve("four"), 3, 5, SMALL.withThreads(4), IGNORED);
        Map<String, byte[]> one = files(folder.resolve("one"));
        Map<String, byte[]> four = files(folder.resolve("four"));
        assertThat(four.keySet()).isEqualTo(one.keySet()).hasSize(1 + 3 * 6);
        one.forEach((name, bytes) -> assertThat(four.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void anotherSeedGivesAnotherRoom() {
        Room a = Rooms.draw(5, 0, SMALL);
        Room b = Rooms.draw(6, 0, SMALL);
        assertThat(a.depth().toArray()).isNotEqualTo(b.depth().toArray());
    }

    @Test
    void writtenDepthDecodesToTheExactMillimetre() throws IOException {
        int number = 0;
        while (!Rooms.draw(7, number, SMALL).kind().equals("corridor")) {
            number++;
        }
        Room corridor = Rooms.draw(7, number, SMALL);
        SceneFolder scene = new SceneFolder(folder, number);
        scene.write(corridor);
        String name = String.format("room_%04d", number + 1);
        Path at = folder.resolve(name);
        Plane filled = Images.readGray(at.resolve("depth_bfx").resolve(name + "_abs.png")).values();
        Plane raw = Images.readGray(at.resolve("depth").resolve(name + "_abs.png")).values();
        int beyondTheShift = 0;
        for (int row = 0; row < SMALL.height(); row++) {
            for (int column = 0; column < SMALL.width(); column++) {
                int expected = Math.toIntExact(Math.round(1000.0 * corridor.depth().get(row, column)));
                assertThat(millimetres(filled.get(row, column))).isEqualTo(expected);
                assertThat(millimetres(raw.get(row, column)))
                        .isEqualTo(Math.toIntExact(Math.round(1000.0 * corridor.measured().get(row, column))));
                if (expected > 8191) {
                    assertThat((int) filled.get(row, column) & 7).isPositive();
                    beyondTheShift++;
                }
            }
        }
        assertThat(beyondTheShift).isPositive();
    }

    @Test
    void millimetresAreRotatedAsSunRgbdRotatesThem() {
        Plane metres = Plane.wrap(new float[]{0, 0.001f, 8.191f, 8.192f, 9.87f, 65.535f}, 1, 6);
        assertThat(SceneFolder.rotated(metres).toArray()).containsExactly(0, 8, 65528, 1, 13425, 65535);
    }

    @Test
    void measuredDepthIsNearTheExactDepthAndHasHoles() {
        double reach = SMALL.intrinsics().fx() * 0.075 * 561 / SMALL.width();
        for (int number = 0; number < 7; number++) {
            Room room = Rooms.draw(11, number, SMALL);
            int missing = 0;
            for (int row = 0; row < SMALL.height(); row++) {
                for (int column = 0; column < SMALL.width(); column++) {
                    double z = room.depth().get(row, column);
                    double measured = room.measured().get(row, column);
                    if (measured == 0) {
                        missing++;
                    } else {
                        assertThat(Math.abs(measured - z)).isLessThan(DepthSensor.tolerance(z, reach));
                    }
                }
            }
            assertThat((double) missing / (SMALL.height() * SMALL.width())).as(room.kind()).isBetween(0.02, 0.75);
        }
    }

    @Test
    void picturesAreNeitherBlackNorOverexposed() {
        for (int number = 0; number < 7; number++) {
            Room room = Rooms.draw(13, number, SMALL);
            long sum = 0;
            byte[] bytes = room.image().toArray();
            for (byte value : bytes) {
                sum += value & 0xFF;
            }
            assertThat((double) sum / bytes.length).as(room.kind()).isBetween(50.0, 210.0);
        }
    }

    @Test
    void theReaderOfTheRealDatasetReadsRooms() throws IOException {
        Rooms.write(folder, 2, 7, SMALL, IGNORED);
        for (DepthSource source : DepthSource.values()) {
            SceneList scenes = SceneReaders.named("sunrgbd").find(folder, ImportOptions.DEFAULT.withDepth(source));
            assertThat(scenes.size()).isEqualTo(2);
            for (var scene : scenes) {
                assertThat(scene).isInstanceOf(Usable.class);
                Usable usable = (Usable) scene;
                assertThat(usable.warnings()).isEmpty();
                SceneFiles files = usable.files();
                assertThat(files.size().height()).isEqualTo(SMALL.height());
                assertThat(files.intrinsics()).isPresent();
                assertThat(files.intrinsics().get().fx()).isCloseTo(SMALL.intrinsics().fx(), within(1e-6));
            }
        }
    }

    @Test
    void interruptedRunResumes() throws IOException {
        Rooms.write(folder, 3, 5, SMALL, IGNORED);
        Map<String, byte[]> whole = files(folder);
        Path rooms = folder.resolve("SUNRGBD/kv1/ROOMS");
        Path half = rooms.resolve(".room_0002.part");
        Files.move(rooms.resolve("room_0002"), half);
        Files.delete(half.resolve("scene.txt"));
        Files.delete(rooms.resolve("room_0003/depth/room_0003_abs.png"));
        AtomicInteger steps = new AtomicInteger();
        Rooms.Written written = Rooms.write(folder, 3, 5, SMALL, steps::addAndGet);
        assertThat(written.drawn()).isEqualTo(2);
        assertThat(written.kept()).isEqualTo(1);
        assertThat(steps).hasValue(3);
        Map<String, byte[]> again = files(folder);
        assertThat(again.keySet()).isEqualTo(whole.keySet());
        whole.forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void aFolderWithRoomsOfAnotherSeedIsRejected() throws IOException {
        Rooms.write(folder, 1, 5, SMALL, IGNORED);
        Map<String, byte[]> before = files(folder);
        assertThatThrownBy(() -> Rooms.write(folder, 1, 6, SMALL, IGNORED)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seed 6").hasMessageContaining("seed 5").hasMessageContaining("another folder");
        assertThat(files(folder).keySet()).isEqualTo(before.keySet());
    }

    @Test
    void countsAndSizesOutsideTheirBoundsAreRejected() {
        assertThatThrownBy(() -> Rooms.write(folder, 0, 1, SMALL, IGNORED)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 9999, found 0");
        assertThatThrownBy(() -> SMALL.withSize(5, 84)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 to 4096");
        assertThatThrownBy(() -> SMALL.withThreads(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 256, found 0");
    }

    @Test
    void blockingFileIsReportedAndKept() throws IOException {
        Path file = folder.resolve("taken");
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> Rooms.write(file, 1, 1, SMALL, IGNORED)).isInstanceOf(IOException.class)
                .hasMessageContaining("taken");
        assertThat(file).hasContent("mine");
    }
}
