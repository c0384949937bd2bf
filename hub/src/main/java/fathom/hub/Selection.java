package fathom.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Selects the requested files from those in a repository, or in the cached part of it. */
final class Selection {
    /** Returns the content of a small file of the repository. */
    interface Reader {
        byte[] read(String file) throws HubException;
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PIPELINE = "model_index.json";
    private static final String CONFIGURATION = "config.json";
    private static final List<String> FURTHER = List.of("preprocessor_config.json", "processor_config.json");
    private static final List<String> CHECKPOINT_WEIGHTS = List.of("model.safetensors", "model.safetensors.index.json",
            "pytorch_model.bin", "pytorch_model.bin.index.json", "model.pt");
    private static final List<String> COMPONENT_WEIGHTS = List.of("diffusion_pytorch_model.safetensors",
            "diffusion_pytorch_model.safetensors.index.json", "model.safetensors", "model.safetensors.index.json",
            "diffusion_pytorch_model.bin", "diffusion_pytorch_model.bin.index.json", "pytorch_model.bin",
            "pytorch_model.bin.index.json", "diffusion_pytorch_model.fp16.safetensors", "model.fp16.safetensors");
    /** A checkpoint of this name contains its configuration. */
    private static final String SELF_DESCRIBED = "model.pt";
    private static final int MAX_SHARDS = 10_000;

    private final Set<String> present;
    private final Reader reader;
    private final String what;

    private Selection(Collection<String> present, Reader reader, String what) {
        this.present = new TreeSet<>(present);
        this.reader = reader;
        this.what = what;
    }

    /** Returns the requested files, each of them in {@code present}; {@code what} names the repository in errors. */
    static List<String> of(RequestedFiles requested, Collection<String> present, Reader reader, String what)
            throws HubException {
        Selection selection = new Selection(present, reader, what);
        return switch (requested) {
            case RequestedFiles.Checkpoint _ -> selection.checkpoint();
            case RequestedFiles.Pipeline(Set<String> without) -> selection.pipeline(without);
            case RequestedFiles.Named(List<String> files) -> selection.named(files);
            case RequestedFiles.Any(Set<String> without) ->
                selection.present.contains(PIPELINE) ? selection.pipeline(without) : selection.checkpoint();
        };
    }

    private List<String> checkpoint() throws HubException {
        List<String> weights = weights("", CHECKPOINT_WEIGHTS)
                .orElseThrow(() -> missing("one of " + String.join(", ", CHECKPOINT_WEIGHTS)));
        Set<String> chosen = new LinkedHashSet<>();
        if (present.contains(CONFIGURATION)) {
            chosen.add(CONFIGURATION);
        } else if (!weights.getFirst().equals(SELF_DESCRIBED)) {
            throw missing(CONFIGURATION);
        }
        FURTHER.stream().filter(present::contains).forEach(chosen::add);
        chosen.addAll(weights);
        return List.copyOf(chosen);
    }

    private List<String> pipeline(Set<String> without) throws HubException {
        if (!present.contains(PIPELINE)) {
            throw missing(PIPELINE);
        }
        Set<String> chosen = new LinkedHashSet<>();
        chosen.add(PIPELINE);
        for (Map.Entry<String, JsonNode> entry : json(PIPELINE).properties()) {
            // A component is ["library", "Class"]; [null, null] means that it is missing.
            String component = entry.getKey();
            boolean used = entry.getValue().isArray() && entry.getValue().path(1).isString();
            if (used && !without.contains(component) && RelativeNames.isValid(component)) {
                String folder = component + "/";
                present.stream().filter(file -> isSettings(file, folder)).forEach(chosen::add);
                weights(folder, COMPONENT_WEIGHTS).ifPresent(chosen::addAll);
            }
        }
        return List.copyOf(chosen);
    }

    /**
     * Returns whether a file is a configuration or vocabulary directly in {@code folder}; indices of weights are
     * excluded.
     */
    private static boolean isSettings(String file, String folder) {
        return file.startsWith(folder) && file.indexOf('/', folder.length()) < 0 && !file.endsWith(".index.json")
                && !file.startsWith(folder + "flax_") && (file.endsWith(".json") || file.endsWith(".txt"));
    }

    private List<String> named(List<String> files) throws HubException {
        for (String file : files) {
            if (!present.contains(file)) {
                throw missing(file);
            }
        }
        return files;
    }

    /** Returns the first of {@code names} that is in {@code folder}; an index together with its shards. */
    private Optional<List<String>> weights(String folder, List<String> names) throws HubException {
        for (String name : names) {
            String file = folder + name;
            if (present.contains(file)) {
                return Optional.of(name.endsWith(".index.json") ? sharded(folder, file) : List.of(file));
            }
        }
        return Optional.empty();
    }

    private List<String> sharded(String folder, String index) throws HubException {
        JsonNode map = json(index).path("weight_map");
        Set<String> shards = new TreeSet<>();
        for (JsonNode shard : map) {
            String file = folder + shard.asString("");
            if (!RelativeNames.isValid(file) || !present.contains(file)) {
                throw missing("\"" + file + "\", which " + index + " names");
            }
            shards.add(file);
        }
        if (shards.isEmpty() || shards.size() > MAX_SHARDS) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER, what + ": expected 1 to " + MAX_SHARDS
                    + " shards in the \"weight_map\" of " + index + ", found " + shards.size());
        }
        List<String> files = new ArrayList<>();
        files.add(index);
        files.addAll(shards);
        return files;
    }

    private JsonNode json(String file) throws HubException {
        try {
            return JSON.readTree(reader.read(file));
        } catch (JacksonException e) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                    what + ": " + file + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private HubException missing(String file) {
        List<String> some = present.stream().limit(12).toList();
        String found = some.isEmpty() ? "nothing" : String.join(", ", some) + (present.size() > 12 ? ", …" : "");
        return new HubException(HubException.Kind.FILE_NOT_FOUND, what + ": expected " + file + ", found " + found);
    }
}
