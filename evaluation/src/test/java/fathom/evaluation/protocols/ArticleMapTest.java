package fathom.evaluation.protocols;

import java.util.Random;

import fathom.evaluation.Goldens;
import fathom.evaluation.metrics.UnscorableException;
import fathom.raster.DepthKind;
import fathom.raster.GrayImage;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArticleMapTest {
    private static Plane row(float... values) {
        return Plane.wrap(values, 1, values.length);
    }

    /** The same float32 map gives the exact 8-bit map of NumPy, including wrapped pixels. */
    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_hybrid"})
    void inverseDepthGivesTheExactMapOfTheArticle(String model) throws UnscorableException {
        Plane depth = Goldens.plane("article/" + model + "_post_bicubic.npy");
        GrayImage expected = Goldens.gray("article/" + model + "_post_uint8.npy");
        GrayImage map = ArticleMap.of(new Prediction(DepthKind.AFFINE_INVERSE, depth));
        assertThat(map.toArray()).isEqualTo(expected.toArray());
        assertThat(depth.toArray()).as("the golden has values below 0, whose levels wrap").contains(min(depth));
        assertThat(min(depth)).isNegative();
    }

    private static float min(Plane plane) {
        float min = Float.POSITIVE_INFINITY;
        for (float value : plane.toArray()) {
            min = Math.min(min, value);
        }
        return min;
    }

    /** Values observed from NumPy 1.24 on x86-64. */
    @Test
    void castDropsTheFractionAndKeepsTheLowByte() {
        float[] values = {-1, -0.5f, 0.99f, 255.9f, 256.4f, -256.5f, 511, 3e9f, -3e9f, 2147483520f, 1e20f, Float.NaN,
                Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        int[] levels = {255, 0, 0, 255, 0, 0, 255, 0, 0, 128, 0, 0, 0, 0};
        for (int i = 0; i < values.length; i++) {
            assertThat(ArticleMap.uint8(values[i]) & 0xFF).as("%s", values[i]).isEqualTo(levels[i]);
        }
    }

    @Test
    void storedIntegersAreScaledInIntegerArithmetic() throws UnscorableException {
        GrayImage map = ArticleMap.ofStored(row(0, 1, 256, 257, 32767, 65279, 65535));
        assertThat(map.toLevels().toArray()).containsExactly(0, 0, 0, 1, 127, 254, 255);
        Random random = new Random(3);
        for (int run = 0; run < 50; run++) {
            float[] stored = new float[64];
            int max = 1;
            for (int i = 0; i < stored.length; i++) {
                int value = random.nextInt(1 << (1 + random.nextInt(16)));
                stored[i] = value;
                max = Math.max(max, value);
            }
            byte[] levels = ArticleMap.ofStored(row(stored)).toArray();
            for (int i = 0; i < stored.length; i++) {
                assertThat(levels[i] & 0xFF).isEqualTo((int) (stored[i] * 255.0 / max));
            }
        }
    }

    @Test
    void otherStoredNumbersAreScaledInFloat32() throws UnscorableException {
        float[] metres = {0.1f, 1.7f, 3.3f, 0};
        byte[] levels = ArticleMap.ofStored(row(metres)).toArray();
        for (int i = 0; i < metres.length; i++) {
            assertThat(levels[i]).isEqualTo((byte) (int) (metres[i] * 255f / 3.3f));
        }
    }

    @ParameterizedTest
    @EnumSource(value = DepthKind.class, names = {"METRIC", "SCALE_INVARIANT", "AFFINE"})
    void depthOfAnyKindIsBrightWhereFar(DepthKind kind) throws UnscorableException {
        GrayImage map = ArticleMap.of(new Prediction(kind, row(0, 1, 2, 4)));
        assertThat(map.toLevels().toArray()).containsExactly(0, 63, 127, 255);
    }

    @Test
    void inverseDepthIsReversed() throws UnscorableException {
        GrayImage map = ArticleMap.of(new Prediction(DepthKind.AFFINE_INVERSE, row(0, 1, 2, 4, -0.1f)));
        assertThat(map.toLevels().toArray()).containsExactly(255, 191, 127, 0, 5);
    }

    @Test
    void levelsOfAPictureAreUnchanged() throws UnscorableException {
        Plane levels = row(0, 1, 12, 253, 254, 255);
        assertThat(ArticleMap.of(new Prediction(DepthKind.LEVELS, levels)).toLevels().toArray())
                .isEqualTo(levels.toArray());
        assertThat(ArticleMap.of(new Prediction(DepthKind.LEVELS, row(0, 0))).toLevels().toArray()).containsExactly(0,
                0);
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> ArticleMap.of(new Prediction(DepthKind.LEVELS, row(1, Float.NaN))))
                .withMessageContaining("1 of 2");
    }

    @Test
    void mapOfAViewIsTheMapOfItsCopy() throws UnscorableException {
        Plane plane = Plane.allocate(9, 11);
        Random random = new Random(8);
        for (int i = 0; i < plane.array().length; i++) {
            plane.array()[i] = random.nextFloat() * 9;
        }
        Plane view = plane.crop(2, 3, 5, 6);
        assertThat(ArticleMap.of(new Prediction(DepthKind.METRIC, view)).toArray())
                .isEqualTo(ArticleMap.of(new Prediction(DepthKind.METRIC, view.copy())).toArray());
        assertThat(ArticleMap.ofStored(view).toArray()).isEqualTo(ArticleMap.ofStored(view.copy()).toArray());
    }

    @Test
    void mapsWithoutAMaximumAreRejectedWithTheReason() {
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(() -> ArticleMap.ofStored(row(0, 0, 0)))
                .withMessageContaining("measured depth").withMessageContaining("maximum of 0");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> ArticleMap.of(new Prediction(DepthKind.METRIC, row(0, -1, 0))))
                .withMessageContaining("prediction").withMessageContaining("maximum of 0");
        assertThatExceptionOfType(UnscorableException.class).isThrownBy(
                () -> ArticleMap.of(new Prediction(DepthKind.METRIC, row(1, Float.NaN, Float.POSITIVE_INFINITY))))
                .withMessageContaining("2 of 3").withMessageContaining("article-fixed");
    }
}
