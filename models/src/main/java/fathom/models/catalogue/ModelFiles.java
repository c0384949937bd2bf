package fathom.models.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import fathom.hub.FileRules;
import fathom.models.registry.Architectures;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import fathom.weights.WeightNames;

/** The names of a model's files, the same for folders and for repositories of the Hub. */
public final class ModelFiles implements FileRules {
    /** The only instance. */
    public static final ModelFiles RULES = new ModelFiles();

    private static final List<String> PREFERRED = List.of("model.onnx", "onnx/model.onnx");
    private static final int DEEPEST = 2;

    private ModelFiles() {}

    @Override
    public Optional<String> weights(Collection<String> names) {
        return WeightNames.choose(Set.copyOf(names));
    }

    @Override
    public boolean isIndex(String name) {
        return WeightNames.isIndex(name);
    }

    /**
     * Returns the only ONNX file, or the one with the usual name of full precision; without ONNX files, the only weight
     * file in the format of its authors.
     */
    @Override
    public Optional<String> single(Collection<String> names) {
        List<String> onnx = onnx(names);
        if (onnx.size() == 1) {
            return Optional.of(onnx.getFirst());
        }
        if (!onnx.isEmpty()) {
            return PREFERRED.stream().filter(onnx::contains).findFirst();
        }
        List<String> top = names.stream().filter(name -> name.indexOf('/') < 0).toList();
        return WeightNames.choose(Set.copyOf(top)).filter(name -> !WeightNames.isIndex(name));
    }

    /**
     * Returns the ONNX files.
     *
     * @param names the names of all files, with {@code /} between folders
     * @return those that end in {@code .onnx}, sorted
     */
    public static List<String> onnx(Collection<String> names) {
        return names.stream().filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".onnx")).sorted().toList();
    }

    @Override
    public boolean needsProcessor(byte[] configuration) {
        try {
            Settings settings = Settings.parse(Path.of("config.json"),
                    new String(configuration, StandardCharsets.UTF_8));
            return isDescribed(settings) && Architectures.modelTypes().contains(Architectures.typeOf(settings))
                    && Architectures.readsPreprocessor(Architectures.typeOf(settings));
        } catch (CheckpointException damaged) {
            return false;
        }
    }

    /**
     * Returns whether a configuration names its family.
     *
     * @param config the settings
     * @return whether it does
     */
    public static boolean isDescribed(Settings config) {
        return config.has("model_type") || config.has("model_name") || config.has("model_config");
    }

    /** Returns the names of the files in {@code folder} and the folders directly in it. */
    static List<String> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }
}
