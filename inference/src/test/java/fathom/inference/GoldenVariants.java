package fathom.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import fathom.weights.Checkpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Golden checkpoints whose weights are those of another one: the same tensors in shards, in half precision or with another
 * scheduler. {@code variant.json} names the other one and the SHA-256 of each file that is made here; {@code NAME.header} is
 * the header of that file.
 */
public final class GoldenVariants {
    private static final Path MADE = Path.of("target", "goldens");
    private static final Map<Path, Path> COMPLETE = new ConcurrentHashMap<>();

    private GoldenVariants() {}

    /** Returns a checkpoint folder with all files of the golden {@code name}; tests must not change it. */
    public static Path complete(String name) {
        Path folder = Path.of(System.getProperty("fathom.goldens"), name);
        if (!Files.exists(folder.resolve("variant.json"))) {
            return folder;
        }
        return COMPLETE.computeIfAbsent(folder, GoldenVariants::make);
    }

    private static Path make(Path folder) {
        try {
            Path made = Files.createDirectories(MADE.resolve(folder.getFileName()));
            JsonNode variant = JsonMapper.shared().readTree(folder.resolve("variant.json").toFile());
            Path base = folder.resolveSibling(variant.required("of").asString());
            JsonNode hashes = variant.required("sha256");
            if (hashes.isEmpty()) {
                copy(base, made);
            }
            copy(folder, made);
            if (!hashes.isEmpty()) {
                Checkpoint weights = Checkpoint.open(base);
                for (String file : hashes.propertyNames()) {
                    byte[] bytes = safetensors(folder.resolve(file + ".header"), weights);
                    requireHash(hashes.required(file).asString(), bytes, file);
                    Files.write(made.resolve(file), bytes);
                }
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a checkpoint without the results of its reference. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path name = from.relativize(file);
                if (!name.startsWith("expected") && !name.toString().endsWith(".header")) {
                    Path target = to.resolve(name.toString());
                    Files.createDirectories(target.resolveSibling(""));
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
    }

    /** Returns a file with the header {@code header} and {@code weights}, rounded to the types that the header states. */
    private static byte[] safetensors(Path header, Checkpoint weights) throws IOException {
        byte[] text = Files.readAllBytes(header);
        Map<String, JsonNode> tensors = new LinkedHashMap<>();
        JsonMapper.shared().readTree(text).properties().forEach(entry -> tensors.put(entry.getKey(), entry.getValue()));
        tensors.remove("__metadata__");
        int start = Long.BYTES + text.length;
        int end = tensors.values().stream().mapToInt(tensor -> tensor.required("data_offsets").get(1).asInt()).max()
                .orElseThrow();
        ByteBuffer file = ByteBuffer.allocate(start + end).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length)
                .put(text);
        tensors.forEach((name, tensor) -> {
            file.position(start + tensor.required("data_offsets").get(0).asInt());
            for (float value : weights.floats(weights.find(name).orElseThrow())) {
                switch (tensor.required("dtype").asString()) {
                    case "F32" -> file.putFloat(value);
                    case "F16" -> file.putShort(Float.floatToFloat16(value));
                    case "BF16" -> file.putShort(bfloat16(value));
                    default -> throw new IllegalArgumentException(header + ": " + tensor);
                }
            }
        });
        return file.array();
    }

    /** Returns the nearest bfloat16 number; ties round to even. */
    private static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    private static void requireHash(String expected, byte[] bytes, String file) {
        try {
            String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!found.equals(expected)) {
                throw new IllegalStateException(file + ": expected the SHA-256 " + expected + ", found " + found);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
