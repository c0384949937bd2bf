package fathom.formats.images;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import fathom.formats.Examples;
import fathom.formats.Formats;
import fathom.formats.ImageSize;
import fathom.formats.NdArray;
import fathom.formats.NumberType;
import fathom.formats.Orientation;
import fathom.formats.UnsupportedFormatException;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.npy.Npy;
import fathom.formats.npy.Npz;
import fathom.formats.ply.Ply;
import fathom.formats.png.Png;
import fathom.formats.pnm.Pfm;
import fathom.formats.pnm.Pnm;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Written contents are read back unchanged. */
class WriteThenReadTest {
    private static Path folder = Path.of("");

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("fathom-formats");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 100)
    void gray(@ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll boolean smooth, @ForAll long seed) throws IOException {
        Plane deep = Examples.integers(height, width, smooth ? 40 : 65535, seed);
        Path png = folder.resolve("deep.png");
        Png.writeGray16(png, deep, Map.of("scale", "0.001", "unit", "metre \u00B1"));
        assertThat(Png.readGray(png).values().toArray()).isEqualTo(deep.toArray());
        assertThat(Png.readText(png))
                .containsExactlyInAnyOrderEntriesOf(Map.of("scale", "0.001", "unit", "metre \u00B1"));
        assertThat(Images.probe(png)).isEqualTo(new ImageSize(height, width, Formats.PNG, 1, 16, Orientation.UPRIGHT));
        Plane shallow = Examples.integers(height, width, 255, seed);
        Pnm.writeGray8(folder.resolve("shallow.pgm"), shallow);
        assertThat(Images.readGray(folder.resolve("shallow.pgm")).values().toArray()).isEqualTo(shallow.toArray());
    }

    @Property(tries = 100)
    void colour(@ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll long seed) throws IOException {
        RgbImage image = seed % 2 == 0 ? Examples.noise(height, width, seed) : Examples.smooth(height, width);
        assertThat(Images.readRgb(Png.encodeRgb(image), "x").toArray()).isEqualTo(image.toArray());
        Pnm.writeRgb(folder.resolve("x.ppm"), image);
        assertThat(Images.readRgb(folder.resolve("x.ppm")).toArray()).isEqualTo(image.toArray());
        RgbImage jpeg = Images.readRgb(Jpeg.encode(image, 90), "x");
        assertThat(jpeg.height()).isEqualTo(height);
        assertThat(jpeg.width()).isEqualTo(width);
    }

    @Property(tries = 50)
    void palettes(@ForAll @IntRange(min = 1, max = 256) int colours, @ForAll long seed) throws IOException {
        Plane indices = Examples.integers(9, 11, colours - 1, seed);
        byte[] palette = new byte[3 * colours];
        new Random(seed).nextBytes(palette);
        Path path = folder.resolve("palette.png");
        Png.writePalette(path, indices, palette);
        RgbImage image = Images.readRgb(path);
        for (int row = 0; row < 9; row++) {
            for (int column = 0; column < 11; column++) {
                int entry = (int) indices.get(row, column);
                assertThat(image.get(row, column, 1)).isEqualTo(palette[3 * entry + 1] & 0xFF);
            }
        }
        byte[] grays = new byte[3 * colours];
        for (int i = 0; i < grays.length; i++) {
            grays[i] = palette[i / 3];
        }
        Png.writePalette(path, indices, grays);
        assertThat(Images.readGray(path).values().get(4, 5)).isEqualTo(grays[3 * (int) indices.get(4, 5)] & 0xFF);
    }

    @Property(tries = 100)
    void arrays(@ForAll @Size(max = 4) List<@IntRange(min = 0, max = 6) Integer> lengths, @ForAll NumberType type,
            @ForAll boolean bigEndian, @ForAll long seed) throws IOException {
        int[] shape = lengths.stream().mapToInt(Integer::intValue).toArray();
        int count = 1;
        for (int length : shape) {
            count *= length;
        }
        byte[] bytes = new byte[count * type.size()];
        new Random(seed).nextBytes(bytes);
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        NdArray array = new NdArray(type, shape, ByteBuffer.wrap(bytes).order(order));
        Path path = folder.resolve("array.npy");
        Npy.write(path, array);
        assertThat(Files.size(path) % 64).isEqualTo(bytes.length % 64);
        NdArray again = Npy.read(path);
        assertThat(again.type()).isEqualTo(type);
        assertThat(again.shape()).isEqualTo(shape);
        assertThat(again.bytes()).isEqualTo(array.bytes());
        assertThat(again.toDoubles()).isEqualTo(array.toDoubles());
    }

    @Property(tries = 20)
    void archives(@ForAll @IntRange(min = 1, max = 5) int count, @ForAll long seed) throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            arrays.put("field " + i, NdArray.of(Examples.floats(20 + i, 300, seed + i)));
        }
        Path path = folder.resolve("arrays.npz");
        Npz.write(path, arrays);
        assertThat(Npz.names(path)).containsExactlyElementsOf(arrays.keySet());
        Npz.read(path).forEach((name, array) -> {
            NdArray expected = arrays.get(name);
            assertThat(expected).isNotNull();
            assertThat(array.bytes()).isEqualTo(expected.bytes());
        });
    }

    @Property(tries = 50)
    void floatMaps(@ForAll @IntRange(min = 1, max = 20) int height, @ForAll @IntRange(min = 1, max = 20) int width,
            @ForAll boolean colour, @ForAll boolean bigEndian, @ForAll long seed) throws IOException {
        Plane values = Examples.floats(height, width * 3, seed);
        NdArray array = colour ? NdArray.ofFloats(values.toArray(), height, width, 3) : NdArray.of(values);
        Path path = folder.resolve("x.pfm");
        Pfm.write(path, array, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        NdArray again = Pfm.read(path);
        assertThat(again.shape()).isEqualTo(array.shape());
        assertThat(again.toFloats()).isEqualTo(array.toFloats());
        if (colour) {
            assertThatThrownBy(() -> Pfm.readPlane(path)).isInstanceOf(UnsupportedFormatException.class);
        }
    }

    @Property(tries = 30)
    void pointClouds(@ForAll @IntRange(min = 1, max = 90) int height, @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        float[] points = new float[height * width * 3];
        boolean[] flags = new boolean[height * width];
        for (int pixel = 0; pixel < flags.length; pixel++) {
            flags[pixel] = random.nextInt(5) > 0;
            points[3 * pixel] = pixel;
            points[3 * pixel + random.nextInt(3)] += random.nextInt(5) == 0 ? Float.NaN : 1;
        }
        RgbImage colours = Examples.noise(height, width, seed);
        Path path = folder.resolve("x.ply");
        int count = Ply.write(path, points, colours, Mask.wrap(flags, height, width));
        byte[] file = Files.readAllBytes(path);
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("ply\nformat binary_little_endian 1.0\nelement vertex " + count + "\n");
        int start = text.indexOf("end_header\n") + 11;
        assertThat(file.length - start).isEqualTo(15 * count);
        ByteBuffer vertices = ByteBuffer.wrap(file, start, 15 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int pixel = 0; pixel < flags.length; pixel++) {
            float sum = points[3 * pixel] + points[3 * pixel + 1] + points[3 * pixel + 2];
            if (flags[pixel] && !Float.isNaN(sum)) {
                assertThat(vertices.getFloat() + vertices.getFloat() + vertices.getFloat()).isEqualTo(sum);
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(vertices.get() & 0xFF).isEqualTo(colours.get(pixel / width, pixel % width, channel));
                }
            }
        }
        assertThat(vertices.hasRemaining()).isFalse();
    }
}
