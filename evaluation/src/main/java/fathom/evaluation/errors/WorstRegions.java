package fathom.evaluation.errors;

import java.util.ArrayList;
import java.util.List;

import fathom.raster.Plane;

/**
 * The square regions of an error map with the largest mean error. They do not overlap: the first is the worst of all
 * positions, the next the worst that does not overlap the first, and so on.
 *
 * <p>Sums over regions are computed with summed-area tables (Crow, SIGGRAPH 1984) in float64, one step per position. The size
 * of a signed error counts. Pixels that are not counted, and errors that are not finite, are ignored; a region needs a
 * counted error at half of its pixels at least.
 */
public final class WorstRegions {
    private final int height;
    private final int width;
    private final int side;
    /** The sums of errors and the numbers of pixels above and left of (row, column), [H + 1, W + 1]. */
    private final double[] errors;
    private final int[] pixels;

    /**
     * A square region.
     *
     * @param top its first row
     * @param left its first column
     * @param side the number of its rows and columns
     * @param pixels the number of its pixels with an error
     * @param mean the mean size of their errors, in the unit of the map
     * @param share the share of the sum of all errors of the map that they carry, 0 to 1
     */
    public record Region(int top, int left, int side, int pixels, double mean, double share) {}

    private WorstRegions(Plane values, int side) {
        this.height = values.height();
        this.width = values.width();
        this.side = side;
        this.errors = new double[(height + 1) * (width + 1)];
        this.pixels = new int[(height + 1) * (width + 1)];
        for (int row = 0; row < height; row++) {
            double rowErrors = 0;
            int rowPixels = 0;
            for (int column = 0; column < width; column++) {
                float value = Math.abs(values.array()[values.rowStart(row) + column]);
                if (Float.isFinite(value)) {
                    rowErrors += value;
                    rowPixels++;
                }
                int at = index(row + 1, column + 1);
                errors[at] = errors[index(row, column + 1)] + rowErrors;
                pixels[at] = pixels[index(row, column + 1)] + rowPixels;
            }
        }
    }

    /**
     * Finds the worst regions.
     *
     * @param map the errors
     * @param side the number of rows and columns of a region, at least 1; at most the smaller side of the map is used
     * @param limit the largest number of regions
     * @return the regions, the worst first; fewer than {@code limit} if no other has enough counted pixels or an error
     * @throws IllegalArgumentException if {@code side} or {@code limit} is below 1
     */
    public static List<Region> of(ErrorMap map, int side, int limit) {
        if (side < 1 || limit < 1) {
            throw new IllegalArgumentException(
                    "side and limit: expected numbers of at least 1, found " + side + " and " + limit);
        }
        Plane values = map.values();
        WorstRegions tables = new WorstRegions(values, Math.min(side, Math.min(values.height(), values.width())));
        List<Region> found = new ArrayList<>();
        while (found.size() < limit) {
            Region worst = tables.worst(found);
            if (worst.mean == 0) {
                break;
            }
            found.add(worst);
        }
        return found;
    }

    /** Returns the worst region that overlaps none of {@code taken}; its mean is 0 if there is none with an error. */
    private Region worst(List<Region> taken) {
        int least = (side * side + 1) / 2;
        double total = errors[errors.length - 1];
        Region worst = new Region(0, 0, side, 0, 0, 0);
        for (int top = 0; top + side <= height; top++) {
            for (int left = 0; left + side <= width; left++) {
                int count = pixels[index(top + side, left + side)] - pixels[index(top, left + side)]
                        - pixels[index(top + side, left)] + pixels[index(top, left)];
                if (count < least) {
                    continue;
                }
                double sum = errors[index(top + side, left + side)] - errors[index(top, left + side)]
                        - errors[index(top + side, left)] + errors[index(top, left)];
                if (sum / count > worst.mean && !overlaps(taken, top, left)) {
                    worst = new Region(top, left, side, count, sum / count, sum / total);
                }
            }
        }
        return worst;
    }

    private boolean overlaps(List<Region> taken, int top, int left) {
        for (Region region : taken) {
            if (Math.abs(region.top - top) < side && Math.abs(region.left - left) < side) {
                return true;
            }
        }
        return false;
    }

    private int index(int row, int column) {
        return row * (width + 1) + column;
    }
}
