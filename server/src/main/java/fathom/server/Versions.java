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
import fathom.datasets.values.Field;

/**
 * Short words that stand for content: they are part of an address, so that a browser may keep what it got for ever and
 * still never shows something that has changed.
 */
final class Versions {
    private static final int BYTES = 8;

    private Versions() {}

    /** The version of a field of one sample: a prediction's file is never written again, any other may change. */
    static String of(Dataset dataset, Field field) {
        return switch (field) {
            case Field.RgbField rgb -> hash(rgb.path(), state(dataset.mediaRoot().resolve(rgb.path())));
            case Field.MeasuredDepthField depth -> hash(depth.path(), depth.encoding().label(),
                    depth.limits().toString(), state(dataset.mediaRoot().resolve(depth.path())));
            case Field.PredictionField prediction -> hash(prediction.path(), prediction.created().toString());
        };
    }

    /** The version of what a prediction has beside depth: stored with it, and never written again either. */
    static String of(Field.PredictionField prediction, AuxiliaryLayer map) {
        return hash(prediction.path(), prediction.created().toString(), map.name());
    }

    /** Changes whenever something is saved in the dataset: the state of the index and of its write-ahead log. */
    static String ofIndex(Path folder) {
        return hash(state(folder.resolve("index.sqlite")), state(folder.resolve("index.sqlite-wal")));
    }

    private static String hash(String... parts) {
        return hash(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** The version of a whole answer. */
    static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
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
