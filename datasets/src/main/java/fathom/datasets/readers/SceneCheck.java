package fathom.datasets.readers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.readers.SceneFiles.Size;
import fathom.formats.FileNames;
import fathom.formats.Formats;
import fathom.formats.ImageSize;
import fathom.formats.Orientation;
import fathom.formats.TooLargeException;
import fathom.formats.images.Images;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;

/**
 * A check of the files of a scene. Sizes are read from headers. A file is decoded completely only if it may be truncated
 * or empty: if it does not end as its format ends, or if it is very small for its size in pixels. So thousands of scenes
 * are checked in seconds.
 */
final class SceneCheck {
    /**
     * A compression ratio that only empty maps reach: deflate compresses a constant by about 1000, measured depth by 2
     * to 5.
     */
    private static final int EMPTY_RATIO = 100;
    /** The bytes of headers and texts in a small file. */
    private static final int HEADERS = 4096;
    private static final int TAIL = 12;
    private static final double ROUNDING = 0.005;

    private SceneCheck() {}

    /**
     * Returns the scene, usable or not. Adds unusual properties of its depth to {@code warnings}.
     */
    static Scene inspect(String name, Matching.Pair pair, DepthEncoding encoding, DepthLimits limits,
            Optional<CameraFile> camera, List<String> warnings) {
        Path rgb = pair.rgb();
        Path depth = pair.depth();
        for (Path file : List.of(rgb, depth)) {
            if (!FileNames.isText(file)) {
                return new Scene.Unusable(name, FileNames.reason(file));
            }
        }
        Size picture;
        Size size;
        boolean isTurned;
        try {
            ImageSize header = Images.probe(rgb);
            picture = new Size(header.width(), header.height());
            isTurned = header.orientation() != orientation(depth);
            if (!endsWell(rgb)) {
                Images.readRgb(rgb);
            }
            size = depthSize(depth, encoding, limits, warnings);
        } catch (NoSuchFileException e) {
            return new Scene.Unusable(name, e.getFile() + ": the file is missing");
        } catch (IOException e) {
            return new Scene.Unusable(name, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return new Scene.Unusable(name, String
                    .valueOf(new TooLargeException(rgb.toString(), "the picture or its depth map", e).getMessage()));
        }
        if (!haveOneShape(picture, size)) {
            return new Scene.Unusable(name, depth + ": expected " + picture + ", or another size of the same shape, to "
                    + "match " + rgb + ", found " + size + "; "
                    + (isTurned && haveOneShape(turned(picture), size)
                            ? "the picture is turned as its EXIF or XMP record states, and the depth map has no such record: "
                                    + "turn the depth map, or remove the record"
                            : "resize or register one to the other"));
        }
        if (isTurned) {
            warnings.add(rgb
                    + ": the picture is turned as its EXIF or XMP record states, its depth map is not; if the depth "
                    + "map lies as the picture is stored, turn it or remove the record");
        }
        List<String> notes = new ArrayList<>();
        if (!size.equals(picture)) {
            notes.add("depth maps of " + size + " with pictures of " + picture
                    + ": predictions are resized to the depth map and scored at its size");
        }
        try {
            Optional<Intrinsics> intrinsics = camera.isEmpty()
                    ? Optional.empty()
                    : Optional.of(camera.get().fit(picture, size, notes, warnings));
            return new Scene.Usable(new SceneFiles(name, rgb, picture, depth, size, encoding, limits, intrinsics,
                    pair.rule(), pair.seconds()), notes, warnings);
        } catch (IOException e) {
            return new Scene.Unusable(name, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns whether one size is the other one scaled, up to the rounding of a pixel, or half a percent as in ScanNet
     * (1296x968 and 640x480). Sizes with one equal side are not scaled but cropped.
     */
    private static boolean haveOneShape(Size a, Size b) {
        if (a.width() == b.width() || a.height() == b.height()) {
            return a.equals(b);
        }
        Size small = a.width() < b.width() ? a : b;
        Size large = a.width() < b.width() ? b : a;
        double height = (double) large.height() * small.width() / large.width();
        double width = (double) large.width() * small.height() / large.height();
        double allowed = Math.max(1, ROUNDING * small.height());
        return Math.abs(height - small.height()) <= allowed
                || Math.abs(width - small.width()) <= Math.max(1, ROUNDING * small.width());
    }

    private static Size turned(Size size) {
        int columns = size.height();
        int rows = size.width();
        return new Size(columns, rows);
    }

    /** Returns how a depth map is turned when it is read. */
    private static Orientation orientation(Path depth) throws IOException {
        return DepthFiles.holdsArray(depth) ? Orientation.UPRIGHT : Images.probe(depth).orientation();
    }

    /** Returns the size of a depth map. */
    private static Size depthSize(Path depth, DepthEncoding encoding, DepthLimits limits, List<String> warnings)
            throws IOException {
        if (DepthFiles.holdsArray(depth)) {
            return decoded(depth, encoding, limits, warnings);
        }
        ImageSize size = Images.probe(depth);
        if (size.channels() > 2) {
            throw new IOException(depth + ": expected depth in one channel, found a picture with " + size.channels()
                    + "; this is a rendered picture of depth, not depth");
        }
        if (size.bitDepth() < 16) {
            warnings.add(depth + ": depth of " + size.bitDepth() + " bits has at most " + (1 << size.bitDepth())
                    + " levels; it may be a rendered picture of depth");
        }
        long raw = (long) size.height() * size.width() * size.bitDepth() / Byte.SIZE;
        boolean mayBeEmpty = Files.size(depth) < raw / EMPTY_RATIO + HEADERS || Files.size(depth) >= raw;
        if (mayBeEmpty || !endsWell(depth) || encoding.isSixteenBit() != (size.bitDepth() == 16)) {
            return decoded(depth, encoding, limits, warnings);
        }
        return new Size(size.width(), size.height());
    }

    private static Size decoded(Path depth, DepthEncoding encoding, DepthLimits limits, List<String> warnings)
            throws IOException {
        MeasuredDepth measured = DepthFiles.read(depth, encoding, limits);
        if (!DepthFiles.holdsArray(depth)) {
            Images.byteOrderWarning(depth, measured.stored())
                    .ifPresent(warning -> warnings.add(warning + "; if so, state the byte order"));
        }
        if (measured.valid().count() == 0) {
            warnings.add(depth + ": no pixel has a depth; no error can be computed for this scene");
        }
        return new Size(measured.width(), measured.height());
    }

    /**
     * Returns whether the file ends as its format ends, so that it is not truncated; false if the format does not tell.
     */
    private static boolean endsWell(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            if (length < 2L * TAIL) {
                return false;
            }
            byte[] head = new byte[TAIL];
            byte[] tail = new byte[TAIL];
            in.readFully(head);
            in.seek(length - TAIL);
            in.readFully(tail);
            String format = Formats.identify(head).map(found -> found.name().toUpperCase(Locale.ROOT)).orElse("");
            return switch (format) {
                // The last chunk of a PNG is an empty IEND; the last marker of a JPEG is EOI.
                case "PNG" -> tail[4] == 'I' && tail[5] == 'E' && tail[6] == 'N' && tail[7] == 'D';
                case "JPEG" -> (tail[TAIL - 2] & 0xFF) == 0xFF && (tail[TAIL - 1] & 0xFF) == 0xD9;
                default -> false;
            };
        }
    }
}
