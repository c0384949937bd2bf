package fathom.models.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.models.Estimate;
import fathom.models.Focal;
import fathom.models.InputGeometry;
import fathom.models.ModelOptions;
import fathom.models.moge.AffinePoints;
import fathom.models.moge.MogePostprocessor;
import fathom.models.preprocessing.FitAndNormalise;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.advice.Remedy;

/** Converts the outputs of a model to estimates. */
sealed interface OnnxPostprocessor {
    /** How outputs are interpreted; known before anything else about a model. */
    enum Way {
        /** One output is the map. */
        MAP,
        /** Depth in metres with a focal length. */
        DEPTH_PRO,
        /** Points, mask, normals and a scale. */
        MOGE;

        /** Returns the properties that cannot be declared for such a model, because its outputs determine them. */
        Set<OnnxKey> fixed() {
            return switch (this) {
                case MAP -> EnumSet.noneOf(OnnxKey.class);
                case DEPTH_PRO -> EnumSet.of(OnnxKey.KIND, OnnxKey.UNIT, OnnxKey.CANONICAL_FOCAL);
                case MOGE -> EnumSet.of(OnnxKey.KIND, OnnxKey.UNIT, OnnxKey.CANONICAL_FOCAL, OnnxKey.SCALE,
                        OnnxKey.MEAN, OnnxKey.STD, OnnxKey.FILL);
            };
        }
    }

    /** Returns the names of the outputs that are read. */
    List<String> outputs();

    /** Returns the values of additional inputs by name, the same for every picture. */
    default Map<String, float[]> feeds() {
        return Map.of();
    }

    /** Returns the options in addition to the keys of a description: the help text by key. */
    SortedMap<String, String> options();

    /** Returns what the user should know before relying on the values. */
    default List<String> warnings() {
        return List.of();
    }

    /** Returns what the user can do about the warnings. */
    default List<Remedy> remedies() {
        return List.of();
    }

    /** Returns the kind of depth. */
    DepthKind kind();

