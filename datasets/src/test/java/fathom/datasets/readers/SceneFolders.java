package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** Writers of small scenes. */
final class SceneFolders {
    static final int HEIGHT = 20;
    static final int WIDTH = 30;

    private SceneFolders() {}

    /** Returns {@code 1000 + i * 7} millimetres for pixel i. */
    static int millimetres(int pixel) {
        return 1000 + pixel * 7;
    }

    /** Writes a SUN RGB-D scene with raw and filled depth; the raw one has a hole at pixel 0. */
    static Path sunScene(Path folder) throws IOException {
        jpeg(folder.resolve("image/img_0063.jpg"), HEIGHT, WIDTH);
        depth(folder.resolve("depth_bfx/img_0063_abs.png"), HEIGHT, WIDTH, i -> rotated(millimetres(i)));
        depth(folder.resolve("depth/img_0063_abs.png"), HEIGHT, WIDTH, i -> i == 0 ? 0 : rotated(millimetres(i)));
        Files.writeString(folder.resolve("intrinsics.txt"), "518.8 0.000000 15.5\n0.0 519.4 10.25 \n0 0 1");
        return folder;
    }

    static int rotated(int millimetres) {
        return (millimetres << 3 | millimetres >> 13) & 0xFFFF;
    }

    static void jpeg(Path file, int height, int width) throws IOException {
        Files.createDirectories(file.getParent());
        Jpeg.write(file, RgbImage.allocate(height, width), 90);
    }

    static void png(Path file, int height, int width) throws IOException {
        Files.createDirectories(file.getParent());
        Png.writeRgb(file, RgbImage.allocate(height, width));
    }

    static void depth(Path file, int height, int width, IntUnaryOperator stored) throws IOException {
        Files.createDirectories(file.getParent());
        Plane plane = Plane.allocate(height, width);
        for (int i = 0; i < plane.size(); i++) {
            plane.array()[i] = stored.applyAsInt(i);
        }
        Png.writeGray16(file, plane);
    }
}
