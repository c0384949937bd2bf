package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import fathom.formats.Images;
import fathom.formats.NdArray;
import fathom.formats.Npy;
import fathom.inference.engine.OnnxRuntimeEngine;
import fathom.models.ModelOptions;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tiny checkpoint with what its reference gives for a few pictures: {@code config.json} and weights, {@code manifest.json}
 * with the tolerances, {@code expected/CASE/WHAT.npy}.
 *
 * @param folder where they lie
 */
record GoldenFiles(Path folder) {
    /** Those called {@code name}; the calling test is skipped, saying so, where they are absent. */
    static GoldenFiles of(String name) {
        return new GoldenFiles(Shared.path("goldens/" + name));
    }

    /** One of the pictures that the goldens share. */
    static RgbImage image(String name) throws IOException {
        return Images.readRgb(Shared.path("goldens/images/" + name + ".png"));
    }

    /** The checkpoint in {@code folder} with settings of its own. */
    static CheckpointEstimator open(Path folder, Map<String, String> options) {
        return new CheckpointEstimator(folder, EstimatorOptions.defaults().withThreads(2).withModel(ModelOptions.of(
                options)), OnnxRuntimeEngine.instance());
    }

    CheckpointEstimator open(Map<String, String> options) {
        return open(folder, options);
    }

    JsonNode manifest() {
        return JsonMapper.shared().readTree(folder.resolve("manifest.json").toFile());
    }

    /** Folder of what the reference gives for {@code which}. */
    Path expected(String which) {
        return folder.resolve("expected").resolve(which);
    }

    /** The result {@code what} of the case {@code which}. */
    Kept kept(String which, String what) throws IOException {
        for (String suffix : new String[]{"", ".s4", ".s8"}) {
            Path file = expected(which).resolve(what + suffix + ".npy");
            if (Files.exists(file)) {
                return Kept.read(file);
            }
        }
        throw new IOException("no golden " + what + " in " + expected(which));
    }

    /**
     * A result of the reference.
     *
     * @param name its file's name
     * @param values row-major
     * @param step of the rows and columns of the last two axes, the {@code step}-th are kept, from the first on
     */
    record Kept(String name, float[] values, int step) {
        static Kept read(Path file) throws IOException {
            NdArray array = Npy.read(file);
            String name = file.getFileName().toString();
            return new Kept(name, array.toFloats(), name.endsWith(".s4.npy") ? 4 : name.endsWith(".s8.npy") ? 8 : 1);
        }

        /** Requires that {@code found} differs by at most {@code tolerance}. */
        void requireWithin(FloatTensor found, double tolerance) {
            assertThat(worst(found)).as("largest difference of %s", name).isLessThanOrEqualTo(tolerance);
        }

        /** Requires that {@code found} differs by at most {@code tolerance}. */
        void requireWithin(Plane found, double tolerance) {
            requireWithin(FloatTensor.wrap(found.toArray(), 1, found.height(), found.width()), tolerance);
        }

        /** Requires that {@code found} differs by at most {@code share} of the largest value. */
        void requireWithinShare(FloatTensor found, double share) {
            double largest = 0;
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            requireWithin(found, share * largest);
        }

        /** The largest difference; NaN where one is. */
        private double worst(FloatTensor found) {
            int rank = found.rank();
            int width = rank > 0 ? found.dim(-1) : 1;
            int height = rank > 1 ? found.dim(-2) : 1;
            int planes = (int) (found.size() / ((long) height * width));
            double worst = 0;
            int at = 0;
            assertThat(planes * Math.ceilDiv(height, step) * Math.ceilDiv(width, step)).as("elements of %s", name)
                    .isEqualTo(values.length);
            for (int plane = 0; plane < planes; plane++) {
                for (int row = 0; row < height; row += step) {
                    for (int column = 0; column < width; column += step, at++) {
                        float value = found.values()[(plane * height + row) * width + column];
                        double apart = Math.abs((double) value - values[at]);
                        worst = Math.max(worst, apart);
                    }
                }
            }
            return worst;
        }
    }
}
