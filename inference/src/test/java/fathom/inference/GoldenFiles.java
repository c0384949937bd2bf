package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.formats.NdArray;
import fathom.formats.images.Images;
import fathom.formats.npy.Npy;
import fathom.models.ModelOptions;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tiny checkpoint with the results of its reference for a few pictures: {@code config.json} and weights, {@code manifest.json}
 * with the tolerances, {@code expected/CASE/WHAT.npy}, or {@code WHAT.sN.npy} of each N-th row and column.
 *
 * @param folder the folder that contains them
 */
record GoldenFiles(Path folder) {
    /** Returns the goldens called {@code name}. */
    static GoldenFiles of(String name) {
        return new GoldenFiles(path(name));
    }

    /** Returns the golden file or folder {@code name}. */
    static Path path(String name) {
        return Path.of(System.getProperty("fathom.goldens"), name);
    }

    /** Returns one of the pictures that the goldens share. */
    static RgbImage image(String name) throws IOException {
        return Images.readRgb(path("images/" + name + ".png"));
    }

    /** Returns the checkpoint in {@code folder} with other settings. */
    static CheckpointEstimator open(Path folder, Map<String, String> options) {
        return new CheckpointEstimator(folder,
                EstimatorOptions.defaults().withThreads(2).withModel(ModelOptions.of(options)),
                OnnxRuntimeEngine.instance());
    }

    CheckpointEstimator open(Map<String, String> options) {
        return open(checkpoint(), options);
    }

    /** Returns the folder with the configuration and the weights. */
    Path checkpoint() {
        return GoldenVariants.complete(folder.getFileName().toString());
    }

    JsonNode manifest() {
        return JsonMapper.shared().readTree(folder.resolve("manifest.json").toFile());
    }

    /** Returns the folder with the reference's results for {@code which}. */
    Path expected(String which) {
        return folder.resolve("expected").resolve(which);
    }

    /** Returns the result {@code what} of the case {@code which}. */
    Kept kept(String which, String what) throws IOException {
        return kept(which, Pattern.compile(Pattern.quote(what))).getFirst();
    }

    /** Returns the reference's results for the case {@code which} whose names match {@code names}, by name. */
    List<Kept> kept(String which, Pattern names) throws IOException {
        List<Kept> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(expected(which))) {
            for (Path file : files.sorted().toList()) {
                Matcher name = Kept.FILE.matcher(file.getFileName().toString());
                if (name.matches() && names.matcher(name.group(1)).matches()) {
                    found.add(Kept.read(file));
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("no golden " + names + " in " + expected(which));
        }
        return found;
    }

    /**
     * A result of the reference.
     *
     * @param name of the result
     * @param values row-major
     * @param shape of what is kept
     * @param step of the rows and columns of the last two axes, the {@code step}-th are kept, from the first on
     */
    record Kept(String name, float[] values, int[] shape, int step) {
        private static final Pattern FILE = Pattern.compile("(.*?)(?:\\.s(\\d+))?\\.npy");

        static Kept read(Path file) throws IOException {
            NdArray array = Npy.read(file);
            Matcher name = FILE.matcher(file.getFileName().toString());
            if (!name.matches()) {
                throw new IOException(file + ": expected the name of a golden array");
            }
            int step = name.group(2) == null ? 1 : Integer.parseInt(name.group(2));
            return new Kept(name.group(1), array.toFloats(), array.shape(), step);
        }

        /** Returns the name without {@code tap.}: the name of the module. */
        String module() {
            return name.replaceFirst("^tap\\.", "");
        }

        /** Requires that {@code found}, of which the same elements are taken, has the same shape. */
        void requireShape(FloatTensor found) {
            int[] thinned = found.shape();
            for (int axis = Math.max(0, thinned.length - 2); axis < thinned.length; axis++) {
                thinned[axis] = Math.ceilDiv(thinned[axis], step);
            }
            assertThat(thinned).as("shape of %s", name).isEqualTo(shape);
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

        /** Returns the largest difference; NaN if a value is NaN. */
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
