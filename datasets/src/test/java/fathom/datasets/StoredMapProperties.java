package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import fathom.datasets.values.Provenance;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

class StoredMapProperties {
    private static Path folder;
    private static Dataset dataset;

    @BeforeContainer
    static void create() throws IOException {
        folder = Files.createTempDirectory("fathom-maps");
        dataset = TestDatasets.create(Datasets.at(folder), "d", folder, 1);
    }

    @AfterContainer
    static void delete() {
        dataset.close();
        Datasets.at(folder).delete("d");
    }

    @Property(tries = 60)
    void storedMapIsBitIdenticalWhateverTheBitsAndTheStride(@ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 0, max = 5) int offset,
            @ForAll @IntRange(min = 0, max = 7) int gap, @ForAll long seed) {
        Random random = new Random(seed);
        int stride = width + gap;
        float[] array = new float[offset + height * stride];
        float[] special = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f, Float.MIN_VALUE};
        for (int i = 0; i < array.length; i++) {
            array[i] = i % 7 == 0 ? special[random.nextInt(special.length)] : Float.intBitsToFloat(random.nextInt());
        }
        Plane view = Plane.wrap(array, offset, height, width, stride);
        Sample sample = dataset.samples().getFirst();
        sample.setPrediction("p", new Prediction(DepthKind.AFFINE, view), "none", Provenance.of("m"));
        Plane stored = dataset.samples().getFirst().prediction("p").prediction().values();
        assertThat(stored.height()).isEqualTo(height);
        assertThat(stored.width()).isEqualTo(width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                assertThat(Float.floatToRawIntBits(stored.get(row, column)))
                        .isEqualTo(Float.floatToRawIntBits(view.get(row, column)));
            }
        }
    }
}
