package fathom.raster.resampling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares float32 planes with torch, Pillow and OpenCV. Both sides round in float32, hence a tolerance of 1e-5 for
 * values of about 1.
 */
class ResamplingGoldenTest {
    private static final float TOLERANCE = 1e-5f;

    static Stream<String> torchCases() {
        return cases("torch_").filter(name -> !name.contains("_in_"));
    }

    static Stream<String> pillowCases() {
        return cases("pil_F_");
    }

    static Stream<String> openCvCases() {
        return cases("cv_").filter(name -> name.contains("_f64_"));
    }

    static Stream<String> largeCases() {
        return cases("large ");
    }

    private static Stream<String> cases(String prefix) {
        return Goldens.names().stream().filter(name -> name.startsWith(prefix));
    }

    @Test
    void everyGoldenIsUsed() {
        assertThat(torchCases()).hasSize(70);
        assertThat(pillowCases()).hasSize(6);
        assertThat(openCvCases()).hasSize(25);
        assertThat(largeCases()).hasSize(4 * Resampling.values().length);
    }

    @ParameterizedTest
    @MethodSource("torchCases")
    void equalsTorch(String name) {
        String way = name.substring(0,
                name.lastIndexOf('_', name.contains("_sf") ? name.indexOf("_sf") : name.length()));
        String size = name.substring(way.length() + 1);
        Resampling resampling = Resampling
                .ofLabel(way.replace("_ac0", "").replace("_ac1", "-align-corners").replace('_', '-'));
        for (int channel = 0; channel < 2; channel++) {
            Plane source = Goldens.array("torch_in_13x17").plane(channel);
            Plane expected = Goldens.array(name).plane(channel);
            Plane resized;
            if (size.startsWith("sf")) {
                String[] factors = size.substring(2).split("_");
                resized = resampling.scaled(source, Double.parseDouble(factors[0]),
                        Double.parseDouble(factors[factors.length - 1]));
            } else {
                resized = resampling.resized(source, expected.height(), expected.width());
            }
            assertThat(Goldens.distance(resized, expected)).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("pillowCases")
    void equalsPillow(String name) {
        Plane expected = Goldens.array(name).plane(0);
        Plane source = Goldens.array("torch_in_13x17").plane(0);
        Resampling resampling = Resampling.ofLabel("pillow-" + name.split("_")[2]);
        assertThat(Goldens.distance(resampling.resized(source, expected.height(), expected.width()), expected))
                .isLessThanOrEqualTo(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("openCvCases")
    void equalsOpenCv(String name) {
        Goldens.Array expected = Goldens.array(name);
        String[] words = name.split("[_x]");
        int step = words.length > 5 ? Integer.parseInt(words[5].substring(1)) : 1;
        Resampling resampling = Resampling.ofLabel("opencv-" + words[1]);
        for (int channel = 0; channel < 3; channel++) {
            Plane source = Goldens.array("cv_in_crop_float64").channel(channel);
            Plane resized = resampling.resized(source, Integer.parseInt(words[3]), Integer.parseInt(words[4]));
            assertThat(Goldens.distance(sampled(resized, step, step), expected.channel(channel)))
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("largeCases")
    void equalsItsLibraryAtLargeSizes(String name) {
        String[] words = name.split(" ");
        List<Integer> sizes = Arrays.stream(words).skip(2).map(Integer::valueOf).toList();
        Plane source = Goldens.pattern(sizes.get(0), sizes.get(1));
        Plane resized = Resampling.ofLabel(words[1]).resized(source, sizes.get(2), sizes.get(3));
        Plane expected = Goldens.array(name).plane(0);
        assertThat(Goldens.distance(sampled(resized, 37, 41), expected)).isLessThanOrEqualTo(TOLERANCE);
    }

    /** Returns every {@code rows}-th row and {@code columns}-th column, starting with the first. */
    private static Plane sampled(Plane plane, int rows, int columns) {
        Plane sampled = Plane.allocate(Math.ceilDiv(plane.height(), rows), Math.ceilDiv(plane.width(), columns));
        for (int row = 0; row < sampled.height(); row++) {
            for (int column = 0; column < sampled.width(); column++) {
                sampled.set(row, column, plane.get(rows * row, columns * column));
            }
        }
        return sampled;
    }
}
