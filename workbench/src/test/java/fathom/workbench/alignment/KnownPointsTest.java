package fathom.workbench.alignment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import fathom.datasets.depth.DepthEncoding;
import fathom.formats.FormatException;
import fathom.formats.images.ReadOptions;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KnownPointsTest {
    @TempDir
    Path folder;

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("points.csv"), text);
    }

    private static KnownPoints read(Path file) throws IOException {
        return KnownPoints.read(file, KnownPoints.Reading.DEFAULT);
    }

    @Test
    void theHeaderStatesTheOrderOfTheCoordinates() throws IOException {
        List<KnownPoints.Point> rowFirst = read(csv("row,column,metres\n1,2,3.5\n")).in(10, 10);
        List<KnownPoints.Point> xFirst = read(csv("\uFEFFX, Y, Meters\r\n# a comment\r\n\r\n2,1,3.5\r\n")).in(10, 10);
        assertThat(rowFirst).containsExactly(new KnownPoints.Point(1, 2, 3.5, "line 2"));
        assertThat(xFirst).containsExactly(new KnownPoints.Point(1, 2, 3.5, "line 4"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b,c;1,2,3                 | line 1: expected the header row,column,metres or x,y,metres, found "a,b,c"
            row,column,metres;1,2       | line 2: expected three numbers, found 2
            row,column,metres;1,2,3;1,z,3 | line 3: expected a number for column, found "z"
            x,y,metres;z,2,3            | line 2: expected a number for x, found "z"
            row,column,metres;1,2,0     | line 2: expected metres above 0, found 0
            row,column,metres;1,2,NaN   | line 2: expected a finite number for metres
            row,column,metres           | at least one point, found no point
            """)
    void aWrongLineIsNamed(String text, String message) throws IOException {
        Path file = csv(text.replace(';', '\n'));
        assertThatThrownBy(() -> read(file)).isInstanceOf(FormatException.class).hasMessageContaining("points.csv")
                .hasMessageContaining(message);
    }

    @Test
    void emptyFilesAndOtherEncodingsAreRefused() throws IOException {
        Path empty = csv("");
        assertThatThrownBy(() -> read(empty)).hasMessageContaining("found an empty file");
        Files.write(empty, "row,column,metres\n1,2,\u00b3\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(empty)).isInstanceOf(FormatException.class).hasMessageContaining("UTF-8");
    }

    @Test
    void aPointOutsideThePictureIsNamed() throws IOException {
        KnownPoints points = read(csv("row,column,metres\n0,0,1\n9.4,12,1\n"));
        assertThat(points.in(10, 13)).hasSize(2);
        assertThatThrownBy(() -> points.in(10, 12)).isInstanceOf(FormatException.class).hasMessageContaining(
                "line 3: expected a point inside the picture of 12x10, found row 9.4, column 12.0");
    }

    @Test
    void tableIsRecognisedByItsContent() throws IOException {
        Path file = Files.writeString(folder.resolve("points.txt"), "x,y,metres\n1,2,3\n");
        assertThat(read(file).known()).isEqualTo(1);
        Path array = folder.resolve("array.txt");
        Npy.write(array, Plane.wrap(new float[]{0, 2, 3, Float.NaN}, 2, 2));
        assertThat(read(array).in(2, 2)).extracting(KnownPoints.Point::metres).containsExactly(2.0, 3.0);
    }

    @Test
    void holesOfADepthMapAreNoPointsAndItsCoordinatesAreScaled() throws IOException {
        Plane stored = Plane.allocate(4, 6);
        stored.set(1, 2, 2500);
        stored.set(3, 5, 65535);
        Path file = folder.resolve("depth.png");
        Png.writeGray16(file, stored);
        KnownPoints points = KnownPoints.read(file, new KnownPoints.Reading(
                Optional.of(new DepthEncoding.UnitsPerMetre(500)), List.of(65535.0), ReadOptions.DEFAULT));
        assertThat(points.in(8, 12)).containsExactly(new KnownPoints.Point(2.5, 4.5, 5, "pixel (1, 2)"));
        assertThatThrownBy(() -> points.in(12, 8)).isInstanceOf(FormatException.class)
                .hasMessageContaining("of the shape of the picture, 8x12, found 6x4");
    }

    @Test
    void mapWithoutMeasurementIsRefused() throws IOException {
        Path file = folder.resolve("depth.npy");
        Npy.write(file, Plane.allocate(3, 3));
        assertThatThrownBy(() -> read(file)).isInstanceOf(FormatException.class).hasMessageContaining("found none");
    }

    @Test
    void pointsOfADenseMapAreSpreadEvenly() throws IOException {
        Plane depth = Plane.allocate(300, 400);
        for (int i = 0; i < depth.size(); i++) {
            depth.array()[i] = 1 + i;
        }
        Path file = folder.resolve("dense.npy");
        Npy.write(file, depth);
        KnownPoints points = read(file);
        List<KnownPoints.Point> used = points.in(300, 400);
        assertThat(points.known()).isEqualTo(120_000);
        assertThat(used).hasSize(KnownPoints.MAX_POINTS);
        assertThat(used.get(KnownPoints.MAX_POINTS / 2).row()).isBetween(148.0, 152.0);
    }
}
