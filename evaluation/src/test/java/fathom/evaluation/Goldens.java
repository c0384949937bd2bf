package fathom.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import fathom.formats.NdArray;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.GrayImage;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference values of {@code goldens}; the README of each folder names their script. */
public final class Goldens {
    private Goldens() {}

    public static JsonNode json(String name) {
        return JsonMapper.builder().build().readTree(path(name).toFile());
    }

    /** An 8-bit picture, [H, W], NPY or PNG. */
    public static GrayImage gray(String name) {
        try {
            if (name.endsWith(".png")) {
                return GrayImage.ofLevels(Png.readGray(path(name)).values());
            }
            NdArray array = Npy.read(path(name));
            return GrayImage.wrap(bytes(array), array.shape()[0], array.shape()[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An 8-bit picture, [H, W, 3]. */
    public static RgbImage rgb(String name) {
        try {
            NdArray array = Npy.read(path(name));
            return RgbImage.wrap(bytes(array), array.shape()[0], array.shape()[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A float map, [H, W]. */
    public static Plane plane(String name) {
        try {
            return Npy.readPlane(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number that JSON may spell "inf". */
    public static double number(JsonNode node) {
        return node.isString() && node.stringValue().equals("inf") ? Double.POSITIVE_INFINITY : node.doubleValue();
    }

    private static byte[] bytes(NdArray array) {
        ByteBuffer buffer = array.bytes();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Path path(String name) {
        return Path.of(System.getProperty("fathom.goldens"), name);
    }
}
