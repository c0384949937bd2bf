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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.formats.FirstBytes;

/** Finds and reads the weight files of a checkpoint folder. */
final class CheckpointFiles {
    private CheckpointFiles() {}

    /** Returns all tensors of the checkpoint in {@code folder} by name. */
    static Map<String, StoredTensor> read(Path folder) throws IOException {
        Set<String> names = names(folder);
        String name = WeightNames.choose(names).orElseThrow(() -> CheckpointException.explained(folder,
                "expected weights in " + WeightNames.examples() + ", found " + listing(folder, names)));
        Path file = folder.resolve(name);
        return WeightNames.isIndex(name) ? sharded(file) : byName(ofFolder(file));
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !Files.isDirectory(file)).map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Returns the tensors of a file of a model's folder, which may be a link only as {@link FolderFiles} says. */
    private static List<StoredTensor> ofFolder(Path file) throws IOException {
        if (Files.exists(file)) {
            FolderFiles.real(file);
        }
        return tensors(file);
    }

    /** Returns the tensors of a file that the user names. */
    static List<StoredTensor> tensors(Path file) throws IOException {
        if (Files.exists(file)) {
            FolderFiles.requireRegular(file);
        }
        if (KerasFile.hasKerasName(file)) {
            return KerasFile.read(file).tensors();
        }
        Path real = real(file);
        if (String.valueOf(file.getFileName()).endsWith(".safetensors")) {
            requireKind(real, "weights in the safetensors format", FirstBytes.Kind.SAFETENSORS);
            return Safetensors.read(real);
        }
        requireKind(real, "weights of torch.save", FirstBytes.Kind.ZIP, FirstBytes.Kind.PICKLE);
        return TorchWeights.read(real);
    }

    /** Throws if the first bytes of a file show that it is something else. */
    static void requireKind(Path file, String expected, FirstBytes.Kind... kinds) throws IOException {
        Optional<String> other = FirstBytes.unexpected(file, kinds);
        if (other.isPresent()) {
            throw CheckpointException.explained(file, "expected " + expected + ", found " + other.get());
        }
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
                shard = byName(ofFolder(sibling(index, name, file)));
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

    private static String listing(Path folder, Set<String> names) {
        if (!Files.isDirectory(folder)) {
            return "no such folder";
        }
        return names.isEmpty()
                ? "a folder without files"
                : names.stream().limit(20).collect(Collectors.joining(", ")) + ". Download the missing files";
    }
}
