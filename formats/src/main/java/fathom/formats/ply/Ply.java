package fathom.formats.ply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

import fathom.formats.AtomicFile;
import fathom.raster.Mask;
import fathom.raster.RgbImage;

/**
 * Writes coloured point clouds as binary little-endian PLY 1.0: float x, y, z and uchar red, green, blue per vertex.
 */
public final class Ply {
    private static final int VERTEX = 3 * Float.BYTES + 3;
    private static final int BATCH = 4096;

    private Ply() {}

    /**
     * Writes the points of a depth map with the colours of its image. Pixels outside {@code valid} and points with a
     * coordinate that is not finite are omitted.
     *
     * @param path the file
     * @param points [H, W, 3], the result of {@link fathom.raster.Intrinsics#unproject}, any unit
     * @param colours [H, W, 3]
     * @param valid [H, W]
     * @return the number of points written
     * @throws IOException if the file cannot be written
     */
    public static int write(Path path, float[] points, RgbImage colours, Mask valid) throws IOException {
        int height = colours.height();
        int width = colours.width();
        if (points.length != (long) height * width * 3 || valid.height() != height || valid.width() != width) {
            throw new IllegalArgumentException("points and valid: expected " + height * (long) width * 3
                    + " coordinates and [" + height + ", " + width + "] to match the colours, found " + points.length
                    + " and [" + valid.height() + ", " + valid.width() + "]");
        }
        int count = 0;
        for (int pixel = 0; pixel < height * width; pixel++) {
            count += isWritten(points, valid, pixel) ? 1 : 0;
        }
        String header = String.format(Locale.ROOT, """
                ply
                format binary_little_endian 1.0
                element vertex %d
                property float x
                property float y
                property float z
                property uchar red
                property uchar green
                property uchar blue
                end_header
                """, count);
        AtomicFile.write(path, out -> {
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            ByteBuffer batch = ByteBuffer.allocate(BATCH * VERTEX).order(ByteOrder.LITTLE_ENDIAN);
            for (int row = 0, pixel = 0; row < height; row++) {
                int from = colours.rowStart(row);
                for (int column = 0; column < width; column++, pixel++, from += RgbImage.CHANNELS) {
                    if (isWritten(points, valid, pixel)) {
                        batch.putFloat(points[3 * pixel]).putFloat(points[3 * pixel + 1])
                                .putFloat(points[3 * pixel + 2]);
                        batch.put(colours.array(), from, RgbImage.CHANNELS);
                        if (!batch.hasRemaining()) {
                            out.write(batch.array());
                            batch.clear();
                        }
                    }
                }
            }
            out.write(batch.array(), 0, batch.position());
        });
        return count;
    }

    private static boolean isWritten(float[] points, Mask valid, int pixel) {
        return valid.array()[pixel] && Float.isFinite(points[3 * pixel]) && Float.isFinite(points[3 * pixel + 1])
                && Float.isFinite(points[3 * pixel + 2]);
    }
}
