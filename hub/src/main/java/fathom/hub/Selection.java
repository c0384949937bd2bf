package fathom.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final String PREPROCESSOR = "preprocessor_config.json";
    private static final String PROCESSOR = "processor_config.json";
    /** A checkpoint of this name contains its configuration. */
    private static final String SELF_DESCRIBED = "model.pt";
    /** Folders without which no pipeline runs; tokenizers and checkers are optional. */
    private static final Set<String> NEEDED = Set.of("unet/", "vae/", "scheduler/", "text_encoder/");
    private static final int MAX_SHARDS = 10_000;
    /** Addresses of other models that a message lists. */
    private static final int MAX_SHOWN = 4;

    private final Set<String> present;
    private final Reader reader;
    private final String what;
    /** Whether {@link #present} may be a part of the repository only, so that every file that a model needs must be there. */
    private final boolean strict;

    private Selection(Collection<String> present, Reader reader, String what, boolean strict) {
        this.present = new TreeSet<>(present);
        this.reader = reader;
        this.what = what;
        this.strict = strict;
    }

    /** Returns the requested files, each of them in {@code present}; {@code what} names the repository in errors. */
    static List<String> of(RequestedFiles requested, Collection<String> present, Reader reader, String what)
            throws HubException {
        return of(requested, new Selection(present, reader, what, false));
    }

    /** Returns the requested files of those that are cached, if no file is missing that the model needs. */
    static List<String> ofCached(RequestedFiles requested, Collection<String> present, Reader reader, String what)
            throws HubException {
        return of(requested, new Selection(present, reader, what, true));
    }

    private static List<String> of(RequestedFiles requested, Selection selection) throws HubException {
        return switch (requested) {
            case RequestedFiles.Checkpoint(FileRules rules) -> selection.checkpoint(rules);
            case RequestedFiles.Pipeline(Set<String> without, FileRules rules) -> selection.pipeline(without, rules);
            case RequestedFiles.Named(List<String> files) -> selection.named(files);
            case RequestedFiles.In(String folder, RequestedFiles files) -> selection.in(folder, files);
            case RequestedFiles.Any(Set<String> without, FileRules rules) -> selection.any(without, rules);
        };
    }

    private List<String> in(String folder, RequestedFiles files) throws HubException {
        String prefix = folder + "/";
        List<String> inside = present.stream().filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length())).toList();
        if (inside.isEmpty()) {
            throw missing("files in the folder " + folder);
        }
        return of(files, new Selection(inside, file -> reader.read(prefix + file), what + "/" + folder, strict))
                .stream().map(file -> prefix + file).toList();
    }

    private List<String> any(Set<String> without, FileRules rules) throws HubException {
        if (present.contains(PIPELINE)) {
            return pipeline(without, rules);
        }
        Optional<String> single = present.contains(CONFIGURATION) && weights("", rules).isPresent()
                ? Optional.empty()
                : rules.single(present);
        return single.isPresent() ? alone(single.get()) : checkpoint(rules);
    }

    /** Returns a model in one file, with its settings and its external weights. */
    private List<String> alone(String file) {
        Set<String> chosen = new LinkedHashSet<>();
        chosen.add(file);
        String folder = file.substring(0, file.lastIndexOf('/') + 1);
        present.stream().filter(other -> other.startsWith(file + "_") || other.startsWith(file + "."))
                .forEach(chosen::add);
        for (String place : List.of("", folder)) {
            for (String name : List.of(CONFIGURATION, PREPROCESSOR, PROCESSOR)) {
                if (present.contains(place + name)) {
                    chosen.add(place + name);
                }
            }
        }
        return List.copyOf(chosen);
    }

    private List<String> checkpoint(FileRules rules) throws HubException {
        List<String> weights = weights("", rules)
                .orElseThrow(() -> missingModel("weights such as model.safetensors or pytorch_model.bin"));
        Set<String> chosen = new LinkedHashSet<>();
        if (present.contains(CONFIGURATION)) {
            chosen.add(CONFIGURATION);
            if (strict && !present.contains(PREPROCESSOR) && !present.contains(PROCESSOR)
                    && rules.needsProcessor(reader.read(CONFIGURATION))) {
                throw missing(PREPROCESSOR);
            }
        } else if (!weights.getFirst().equals(SELF_DESCRIBED)) {
            throw missingModel(CONFIGURATION);
        }
        Stream.of(PREPROCESSOR, PROCESSOR).filter(present::contains).forEach(chosen::add);
        chosen.addAll(weights);
        return List.copyOf(chosen);
    }

    private List<String> pipeline(Set<String> without, FileRules rules) throws HubException {
        if (!present.contains(PIPELINE)) {
            throw missingModel(PIPELINE);
        }
        Set<String> chosen = new LinkedHashSet<>();
        List<String> absent = new ArrayList<>();
        chosen.add(PIPELINE);
        for (Map.Entry<String, JsonNode> entry : json(PIPELINE).properties()) {
            // A component is ["library", "Class"]; [null, null] means that it is missing.
            String component = entry.getKey();
            boolean used = entry.getValue().isArray() && entry.getValue().path(0).isString()
                    && entry.getValue().path(1).isString();
            if (used && !component.startsWith("_") && !without.contains(component)
                    && RelativeNames.isValid(component)) {
                addComponent(component + "/", rules, chosen, absent);
            }
        }
        if (strict && !absent.isEmpty()) {
            throw missing(String.join(" and ", absent));
        }
        return List.copyOf(chosen);
    }

    private void addComponent(String folder, FileRules rules, Set<String> chosen, List<String> absent)
            throws HubException {
        List<String> settings = present.stream().filter(file -> isSettings(file, folder)).toList();
        Optional<List<String>> weights = weights(folder, rules);
        boolean needed = NEEDED.contains(folder);
        if ((settings.isEmpty() && needed) || (weights.isEmpty() && settings.contains(folder + CONFIGURATION))) {
            absent.add((settings.isEmpty() ? "the files of " : "the weights of ") + folder);
        }
        chosen.addAll(settings);
        weights.ifPresent(chosen::addAll);
    }

    /**
     * Returns whether a file is a configuration or vocabulary directly in {@code folder}; indices of weights are
     * excluded.
     */
    private static boolean isSettings(String file, String folder) {
        return file.startsWith(folder) && file.indexOf('/', folder.length()) < 0 && !file.contains(".index.")
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

    /** Returns the weights in {@code folder}; an index together with its shards. */
    private Optional<List<String>> weights(String folder, FileRules rules) throws HubException {
        List<String> names = present.stream()
                .filter(file -> file.startsWith(folder) && file.indexOf('/', folder.length()) < 0)
                .map(file -> file.substring(folder.length())).toList();
        Optional<String> name = rules.weights(names);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String file = folder + name.get();
        return Optional.of(rules.isIndex(name.get()) ? sharded(folder, file) : List.of(file));
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
        return missing(file, "");
    }

    private HubException missingModel(String file) {
        return missing(file, otherModels());
    }

    private HubException missing(String file, String advice) {
        List<String> some = present.stream().limit(12).toList();
        String found = some.isEmpty() ? "nothing" : String.join(", ", some) + (present.size() > 12 ? ", …" : "");
        return new HubException(HubException.Kind.FILE_NOT_FOUND,
                what + ": expected " + file + ", found " + found + advice);
    }

    /** Returns which addresses run a model of the repository, as the end of a sentence; empty if none is known. */
    private String otherModels() {
        Set<String> models = new TreeSet<>();
        for (String file : present) {
            int slash = file.lastIndexOf('/');
            String name = file.substring(slash + 1);
            if (slash > 0 && (name.equals(CONFIGURATION) || name.equals(PIPELINE))) {
                models.add("/tree/main/" + file.substring(0, slash));
            } else if (name.endsWith(".onnx")) {
                models.add("/resolve/main/" + file);
            }
        }
        return models.isEmpty() || strict
                ? ""
                : "; to run one of its models, give its address, the address of the repository and "
                        + models.stream().limit(MAX_SHOWN).collect(Collectors.joining(" or "))
                        + (models.size() > MAX_SHOWN ? " …" : "");
    }
}
