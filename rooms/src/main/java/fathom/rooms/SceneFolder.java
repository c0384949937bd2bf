package fathom.rooms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;

import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one scene in the layout of SUN RGB-D: image, measured depth, filled depth, intrinsics, extrinsics, kind
 * of room. It gets its name only when it is complete.
 */
final class SceneFolder {
    private static final int QUALITY = 90;
    /** The name of the extrinsics file. SUN RGB-D names it by the time of calibration; rooms have none. */
    private static final String CALIBRATION = "20140101000000.txt";

    private final Path folder;
    private final String name;

    SceneFolder(Path parent, int number) {
        this.name = String.format(Locale.ROOT, "room_%04d", number + 1);
        this.folder = parent.resolve(name);
    }

    /** Returns whether every file of the scene exists. */
    boolean isComplete() {
        return files(folder).stream().allMatch(Files::isRegularFile);
    }

    private List<Path> files(Path at) {
        return List.of(image(at), measured(at), filled(at), at.resolve("intrinsics.txt"),
                at.resolve("extrinsics").resolve(CALIBRATION), at.resolve("scene.txt"));
    }

    private Path image(Path at) {
        return at.resolve("image").resolve(name + ".jpg");
    }

    private Path measured(Path at) {
        return at.resolve("depth").resolve(name + "_abs.png");
    }

    private Path filled(Path at) {
        return at.resolve("depth_bfx").resolve(name + "_abs.png");
    }

    void write(Room room) throws IOException {
        Path part = folder.resolveSibling("." + name + ".part");
        delete(part);
        delete(folder);
        try {
            for (Path file : files(part)) {
                Files.createDirectories(file.resolveSibling(""));
            }
            Jpeg.write(image(part), room.image(), QUALITY);
            Png.writeGray16(measured(part), rotated(room.measured()));
            Png.writeGray16(filled(part), rotated(room.depth()));
            text(part.resolve("intrinsics.txt"), intrinsics(room.intrinsics()));
            text(part.resolve("extrinsics").resolve(CALIBRATION), extrinsics(room.gravityAlignment()));
            text(part.resolve("scene.txt"), room.kind());
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(part);
        }
    }

    /**
     * Converts metres to integer millimetres, rotated left by three bits in 16, as SUN RGB-D stores them. Up to 8191 mm
     * this equals a shift; 8192 mm becomes 1.
     */
    static Plane rotated(Plane metres) {
        Plane stored = Plane.allocate(metres.height(), metres.width());
        float[] target = stored.array();
        float[] source = metres.array();
        for (int row = 0, at = 0; row < metres.height(); row++) {
            for (int from = metres.rowStart(row), end = from + metres.width(); from < end; from++, at++) {
                int millimetres = Math.clamp(Math.round(1000.0 * source[from]), 0, 65535);
                target[at] = (millimetres << 3 | millimetres >>> 13) & 0xFFFF;
            }
        }
        return stored;
    }

    private static String intrinsics(Intrinsics k) {
        return String.format(Locale.ROOT, "%.6f 0.000000 %.6f%n0.000000 %.6f %.6f%n0.000000 0.000000 1.000000%n",
                k.fx(), k.cx(), k.fy(), k.cy()).replace(System.lineSeparator(), "\n");
    }

    private static String extrinsics(List<Double> rotation) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                text.append(String.format(Locale.ROOT, "%.6f ", rotation.get(3 * row + column)));
            }
            text.append("0.000000\n");
        }
        return text.toString();
    }

    private static void text(Path file, String content) throws IOException {
        Files.write(file, content.getBytes(StandardCharsets.US_ASCII));
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
