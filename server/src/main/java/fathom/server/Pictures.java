package fathom.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Field;
import fathom.formats.Format;
import fathom.formats.Formats;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.RgbImage;
import fathom.rendering.Thumbnails;
import org.jspecify.annotations.Nullable;

/** Encoded pictures for the browser: the file itself if browsers decode it as Fathom does, otherwise the same pixels as PNG. */
final class Pictures {
    private static final int THUMBNAIL_QUALITY = 85;
    private static final int HEAD = 64;
    private static final long MAX_FILE_BYTES = 256L << 20;

    private Pictures() {}

    /** An encoded picture and its media type. */
    static final class Encoded {
        private final byte[] bytes;
        private final String type;

        private Encoded(byte[] bytes, String type) {
            this.bytes = bytes;
            this.type = type;
        }

        byte[] bytes() {
            return bytes;
        }

        String type() {
            return type;
        }
    }

    /** Returns the picture at its full size. */
    static Encoded full(Dataset dataset, Sample sample) {
        Path file = file(dataset, sample);
        try {
            String type = file == null ? null : browserType(file);
            if (file != null && type != null) {
                return new Encoded(Files.readAllBytes(file), type);
            }
            return new Encoded(Png.encodeRgb(sample.image()), "image/png");
        } catch (IOException e) {
            throw new DatasetException(Problem.MEDIA, "dataset " + dataset.name() + ", sample " + sample.name()
                    + ": its picture cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the picture as a JPEG whose longer side is at most {@code side} pixels. */
    static byte[] thumbnail(Sample sample, int side) {
        RgbImage image = sample.image();
        try {
            return Jpeg.encode(Thumbnails.fit(image, side, side), THUMBNAIL_QUALITY);
        } catch (IOException e) {
            throw new UncheckedIOException("sample " + sample.name() + ": its thumbnail cannot be created", e);
        }
    }

    /** Returns the picture's file if it is at most {@value #MAX_FILE_BYTES} bytes; otherwise null. */
    private static @Nullable Path file(Dataset dataset, Sample sample) {
        Optional<Field> rgb = sample.field("rgb");
        if (rgb.isPresent() && rgb.get() instanceof Field.RgbField(String path)) {
            Path file = dataset.mediaFile(path);
            return Files.isRegularFile(file) && file.toFile().length() <= MAX_FILE_BYTES ? file : null;
        }
        return null;
    }

    /** Returns the media type of a file that all browsers show (JPEG, with its EXIF orientation, or PNG); otherwise null. */
    private static @Nullable String browserType(Path file) throws IOException {
        byte[] head;
        try (InputStream stream = Files.newInputStream(file)) {
            head = stream.readNBytes(HEAD);
        }
        Optional<Format> format = Formats.identify(head);
        if (format.isEmpty()) {
            return null;
        }
        return format.get().equals(Formats.JPEG) ? "image/jpeg" : format.get().equals(Formats.PNG) ? "image/png" : null;
    }
}
