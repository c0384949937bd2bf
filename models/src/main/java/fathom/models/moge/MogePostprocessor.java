package fathom.models.moge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.models.Estimate;
import fathom.models.Focal;
import fathom.models.ModelOptions;
import fathom.raster.AuxiliaryMap;
import fathom.raster.AuxiliaryMap.Kind;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/**
 * The postprocessing of {@code MoGeModel.infer} of microsoft/MoGe: converts a network's point map to shift and focal
 * length, depth, points on the pixels' rays, metres, mask and normals.
 *
 * @param appliesMask whether depth and points are infinite outside the mask
 * @param forcesProjection whether points are projected to the pixels' rays
 * @param fieldOfView the horizontal field of view in degrees if it is known, otherwise NaN
 */
public record MogePostprocessor(boolean appliesMask, boolean forcesProjection, double fieldOfView) {
    /** Key of the option for the number of patches per picture; also the name of the input of an ONNX export. */
    public static final String TOKENS = "num_tokens";
    private static final String LEVEL = "resolution_level";
    private static final String APPLY_MASK = "apply_mask";
    private static final String FORCE_PROJECTION = "force_projection";
    private static final String MASK = "mask";
    private static final int HIGHEST_LEVEL = 9;
    /** Points along a side of the grid that the shift is solved on. */
    private static final int SAMPLED = 64;

    /** Validates the components. */
    public MogePostprocessor {
        if (fieldOfView <= 0 || fieldOfView >= 180) {
            throw new IllegalArgumentException(
                    "option " + Focal.FIELD_OF_VIEW + ": expected degrees above 0 and below 180, found " + fieldOfView);
        }
    }

    /**
     * Creates the postprocessing that the options select.
     *
     * @param options the options of the model
     * @return the postprocessing
     */
    public static MogePostprocessor of(ModelOptions options) {
        return new MogePostprocessor(options.flag(APPLY_MASK, true), options.flag(FORCE_PROJECTION, true),
                options.numbers(Focal.FIELD_OF_VIEW, 1, Float.NaN).getFirst());
    }

    /**
     * Returns the number of patches per picture that the options select.
     *
     * @param options the options of the model
     * @param fewest the smallest number that the model was trained on
     * @param most the largest number that the model was trained on
     * @return the number of patches
     */
    public static int tokens(ModelOptions options, int fewest, int most) {
        int level = options.integer(LEVEL, 0, HIGHEST_LEVEL);
        if (level > HIGHEST_LEVEL) {
            throw new IllegalArgumentException(
                    "option " + LEVEL + ": expected 0 to " + HIGHEST_LEVEL + ", found " + level);
        }
        return options.integer(TOKENS, 1, (int) (fewest + level / (double) HIGHEST_LEVEL * (most - fewest)));
    }

    /** {@return the help text of each option by key} */
    public static SortedMap<String, String> help() {
        SortedMap<String, String> help = new TreeMap<>(helpWithoutTokens());
        help.put(TOKENS, "number of patches per picture");
        help.put(LEVEL,
                "0 to 9 (default): from the smallest to the largest number of patches that the model was trained on");
        return help;
    }

    /** {@return the help text of each option of a model with a fixed number of patches} */
    public static SortedMap<String, String> helpWithoutTokens() {
        return new TreeMap<>(Map.of(Focal.FIELD_OF_VIEW,
                "the horizontal field of view in degrees; replaces the estimate from the points", APPLY_MASK,
                "false: keep depth outside the mask, for example in the sky", FORCE_PROJECTION,
                "false: keep the network's points, instead of projecting them to the pixels' rays"));
    }

