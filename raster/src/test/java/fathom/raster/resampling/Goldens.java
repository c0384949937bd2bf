package fathom.raster.resampling;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import fathom.raster.Plane;
import fathom.raster.RgbImage;

/** The arrays of {@code goldens/resampling}, whose README names the script that made them. */
public final class Goldens {
    private static final Pattern SHAPE = Pattern.compile("'descr': '(..?.)'.*'shape': \\(([0-9, ]*)\\)");
    private static final Map<String, byte[]> FILES = read();

    private Goldens() {}

    /** One array as stored: float32, float64 or uint8. */
    public record Array(String type, List<Integer> shape, ByteBuffer data) {
        /** The values of [.., H, W] from index {@code plane} of the leading axes, as float32. */
        public Plane plane(int plane) {
            int height = shape.get(shape.size() - 2);
            int width = shape.get(shape.size() - 1);
            Plane values = Plane.allocate(height, width);
            for (int i = 0; i < values.size(); i++) {
                values.array()[i] = value(plane * values.size() + i);
            }
            return values;
        }

        /** Channel {@code channel} of [H, W, 3], as float32. */
        Plane channel(int channel) {
            Plane values = Plane.allocate(shape.get(0), shape.get(1));
            for (int i = 0; i < values.size(); i++) {
                values.array()[i] = value(3 * i + channel);
            }
            return values;
        }

        private float value(int i) {
            return switch (type) {
                case "<f4" -> data.getFloat(4 * i);
                case "<f8" -> (float) data.getDouble(8 * i);
                case "|u1" -> data.get(i) & 0xFF;
                default -> throw new IllegalStateException(type);
            };
        }

        /** The picture of uint8 [H, W, 3]. */
        public RgbImage picture() {
            byte[] bytes = new byte[data.remaining()];
            data.get(data.position(), bytes);
            return RgbImage.wrap(bytes, shape.get(0), shape.get(1));
        }
    }

    /** Returns the names of all arrays. */
    static List<String> names() {
        return FILES.keySet().stream().filter(name -> name.endsWith(".npy"))
                .map(name -> name.substring(0, name.length() - 4)).toList();
    }

    public static Array array(String name) {
        byte[] file = Objects.requireNonNull(FILES.get(name + ".npy"), name);
        int headerLength = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        Matcher matcher = SHAPE.matcher(new String(file, 10, headerLength, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IllegalStateException(name);
        }
        List<Integer> shape = Pattern.compile("[0-9]+").matcher(matcher.group(2)).results()
                .map(length -> Integer.valueOf(length.group())).toList();
        int start = 10 + headerLength;
        ByteBuffer data = ByteBuffer.wrap(file, start, file.length - start).slice().order(ByteOrder.LITTLE_ENDIAN);
        return new Array(matcher.group(1), shape, data);
    }

    /** A picture stored as the differences of neighbours. */
    public static RgbImage picture(String name) {
        RgbImage picture = array(name + " differences").picture();
        byte[] bytes = picture.array();
        for (int row = 0; row < picture.height(); row++) {
            int start = picture.rowStart(row);
            for (int i = start + RgbImage.CHANNELS; i < start + picture.width() * RgbImage.CHANNELS; i++) {
                bytes[i] += bytes[i - RgbImage.CHANNELS];
            }
        }
        return picture;
    }

    /** The lines of a text. */
    static List<String> lines(String name) {
        return new String(Objects.requireNonNull(FILES.get(name)), StandardCharsets.UTF_8).lines().toList();
    }

    /** The formula of the large cases. */
    public static Plane pattern(int height, int width) {
        Plane plane = Plane.allocate(height, width);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                plane.set(i, j, (float) ((i * 7919L + j * 104729L + (long) i * j * 31) % 1009) / 1009f);
            }
        }
        return plane;
    }

    /** Returns the largest absolute difference. */
    static float distance(Plane a, Plane b) {
        a.requireSameShape("golden", b);
        float largest = 0;
        for (int row = 0; row < a.height(); row++) {
            for (int column = 0; column < a.width(); column++) {
                largest = Math.max(largest, Math.abs(a.get(row, column) - b.get(row, column)));
            }
        }
        return largest;
    }

    private static Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        Path file = Path.of(System.getProperty("fathom.goldens"), "resampling", "resampling.zip");
        try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
