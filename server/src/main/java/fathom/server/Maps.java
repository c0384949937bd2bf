package fathom.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

import fathom.datasets.Sample;
import fathom.datasets.values.Field;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.resampling.AreaReduction;
import fathom.server.Problems.BadRequestException;

/**
 * Raw values of one layer of one sample, [H, W] or [H, W, 3]: measured depth in metres; predictions and auxiliary maps as the
 * model produced them. NaN marks missing values.
 */
final class Maps {
    private static final int MAX_VALUES = 100_000_000;

    private Maps() {}

    /** An encoded map: little-endian float32, [H, W, channels] in row-major order. */
    static final class Encoded {
        private final int height;
        private final int width;
        private final int channels;
        private final byte[] bytes;

        private Encoded(int height, int width, int channels, byte[] bytes) {
            this.height = height;
            this.width = width;
            this.channels = channels;
            this.bytes = bytes;
        }

        int height() {
            return height;
        }

        int width() {
            return width;
        }

        /** Returns 1 for values, 3 for a vector. */
        int channels() {
            return channels;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** Encodes the values, reduced so that neither side is longer than {@code side}. */
    static Encoded encoded(SampleLayer layer, int side) {
        List<Plane> channels = layer.read().stream().map(plane -> reduced(plane, side)).toList();
        Plane first = channels.getFirst();
        if ((long) first.size() * channels.size() > MAX_VALUES) {
            throw new BadRequestException("map: expected at most " + MAX_VALUES + " values, found " + first.width()
                    + "x" + first.height() + (channels.size() == 1 ? "" : "x" + channels.size())
                    + "; request a smaller map with side=");
        }
        return new Encoded(first.height(), first.width(), channels.size(), bytes(channels));
    }

    /** Reads the values at their stored resolution. */
    static Plane read(Sample sample, Field field) {
        return switch (field) {
            case Field.RgbField rgb ->
                throw new BadRequestException("map: expected a layer of values, found the picture " + rgb.name());
            case Field.MeasuredDepthField measured -> measured(sample.measured(measured.name()));
            case Field.PredictionField prediction -> sample.predictedDepth(prediction.name()).values();
        };
    }

    /** Returns metres where valid, NaN elsewhere. */
    private static Plane measured(MeasuredDepth depth) {
        Plane values = depth.metres().copy();
        Mask valid = depth.valid();
        float[] array = values.array();
        boolean[] flags = valid.array();
        for (int i = 0; i < array.length; i++) {
            if (!flags[i]) {
                array[i] = Float.NaN;
            }
        }
        return values;
    }

    /**
     * Reduces a map by area, so that its longer side is {@code side}. Each pixel is the mean of the finite values that it
     * covers, weighted by the covered area; NaN if it covers none. A map that is not larger is returned unchanged.
     */
    static Plane reduced(Plane values, int side) {
        int height = values.height();
        int width = values.width();
        double scale = (double) side / Math.max(height, width);
        if (scale >= 1) {
            return values;
        }
        int newHeight = Math.max(1, (int) Math.round(height * scale));
        int newWidth = Math.max(1, (int) Math.round(width * scale));
        return AreaReduction.ofFinite(values, newHeight, newWidth);
    }

    private static byte[] bytes(List<Plane> channels) {
        Plane first = channels.getFirst();
        int count = channels.size();
        byte[] bytes = new byte[Math.multiplyExact(Math.multiplyExact(first.size(), count), Float.BYTES)];
        FloatBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int channel = 0; channel < count; channel++) {
            Plane plane = channels.get(channel);
            for (int row = 0, to = channel; row < plane.height(); row++) {
                int start = plane.rowStart(row);
                for (int column = 0; column < plane.width(); column++, to += count) {
                    values.put(to, plane.array()[start + column]);
                }
            }
        }
        return bytes;
    }
}