    /**
     * Computes the estimate: depth with the size of {@code points}, in metres if they have a scale, otherwise up to
     * scale; the maps {@code mask}, {@code points} and {@code normal}; and the camera, with focal lengths relative to
     * the picture's width and height.
     *
     * @param points the outputs of the network
     * @return the estimate
     */
    public Estimate estimate(AffinePoints points) {
        int height = points.z().height();
        int width = points.z().width();
        DepthKind kind = points.scale().isPresent() ? DepthKind.METRIC : DepthKind.SCALE_INVARIANT;
        double aspect = (double) width / height;
        double diagonal = Math.sqrt(1 + aspect * aspect);
        ShiftSolver solver = solver(points);
        float shift = (float) solver.shift();
        double focal = solver.focal(shift);
        double fx = focal / 2 * diagonal / aspect;
        double fy = focal / 2 * diagonal;
        float scale = (float) points.scale().orElse(1);
        float[] x = points.x().toArray();
        float[] y = points.y().toArray();
        float[] z = points.z().toArray();
        float[] mask = points.mask().toArray();
        for (int row = 0, i = 0; row < height; row++) {
            for (int column = 0; column < width; column++, i++) {
                z[i] += shift;
                mask[i] = z[i] > 0 ? mask[i] : 0;
                if (forcesProjection) {
                    x[i] = (float) (((column + 0.5) / width - 0.5) / fx * z[i]);
                    y[i] = (float) (((row + 0.5) / height - 0.5) / fy * z[i]);
                }
                boolean seen = mask[i] > 0 || !appliesMask;
                x[i] = seen ? x[i] * scale : Float.POSITIVE_INFINITY;
                y[i] = seen ? y[i] * scale : Float.POSITIVE_INFINITY;
                z[i] = seen ? z[i] * scale : Float.POSITIVE_INFINITY;
            }
        }
        List<AuxiliaryMap> maps = new ArrayList<>();
        maps.add(AuxiliaryMap.of(MASK, Kind.MASK, "", Plane.wrap(mask, height, width)));
        maps.add(new AuxiliaryMap("points", Kind.POINTS, kind.unit(),
                List.of(Plane.wrap(x, height, width), Plane.wrap(y, height, width), Plane.wrap(z, height, width))));
        points.normals().ifPresent(normals -> maps.add(normals(normals, mask)));
        SequencedMap<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("fx", fx);
        numbers.put("fy", fy);
        numbers.put("cx", 0.5);
        numbers.put("cy", 0.5);
        numbers.put(Estimate.FIELD_OF_VIEW, Math.toDegrees(2 * Math.atan(0.5 / fx)));
        numbers.put("shift", (double) shift);
        numbers.put("metric_scale", (double) scale);
        return new Estimate(new Prediction(kind, Plane.wrap(z.clone(), height, width)), maps, numbers);
    }

    private AuxiliaryMap normals(List<Plane> normals, float[] mask) {
        float[] x = normals.get(0).toArray();
        float[] y = normals.get(1).toArray();
        float[] z = normals.get(2).toArray();
        for (int i = 0; i < x.length; i++) {
            double length = Math.sqrt((double) x[i] * x[i] + (double) y[i] * y[i] + (double) z[i] * z[i]);
            double factor = appliesMask && mask[i] == 0 ? 0 : 1 / Math.max(length, 1e-12);
            x[i] = (float) (x[i] * factor);
            y[i] = (float) (y[i] * factor);
            z[i] = (float) (z[i] * factor);
        }
        int height = normals.getFirst().height();
        int width = normals.getFirst().width();
        return new AuxiliaryMap("normal", Kind.NORMAL, "",
                List.of(Plane.wrap(x, height, width), Plane.wrap(y, height, width), Plane.wrap(z, height, width)));
    }

    private double statedFocal(double aspect) {
        return aspect / Math.sqrt(1 + aspect * aspect) / Math.tan(Math.toRadians(fieldOfView) / 2);
    }

    /** Creates the solver for the points of a coarse grid that are not masked. */
    private ShiftSolver solver(AffinePoints points) {
        int height = points.z().height();
        int width = points.z().width();
        double aspect = (double) width / height;
        double diagonal = Math.sqrt(1 + aspect * aspect);
        double[] x = new double[SAMPLED * SAMPLED];
        double[] y = new double[SAMPLED * SAMPLED];
        double[] z = new double[SAMPLED * SAMPLED];
        double[] u = new double[SAMPLED * SAMPLED];
        double[] v = new double[SAMPLED * SAMPLED];
        int count = 0;
        for (int i = 0; i < SAMPLED; i++) {
            int row = i * height / SAMPLED;
            for (int j = 0; j < SAMPLED; j++) {
                int column = j * width / SAMPLED;
                if (points.mask().get(row, column) > 0) {
                    x[count] = points.x().get(row, column);
                    y[count] = points.y().get(row, column);
                    z[count] = points.z().get(row, column);
                    u[count] = (float) (aspect / diagonal * (2.0 * column + 1 - width) / width);
                    v[count] = (float) (1 / diagonal * (2.0 * row + 1 - height) / height);
                    count++;
                }
            }
        }
        double stated = Double.isNaN(fieldOfView) ? Double.NaN : statedFocal(aspect);
        return new ShiftSolver(Arrays.copyOf(x, count), Arrays.copyOf(y, count), Arrays.copyOf(z, count),
                Arrays.copyOf(u, count), Arrays.copyOf(v, count), stated);
    }
}
