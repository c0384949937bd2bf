package fathom.evaluation.metrics;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import fathom.evaluation.Goldens;
import fathom.raster.GrayImage;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** Compares with scikit-image 0.19.3; the tolerances are those of the README of the goldens. */
class ImageMetricsGoldenTest {
    private static final double EXACT = 1e-9;
    private static final double SINGLE = 1e-5;

    static Stream<JsonNode> pairs() {
        return StreamSupport.stream(Goldens.json("metrics/image_metrics.json").get("pairs").spliterator(), false);
    }

    private static GrayImage truth(JsonNode pair) {
        return Goldens.gray("metrics/pairs/" + pair.get("gt").stringValue());
    }

    private static GrayImage prediction(JsonNode pair) {
        return Goldens.gray("metrics/pairs/" + pair.get("pred").stringValue());
    }

    private static void assertClose(double found, JsonNode expected, double relative) {
        double value = Goldens.number(expected);
        if (Double.isInfinite(value)) {
            assertThat(found).isEqualTo(value);
        } else {
            assertThat(found).isCloseTo(value, within(Math.abs(value) * relative + 1e-300));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eightBitPairsScoreAsInScikitImage(JsonNode pair) {
        ImageScores scores = ImageMetrics.score(truth(pair), prediction(pair));
        assertClose(scores.mse(), pair.get("mse"), EXACT);
        assertClose(scores.rmse(), pair.get("rmse"), EXACT);
        assertClose(scores.psnr(), pair.get("psnr"), EXACT);
        assertClose(scores.ssim(), pair.get("ssim"), EXACT);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void otherWindowsScoreAsInScikitImage(JsonNode pair) {
        GrayImage truth = truth(pair);
        GrayImage prediction = prediction(pair);
        assertClose(ImageMetrics.ssim(truth, prediction, window(3)), pair.get("ssim_win3"), EXACT);
        if (pair.get("ssim_win11").isNull()) {
            assertThatIllegalArgumentException().isThrownBy(() -> ImageMetrics.ssim(truth, prediction, window(11)))
                    .withMessageContaining("11×11");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageMetrics.ssim(truth, prediction, SsimOptions.WANG_2004));
        } else {
            assertClose(ImageMetrics.ssim(truth, prediction, window(11)), pair.get("ssim_win11"), EXACT);
            assertClose(ImageMetrics.ssim(truth, prediction, SsimOptions.WANG_2004), pair.get("ssim_gaussian"), EXACT);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void float64PairsScoreAsInScikitImage(JsonNode pair) {
        GrayImage truth = truth(pair);
        double[] x = scaled(truth);
        double[] y = scaled(prediction(pair));
        ImageScores scores = ImageMetrics.score(x, y, truth.height(), truth.width(), 1);
        JsonNode expected = pair.get("float64_01_dr1");
        assertClose(scores.mse(), expected.get("mse"), EXACT);
        assertClose(scores.psnr(), expected.get("psnr"), EXACT);
        assertClose(scores.ssim(), expected.get("ssim"), EXACT);
        double wide = ImageMetrics.ssim(x, y, truth.height(), truth.width(), 2, SsimOptions.DEFAULT);
        assertClose(wide, expected.get("ssim_default_range_is_2"), EXACT);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void float32PairsScoreAsInScikitImage(JsonNode pair) {
        GrayImage truth = truth(pair);
        Plane x = tenfold(truth);
        Plane y = tenfold(prediction(pair));
        ImageScores scores = ImageMetrics.score(x, y, 10);
        JsonNode expected = pair.get("float32_0_10_dr10");
        assertClose(scores.mse(), expected.get("mse"), SINGLE);
        assertClose(scores.psnr(), expected.get("psnr"), SINGLE);
        assertClose(scores.ssim(), expected.get("ssim"), SINGLE);
    }

    /** The map is compared without the 3-pixel border, where scikit-image's windows are mirrored; it is stored as float32. */
    @Test
    void everyWindowHasTheValueOfTheReferenceMap() {
        for (String name : new String[]{"smooth_noise60_48x64", "checker_33x35", "min_7x7", "tall_41x7",
                "constant_vs_smooth_48x64"}) {
            Plane expected = Goldens.plane("metrics/pairs/" + name + "_ssim_map.npy");
            GrayImage truth = Goldens.gray("metrics/pairs/" + name + "_gt.npy");
            GrayImage prediction = Goldens.gray("metrics/pairs/" + name + "_pred.npy");
            for (int row = 0; row <= truth.height() - 7; row++) {
                for (int column = 0; column <= truth.width() - 7; column++) {
                    double window = ImageMetrics.ssim(truth.crop(row, column, 7, 7), prediction.crop(row, column, 7, 7),
                            SsimOptions.DEFAULT);
                    assertThat(window).as(name + " at " + row + ", " + column)
                            .isCloseTo(expected.get(row + 3, column + 3), within(1e-6));
                }
            }
        }
    }

    @Test
    void colourPicturesScoreAsInScikitImage() {
        JsonNode expected = Goldens.json("metrics/image_metrics.json").get("extra").get("rgb");
        ImageScores scores = ImageMetrics.score(Goldens.rgb("metrics/pairs/rgb_gt.npy"),
                Goldens.rgb("metrics/pairs/rgb_pred.npy"));
        assertClose(scores.mse(), expected.get("mse"), EXACT);
        assertClose(scores.psnr(), expected.get("psnr"), EXACT);
        assertClose(scores.ssim(), expected.get("ssim_channel_axis"), EXACT);
    }

    private static double[] scaled(GrayImage image) {
        byte[] bytes = image.toArray();
        double[] values = new double[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (bytes[i] & 0xFF) / 255.0;
        }
        return values;
    }

    private static Plane tenfold(GrayImage image) {
        double[] scaled = scaled(image);
        Plane plane = Plane.allocate(image.height(), image.width());
        for (int i = 0; i < scaled.length; i++) {
            plane.array()[i] = (float) scaled[i] * 10f;
        }
        return plane;
    }

    /** Returns the defaults with another window. */
    private static SsimOptions window(int side) {
        return new SsimOptions(side, false, 1.5, true, 0.01, 0.03);
    }
}