    /** Converts the outputs for one picture to an estimate, which may share the arrays of {@code results}. */
    Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture);

    /** Returns an output [1, H, W] or [H, W, 1] as a map [H, W]. */
    private static Plane map(String name, FloatTensor result) {
        if (result.channels() == 1) {
            return result.plane(0);
        }
        if (result.width() == 1) {
            return Plane.wrap(result.values(), result.channels(), result.height());
        }
        throw new IllegalArgumentException("output " + name + ": expected one map, [H, W], [1, H, W] or [H, W, 1] of a "
                + "picture, found " + result);
    }

    private static FloatTensor require(Map<String, FloatTensor> results, String name) {
        FloatTensor result = results.get(name);
        if (result == null) {
            throw new IllegalArgumentException("outputs: expected " + name + ", found " + results.keySet());
        }
        return result;
    }

    /**
     * One output is the map.
     *
     * @param statedKind the declared kind of depth
     * @param unit unit of metric values
     * @param output name of the output
     * @param canonicalFocal focal length, pixels of the input, of the camera for which the values are metres
     * @param focal the picture's focal length, if the user gives it
     * @param preparation the preprocessing
     */
    record OfMap(DepthKind statedKind, OnnxUnit unit, String output, OptionalDouble canonicalFocal,
            Optional<Focal> focal, FitAndNormalise preparation) implements OnnxPostprocessor {
        public OfMap {
            if (focal.isPresent() && canonicalFocal.isEmpty()) {
                throw new IllegalArgumentException("options " + Focal.PIXELS + " and " + Focal.FIELD_OF_VIEW
                        + ": this model's output does not depend on the camera; remove the option, or set canonical_focal");
            }
        }

        @Override
        public List<String> outputs() {
            return List.of(output);
        }

        @Override
        public SortedMap<String, String> options() {
            return canonicalFocal.isPresent() ? new TreeMap<>(Focal.help("needed for metres")) : new TreeMap<>();
        }

        @Override
        public DepthKind kind() {
            return lacksFocal() ? DepthKind.SCALE_INVARIANT : statedKind;
        }

        @Override
        public List<String> warnings() {
            return lacksFocal()
                    ? List.of("Depth is up to scale, because the model predicts metres only for a known focal length.")
                    : List.of();
        }

        @Override
        public List<Remedy> remedies() {
            return lacksFocal()
                    ? List.of(new Remedy.SetModelOption(
                            List.of(Focal.FIELD_OF_VIEW + "=DEGREES", Focal.PIXELS + "=PIXELS")))
                    : List.of();
        }

        private boolean lacksFocal() {
            return canonicalFocal.isPresent() && focal.isEmpty();
        }

        @Override
        public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
            Plane map = map(output, require(results, output));
            float[] values = map.array();
            unit.toMetres(values);
            if (canonicalFocal.isPresent() && focal.isPresent()) {
                double scale = preparation.place(picture.imageHeight(), picture.imageWidth()).scale();
                float factor = (float) (focal.get().x(picture.imageWidth()) * scale / canonicalFocal.getAsDouble());
                for (int i = 0; i < values.length; i++) {
                    values[i] *= factor;
                }
            }
            return Estimate.of(new Prediction(kind(), map));
        }
    }

    /**
     * Depth Pro's depth in metres with the focal length.
     *
     * @param output name of the map
     * @param focal the picture's focal length, if the user gives it; replaces the network's
     */
    record OfDepthPro(String output, Optional<Focal> focal) implements OnnxPostprocessor {
        @Override
        public List<String> outputs() {
            return List.of(output, DepthProExport.FOCAL_LENGTH);
        }

        @Override
        public SortedMap<String, String> options() {
            return new TreeMap<>(Focal.help("replaces the network's estimate"));
        }

        @Override
        public DepthKind kind() {
            return DepthKind.METRIC;
        }

        @Override
        public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
            Plane depth = map(output, require(results, output));
            int width = picture.imageWidth();
            double given = require(results, DepthProExport.FOCAL_LENGTH).number() * (double) width
                    / picture.inputWidth();
            double pixels = focal.map(stated -> stated.x(width)).orElse(given);
            if (focal.isPresent()) {
                // Depth is proportional to the focal length.
                float factor = (float) (pixels / given);
                float[] metres = depth.array();
                for (int i = 0; i < metres.length; i++) {
                    metres[i] *= factor;
                }
            }
            Map<String, Double> numbers = new LinkedHashMap<>();
            numbers.put(Estimate.FIELD_OF_VIEW, Math.toDegrees(2 * Math.atan(width / (2 * pixels))));
            numbers.put("focal_length", pixels);
            return new Estimate(new Prediction(kind(), depth), List.of(), numbers);
        }
    }

    /**
     * MoGe's points, mask, normals and scale.
     *
     * @param reading the postprocessing of the points
     * @param tokens number of patches per picture; 0 if the model has no such input
     * @param hasNormals whether normals are an output
     * @param hasScale whether metres per unit are an output
     */
    record OfMoge(MogePostprocessor reading, int tokens, boolean hasNormals,
            boolean hasScale) implements OnnxPostprocessor {
        private static final int MIN_TOKENS = 1200;
        private static final int MAX_TOKENS = 3600;

        static OfMoge of(Candidate candidate, ModelOptions options) {
            boolean asks = candidate.input(MogePostprocessor.TOKENS).isPresent();
            return new OfMoge(MogePostprocessor.of(options),
                    asks ? MogePostprocessor.tokens(options, MIN_TOKENS, MAX_TOKENS) : 0,
                    candidate.output(MogeExport.NORMAL).isPresent(), candidate.output(MogeExport.SCALE).isPresent());
        }

        @Override
        public List<String> outputs() {
            List<String> outputs = new ArrayList<>(List.of(MogeExport.POINTS, MogeExport.MASK));
            if (hasNormals) {
                outputs.add(MogeExport.NORMAL);
            }
            if (hasScale) {
                outputs.add(MogeExport.SCALE);
            }
            return outputs;
        }

        @Override
        public Map<String, float[]> feeds() {
            return tokens == 0 ? Map.of() : Map.of(MogePostprocessor.TOKENS, new float[]{tokens});
        }

        @Override
        public SortedMap<String, String> options() {
            return tokens == 0 ? MogePostprocessor.helpWithoutTokens() : MogePostprocessor.help();
        }

        @Override
        public DepthKind kind() {
            return hasScale ? DepthKind.METRIC : DepthKind.SCALE_INVARIANT;
        }

        @Override
        public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
            FloatTensor points = require(results, MogeExport.POINTS);
            Plane mask = map(MogeExport.MASK, require(results, MogeExport.MASK));
            int height = points.channels();
            int width = points.height();
            if (points.width() != 3 || mask.height() != height || mask.width() != width) {
                throw new IllegalArgumentException("outputs: expected points [H, W, 3] and mask [H, W] of one size, "
                        + "found " + points + " and " + mask);
            }
            float[] seen = mask.array();
            for (int i = 0; i < seen.length; i++) {
                seen[i] = seen[i] > 0.5f ? 1 : 0;
            }
            Optional<List<Plane>> normals = hasNormals
                    ? Optional.of(axes(require(results, MogeExport.NORMAL)))
                    : Optional.empty();
            List<Plane> axes = axes(points);
            OptionalDouble scale = hasScale
                    ? OptionalDouble.of(require(results, MogeExport.SCALE).number())
                    : OptionalDouble.empty();
            return reading.estimate(new AffinePoints(axes.get(0), axes.get(1), axes.get(2), mask, normals, scale));
        }

        /** Returns the three numbers of each pixel, [H, W, 3], as three planes. */
        private static List<Plane> axes(FloatTensor interleaved) {
            float[] values = interleaved.values();
            float[][] axes = new float[3][values.length / 3];
            for (int i = 0, from = 0; i < axes[0].length; i++, from += 3) {
                axes[0][i] = values[from];
                axes[1][i] = values[from + 1];
                axes[2][i] = values[from + 2];
            }
            return Arrays.stream(axes).map(axis -> Plane.wrap(axis, interleaved.channels(), interleaved.height()))
                    .toList();
        }
    }
}
