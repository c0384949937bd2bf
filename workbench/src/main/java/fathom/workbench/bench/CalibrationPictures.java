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

/** Calibration pictures, on which the ranges of activations are measured before a network runs in 8 bits. */
public final class CalibrationPictures {
    /** The largest number of pictures; more hardly change the ranges. */
    public static final int MAX = 64;

    private static final int ROOMS = 4;
    private static final long SEED = 20;
    private static final RoomOptions CAMERA = RoomOptions.defaults().withSize(240, 320);

    private CalibrationPictures() {}

    /** {@return a precision that is calibrated on rendered rooms, which are the same on every machine} */
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
     * Returns a precision that is calibrated on pictures in files.
     *
     * @param pictures the files, of which the first {@value #MAX} are used; best are pictures like those that the model
     *            will process
     * @return the precision
     * @throws IllegalArgumentException if there are no pictures
     * @throws IOException if a file cannot be read
     */
    public static Precision.Int8 of(List<Path> pictures) throws IOException {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("calibration: expected at least one picture, found none");
        }
        List<Path> used = pictures.subList(0, Math.min(pictures.size(), MAX));
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
