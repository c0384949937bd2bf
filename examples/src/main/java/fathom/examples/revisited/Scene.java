package fathom.examples.revisited;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.StepListener;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.SceneImport;
import fathom.datasets.readers.SceneReaders;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.ValueStatistics;
import fathom.rooms.Room;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;

/**
 * A picture with depth.
 *
 * @param name the name
 * @param picture [H, W, 3]
 * @param truth depth, exact in a room, stored in the bit-rotated millimetres of SUN RGB-D, [H, W]
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

    /**
     * Returns the scenes of a folder in the layout of SUN RGB-D.
     *
     * @param home a folder for the dataset that is made
     */
    static List<Scene> sunRgbd(Path folder, Path home) throws Exception {
        Datasets datasets = Datasets.at(home);
        SceneImport.run(datasets, "real", SceneReaders.named("sunrgbd"), folder, ImportOptions.DEFAULT,
                StepListener.NONE);
        try (Dataset dataset = datasets.openReadOnly("real")) {
            return dataset.samples().stream().map(sample -> {
                MeasuredDepth measured = sample.measured("gt");
                return new Scene(sample.name(), sample.image(), measured, measured.valid());
            }).toList();
        }
    }

    /** Returns the depth of every pixel in metres: the truth, and the median of the scene where it is missing. */
    Plane metres() {
        Plane metres = truth.metres().copy();
        float median = (float) ValueStatistics.of(truth.metres(), truth.valid()).median();
        for (int at = 0; at < metres.size(); at++) {
            if (!truth.valid().array()[at]) {
                metres.array()[at] = median;
            }
        }
        return metres;
    }

    /** Returns the truth where a sensor measures. */
    MeasuredDepth sensor() {
        return new MeasuredDepth(truth.stored(), truth.metres(), measured);
    }
}
