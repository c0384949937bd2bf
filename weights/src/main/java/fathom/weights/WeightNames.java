package fathom.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of weight files in a folder, as {@code save_pretrained} of transformers and diffusers writes them: stem ×
 * variant × container × shards. Full precision comes first.
 */
public final class WeightNames {
    private static final List<String> VARIANTS = List.of("", "fp32", "non_ema", "fp16", "bf16");
    private static final String SHARD = "-00001-of-00001";
    private static final Pattern PART = Pattern.compile(".*-\\d{3,}-of-\\d{3,}\\..*");
    private static final List<String> CONTAINERS = List.of(".safetensors", ".bin", ".pth", ".pt", ".ckpt");
    /** What training programs store next to the weights, and weights of other programs. */
    private static final Pattern OTHER = Pattern.compile("(training_args|optimizer|scheduler|scaler|rng_state|trainer|"
            + "adapter_model|flax_|tf_|pytorch_lora|openvino).*");

    /** Every name, in order of preference. */
    private static final List<String> ALL = all();

    private WeightNames() {}

    private static List<String> all() {
        List<String> names = new ArrayList<>();
        for (String variant : VARIANTS) {
            for (String stem : List.of("model", "diffusion_pytorch_model")) {
                add(names, stem, variant, ".safetensors");
            }
            for (String stem : List.of("pytorch_model", "diffusion_pytorch_model", "model")) {
                add(names, stem, variant, ".bin");
            }
            if (variant.isEmpty()) {
                names.add("model.pt");
            }
        }
        return List.copyOf(names);
    }

    private static void add(List<String> names, String stem, String variant, String container) {
        String dotted = variant.isEmpty() ? "" : "." + variant;
        names.add(stem + dotted + container);
        names.add(stem + dotted + SHARD + container);
        names.add(stem + container + ".index" + dotted + ".json");
        if (!variant.isEmpty()) {
            names.add(stem + container + dotted + ".index.json");
            names.add(stem + dotted + container + ".index.json");
        }
    }

    /**
     * Returns whether a name is that of an index, which assigns tensors to shards.
     *
     * @param name the name of a file, without folders
     * @return whether it is
     */
    public static boolean isIndex(String name) {
        return name.endsWith(".json") && name.contains(".index.");
    }

    /**
     * Returns whether a name is one that {@code save_pretrained} writes.
     *
     * @param name the name of a file, without folders
     * @return whether it is
     */
    public static boolean isUsual(String name) {
        return ALL.contains(name);
    }

    /**
     * Returns the weights among the files of one folder: the first of the usual names, otherwise the only file that can
     * contain weights.
     *
     * @param names the names of the files, without folders
     * @return the name of the weights or of their index; empty if there are none, or several of unusual names
     */
    public static Optional<String> choose(Collection<String> names) {
        Optional<String> usual = ALL.stream().filter(names::contains).findFirst();
        if (usual.isPresent()) {
            return usual;
        }
        List<String> others = unusual(names);
        return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
    }

    /**
     * Returns the files of unusual names that can contain weights, such as {@code depth_anything_v2_vits.pth}.
     *
     * @param names the names of the files, without folders
     * @return those that can
     */
    public static List<String> unusual(Collection<String> names) {
        return names.stream().filter(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return CONTAINERS.stream().anyMatch(lower::endsWith) && !OTHER.matcher(lower).matches()
                    && !PART.matcher(lower).matches();
        }).sorted().toList();
    }

    /** {@return some of the names, for messages} */
    public static String examples() {
        return "model.safetensors, pytorch_model.bin, diffusion_pytorch_model.safetensors or model.pt, "
                + "whole or in shards with their index, also with .fp16 or .bf16 in the name";
    }
}
