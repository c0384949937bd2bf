package fathom.inference.diffusion.ensembling;

import java.util.List;

import fathom.raster.Plane;
import fathom.raster.resampling.Resampling;

/** The members of an ensemble as contiguous arrays of one size; read-only. */
final class Members {
    /** The longest edge at which members are aligned, as published. */
    private static final int MAX_EDGE = 1024;

    private final float[][] values;
    private final int height;
    private final int width;

    private Members(float[][] values, int height, int width) {
        this.values = values;
        this.height = height;
        this.width = width;
    }

    static Members of(List<Plane> planes) {
        if (planes.isEmpty()) {
            throw new IllegalArgumentException("members: expected at least one map, found none");
        }
        Plane first = planes.getFirst();
        float[][] values = new float[planes.size()][];
        for (int m = 0; m < values.length; m++) {
            Plane plane = planes.get(m);
            first.requireSameShape("member " + m, plane);
            values[m] = plane.toArray();
            requireFinite(values[m], m);
        }
        return new Members(values, first.height(), first.width());
    }

    private static void requireFinite(float[] values, int member) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("member " + member + ": expected finite values, found " + value);
            }
        }
    }

    int count() {
        return values.length;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int pixels() {
        return height * width;
    }

    float value(int member, int pixel) {
        return values[member][pixel];
    }

    float[] member(int member) {
        return values[member];
    }

    /**
     * Returns the members resized to at most 1024 pixels along the longer edge by PyTorch's {@code nearest-exact}, or
     * these members if they are not larger.
     */
    Members shrunkForAlignment() {
        int longest = Math.max(height, width);
        if (longest <= MAX_EDGE) {
            return this;
        }
        int toHeight = Math.max(1, (int) ((long) height * MAX_EDGE / longest));
        int toWidth = Math.max(1, (int) ((long) width * MAX_EDGE / longest));
        float[][] shrunk = new float[values.length][];
        for (int m = 0; m < values.length; m++) {
            Plane member = Plane.wrap(values[m], height, width);
            shrunk[m] = Resampling.TORCH_NEAREST_EXACT.resized(member, toHeight, toWidth).array();
        }
        return new Members(shrunk, toHeight, toWidth);
    }
}
