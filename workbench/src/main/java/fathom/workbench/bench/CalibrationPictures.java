package fathom.workbench.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import fathom.formats.images.Images;
import fathom.inference.Precision;
import fathom.raster.RgbImage;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;
import fathom.weights.WeightsHash;

/** Pictures on which the ranges of a network's maps are measured before it runs in 8 bits. */
public final class CalibrationPictures {
    /** Most pictures: beyond these the ranges hardly grow. */
    public static final int MOST = 64;

    private static final int ROOMS = 4;
    private static final long SEED = 20;
    private static final RoomOptions CAMERA = RoomOptions.defaults().withSize(240, 320);

    private CalibrationPictures() {}

    /** Rooms that Fathom draws: the same everywhere. */
    public static Precision.Int8 sampleRooms() {
        return new Precision.Int8(ROOMS + " sample rooms", () -> {
            List<RgbImage> rooms = new ArrayList<>();
            for (int number = 0; number < ROOMS; number++) {
                rooms.add(Rooms.draw(SEED, number, CAMERA).image());
            }
            return rooms;
        });
    }

    /**
     * These pictures, at most the first {@value #MOST}: best those that the model is to run on, or some like them.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Precision.Int8 of(List<Path> pictures) throws IOException {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("calibration: expected at least one picture, found none");
        }
        List<Path> used = pictures.subList(0, Math.min(pictures.size(), MOST));
        String content = WeightsHash.of(used).substring(0, 12);
        return new Precision.Int8(used.size() + " pictures " + content, () -> {
            List<RgbImage> images = new ArrayList<>();
            for (Path picture : used) {
                try {
                    images.add(Images.readRgb(picture));
                } catch (IOException e) {
                    throw new UncheckedIOException("reading the calibration picture " + picture, e);
                }
            }
            return images;
        });
    }
}
