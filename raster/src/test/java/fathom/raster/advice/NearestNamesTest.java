package fathom.raster.advice;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearestNamesTest {
    @ParameterizedTest
    @CsvSource({"'', '', 0", "'', abc, 3", "kitten, sitting, 3", "ab, ba, 1", "ca, abc, 3", "rooms, rooms, 0",
            "fastdeth, fastdepth, 1", "fastdpeth, fastdepth, 1"})
    void distanceCountsEditsAndSwapsOfNeighbours(String a, String b, int distance) {
        assertThat(NearestNames.distance(a, b)).isEqualTo(distance);
        assertThat(NearestNames.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void nearestNamesComeFirstAndDistantNamesAreOmitted() {
        List<String> known = List.of("fastdepth", "fastdepths", "floor", "dpt-large");
        assertThat(NearestNames.of("FastDeth", known, 3)).containsExactly("fastdepth", "fastdepths");
        assertThat(NearestNames.of("FastDeth", known, 1)).containsExactly("fastdepth");
        assertThat(NearestNames.of("dpt", known, 3)).containsExactly("dpt-large");
        assertThat(NearestNames.of("dp", known, 3)).isEmpty();
        assertThat(NearestNames.of("marigold", known, 3)).isEmpty();
    }
}
