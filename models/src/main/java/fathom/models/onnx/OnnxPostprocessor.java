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
import fathom.models.ModelOptions;
import fathom.models.InputGeometry;
import fathom.models.moge.AffinePoints;
import fathom.models.moge.MogePostprocessor;
import fathom.models.preprocessing.FitAndNormalise;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.advice.Remedy;

/** What the outputs of a model mean. */
sealed interface OnnxPostprocessor {
    /** How outputs are read, before anything else is known of a model. */
    enum Way {
        /** One output is the map. */
        MAP,
        /** Depth in metres with a focal length. */
        DEPTH_PRO,
        /** Points, mask, normals and a scale. */
        MOGE;

        /** What cannot be stated of such a model, because the outputs themselves say it. */
        Set<OnnxKey> fixed() {
            return switch (this) {
                case MAP -> EnumSet.noneOf(OnnxKey.class);
                case DEPTH_PRO -> EnumSet.of(OnnxKey.KIND, OnnxKey.UNIT, OnnxKey.CANONICAL_FOCAL);
                case MOGE -> EnumSet.of(OnnxKey.KIND, OnnxKey.UNIT, OnnxKey.CANONICAL_FOCAL, OnnxKey.SCALE,
                        OnnxKey.MEAN, OnnxKey.STD, OnnxKey.FILL);
            };
        }
    }

    /** The outputs that are read. */
    List<String> outputs();

    /** Further inputs by name, the same for every picture. */
    default Map<String, float[]> feeds() {
        return Map.of();
    }

    /** Options beside the keys of a description, with what each does. */
    SortedMap<String, String> options();

    /** What a person should know before relying on the numbers. */
    default List<String> warnings() {
        return List.of();
    }

    /** What the user can do about the warnings. */
    default List<Remedy> remedies() {
        return List.of();
    }

    /** What the numbers mean. */
    DepthKind kind();

    /** What the outputs say of one picture; the arrays of {@code results} become part of the estimate. */
    Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture);

    /** A map [H, W] that came out as [1, H, W] or [H, W, 1]. */
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
     * @param statedKind what its numbers are said to mean
     * @param unit of metric numbers
     * @param output its name
     * @param canonicalFocal focal length, pixels of the input, of the camera that the numbers are metres for
     * @param focal the picture's own, if a person states it
     * @param preparation how pictures come to the input
     */
    record OfMap(DepthKind statedKind, OnnxUnit unit, String output, OptionalDouble canonicalFocal,
            Optional<Focal> focal, FitAndNormalise preparation) implements OnnxPostprocessor {
        public OfMap {
            if (focal.isPresent() && canonicalFocal.isEmpty()) {
                throw new IllegalArgumentException("options " + Focal.PIXELS + " and " + Focal.FIELD_OF_VIEW
                        + ": the model's numbers do not hang on the camera; leave them out, or state canonical_focal");
            }
        }

        @Override
        public List<String> outputs() {
            return List.of(output);
        }

        @Override
        public SortedMap<String, String> options() {
            return canonicalFocal.isPresent()
                    ? new TreeMap<>(Focal.help("needed for metres"))
                    : new TreeMap<>();
        }

        @Override
        public DepthKind kind() {
            return lacksFocal() ? DepthKind.SCALE_INVARIANT : statedKind;
        }

        @Override
        public List<String> warnings() {
            return lacksFocal()
                    ? List.of("Depth is up to scale, because the model gives metres only for a known focal length.")
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
     * @param focal the picture's focal length, if a person states it, instead of the network's
     */
    record OfDepthPro(String output, Optional<Focal> focal) implements OnnxPostprocessor {
        @Override
        public List<String> outputs() {
            return List.of(output, DepthProExport.FOCAL_LENGTH);
        }

        @Override
        public SortedMap<String, String> options() {
            return new TreeMap<>(Focal.help("instead of what the network says"));
        }

        @Override
        public DepthKind kind() {
            return DepthKind.METRIC;
        }

        @Override
        public Estimate estimate(Map<String, FloatTensor> results, InputGeometry picture) {
            Plane depth = map(output, require(results, output));
            int width = picture.imageWidth();
            double given = require(results, DepthProExport.FOCAL_LENGTH).number() * (double) width / picture
                    .inputWidth();
            double pixels = focal.map(stated -> stated.x(width)).orElse(given);
            if (focal.isPresent()) {
                // Depth goes with the focal length.
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
     * @param reading what is made of the points
     * @param tokens patches to spend on a picture; 0 where the model does not ask
     * @param hasNormals whether normals come out
     * @param hasScale whether metres per unit come out
     */
    record OfMoge(MogePostprocessor reading, int tokens, boolean hasNormals, boolean hasScale) implements OnnxPostprocessor {
        private static final int MIN_TOKENS = 1200;
        private static final int MAX_TOKENS = 3600;

        static OfMoge of(Candidate candidate, ModelOptions options) {
            boolean asks = candidate.input(MogePostprocessor.TOKENS).isPresent();
            return new OfMoge(MogePostprocessor.of(options), asks
                    ? MogePostprocessor.tokens(options, MIN_TOKENS, MAX_TOKENS)
                    : 0, candidate.output(MogeExport.NORMAL).isPresent(),
                    candidate.output(MogeExport.SCALE)
                            .isPresent());
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

        /** The three numbers of each pixel, [H, W, 3], as three planes. */
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
