package fathom.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import fathom.datasets.Dataset;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;

/**
 * Short hashes that identify content. They are part of addresses, so that browsers can cache content without limit and never
 * show outdated content.
 */
final class Versions {
    private static final int BYTES = 8;

    private Versions() {}

    /** Returns the version of a field of one sample. Prediction files are never overwritten; all other files can change. */
    static String of(Dataset dataset, Field field) {
        return switch (field) {
            case Field.RgbField rgb -> hash(rgb.path(), media(dataset, rgb.path()));
            case Field.MeasuredDepthField depth ->
                hash(depth.path(), depth.encoding().label(), depth.limits().toString(), media(dataset, depth.path()));
            case Field.PredictionField prediction -> hash(prediction.path(), prediction.created().toString());
        };
    }

    /** Returns the version of an auxiliary map. It is stored with its prediction and never overwritten. */
    static String of(Field.PredictionField prediction, AuxiliaryLayer map) {
        return hash(prediction.path(), prediction.created().toString(), map.name());
    }

    /** Returns a hash of the state of the index and its write-ahead log, which changes whenever the dataset is written. */
    static String ofIndex(Path folder) {
        return hash(state(folder.resolve("index.sqlite")), state(folder.resolve("index.sqlite-wal")));
    }

    private static String hash(String... parts) {
        return hash(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the version of a complete response. */
    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String media(Dataset dataset, String path) {
        try {
            return state(dataset.mediaFile(path));
        } catch (DatasetException e) {
            // A request for the file returns the reason.
            return "unreadable";
        }
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
        } catch (NoSuchFileException e) {
            return "absent";
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
