package fathom.examples.revisited;

import java.util.List;
import java.util.stream.IntStream;

import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.rooms.Room;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;

/**
 * A picture with depth.
 *
 * @param name the name
 * @param picture [H, W, 3]
 * @param truth exact depth, stored in the bit-rotated millimetres of SUN RGB-D, [H, W]
 * @param measured true where a sensor measures, [H, W]
 */
record Scene(String name, RgbImage picture, MeasuredDepth truth, Mask measured) {
    private static final int MILLIMETRES = 1000;
    private static final int SIXTEEN_BITS = 0xFFFF;

    /** Returns the first rooms of a series at half the size of the sample rooms. */
    static List<Scene> rooms(int count, long seed) {
        RoomOptions full = RoomOptions.defaults();
        RoomOptions half = full.withSize(full.height() / 2, full.width() / 2);
        return IntStream.range(0, count).parallel().mapToObj(number -> of(number, Rooms.draw(seed, number, half)))
                .toList();
    }

    private static Scene of(int number, Room room) {
        Plane metres = room.depth();
        Plane stored = Plane.allocate(metres.height(), metres.width());
        float[] values = metres.toArray();
        for (int at = 0; at < values.length; at++) {
            int millimetres = Math.round(values[at] * MILLIMETRES);
            stored.array()[at] = (millimetres << 3 | millimetres >>> 13) & SIXTEEN_BITS;
        }
        return new Scene("room " + (number + 1), room.image(),
                new MeasuredDepth(stored, metres, Mask.filled(metres.height(), metres.width(), true)),
                Mask.ofPositive(room.measured()));
    }

    /** Returns the truth where a sensor measures. */
    MeasuredDepth sensor() {
        return new MeasuredDepth(truth.stored(), truth.metres(), measured);
    }
}
