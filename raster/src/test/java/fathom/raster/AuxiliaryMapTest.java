package fathom.raster;

import java.util.List;

import fathom.raster.AuxiliaryMap.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class AuxiliaryMapTest {
    private static final Plane PLANE = Plane.allocate(2, 3);

    @Test
    void componentsOfAVectorAreNamedByAxis() {
        AuxiliaryMap normal = new AuxiliaryMap("normal", Kind.NORMAL, "", List.of(PLANE, PLANE, PLANE));

        assertThat(normal.components().sequencedKeySet()).containsExactly("normal_x", "normal_y", "normal_z");
        assertThat(AuxiliaryMap.of("sky", Kind.CLASS_SCORE, "", PLANE).components()).containsOnlyKeys("sky");
    }

    @ParameterizedTest
    @EnumSource
    void labelsIdentifyKinds(Kind kind) {
        assertThat(Kind.ofLabel(kind.label())).isEqualTo(kind);
    }

    @Test
    void numberAndSizeOfPlanesAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> AuxiliaryMap.of("normal", Kind.NORMAL, "", PLANE))
                .withMessageContaining("expected 3").withMessageContaining("found 1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new AuxiliaryMap("points", Kind.POINTS, "m", List.of(PLANE, PLANE, Plane.allocate(3, 2))))
                .withMessageContaining("points");
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.ofLabel("sky")).withMessageContaining("scalar");
    }
}
