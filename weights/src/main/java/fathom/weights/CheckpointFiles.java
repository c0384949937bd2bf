package fathom.weights;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and reads the weight files of a checkpoint folder. */
final class CheckpointFiles {
    /**
     * The names of weight files as transformers, diffusers and PyTorch write them; the first that is present is used.
     */
    private static final List<String> NAMES = List.of("model.safetensors", "model.safetensors.index.json",
            "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.safetensors.index.json",
            "pytorch_model.bin", "pytorch_model.bin.index.json", "diffusion_pytorch_model.bin",
            "diffusion_pytorch_model.bin.index.json", "model.pt", "model.fp16.safetensors",
            "diffusion_pytorch_model.fp16.safetensors");

    private CheckpointFiles() {}

    /** Returns all tensors of the checkpoint in {@code folder} by name. */
    static Map<String, StoredTensor> read(Path folder) throws IOException {
        for (String name : NAMES) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                return name.endsWith(".index.json") ? sharded(file) : byName(tensors(file));
            }
        }
        throw new CheckpointException(folder,
                "expected weights in one of " + String.join(", ", NAMES) + ", found " + listing(folder));
    }

    static List<StoredTensor> tensors(Path file) throws IOException {
        if (KerasFile.hasKerasName(file)) {
            return KerasFile.read(file).tensors();
        }
        Path real = real(file);
        return String.valueOf(file.getFileName()).endsWith(".safetensors")
                ? Safetensors.read(real)
                : TorchWeights.read(real);
    }

    /** Returns the tensors that an index assigns to files next to it. */
    private static Map<String, StoredTensor> sharded(Path index) throws IOException {
        Settings settings = Settings.read(index);
        Settings files = settings.object("weight_map").orElseThrow(
                () -> new CheckpointException(index, "weight_map: expected an object from tensor to file, found none"));
        Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : files.fields()) {
            String file = files.text(name);
            Map<String, StoredTensor> shard = shards.get(file);
            if (shard == null) {
                shard = byName(tensors(sibling(index, name, file)));
                shards.put(file, shard);
            }
            StoredTensor tensor = shard.get(name);
            if (tensor == null) {
                throw new CheckpointException(index.resolveSibling(file),
                        "tensor " + name + ": expected here by " + index.getFileName() + ", found no such tensor");
            }
            tensors.put(name, tensor);
        }
        return tensors;
    }

    private static Path sibling(Path index, String tensor, String file) {
        boolean plain = !file.isEmpty() && !file.equals(".") && !file.equals("..") && file.indexOf('\0') < 0;
        if (!plain || Path.of(file).isAbsolute() || Path.of(file).getNameCount() != 1) {
            throw new CheckpointException(index,
                    "tensor " + tensor + ": expected the name of a file next to the index, " + "found "
                            + (file.isEmpty() ? "an empty one" : file));
        }
        return index.resolveSibling(file);
    }

    static Path real(Path file) throws IOException {
        try {
            return file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file, "expected weights, found no such file; download it again", e);
        } catch (FileSystemException e) {
            throw new CheckpointException(file, "expected weights, found a broken link: "
                    + Objects.requireNonNullElse(e.getReason(), "a link to itself") + "; download it again", e);
        }
    }

    static Map<String, StoredTensor> byName(List<StoredTensor> tensors) {
        Map<String, StoredTensor> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        return byName;
    }

    private static String listing(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "no such folder";
        }
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<String> names = files.map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
            return names.isEmpty() ? "an empty folder" : names.stream().limit(20).collect(Collectors.joining(", "));
        }
    }
}
