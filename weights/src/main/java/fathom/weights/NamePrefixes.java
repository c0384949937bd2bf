package fathom.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The prefixes that training programs put before the names of tensors: {@code module.} of {@code DataParallel},
 * {@code _orig_mod.} of {@code torch.compile}, {@code model.} of Lightning and so on, also nested.
 */
final class NamePrefixes {
    /** Words that are part of no architecture, wherever they are in a name. */
    private static final Set<String> WRAPPERS = Set.of("module", "_orig_mod", "_fsdp_wrapped_module",
            "_checkpoint_wrapped_module", "_forward_module");
    /** Attributes that training programs call the network, in order of preference. */
    private static final List<String> WORDS = List.of("model", "net", "network", "student", "generator", "depth_model",
            "backbone", "base_model", "core_model", "predictor", "ema", "ema_model", "model_ema", "teacher");
    private static final int MOST = 12;

    private NamePrefixes() {}

    /** Returns {@code name} without the words of wrappers. */
    static String unwrapped(String name) {
        if (!name.contains("module") && !name.contains("_orig_mod")) {
            return name;
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            if (!WRAPPERS.contains(part)) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? name : String.join(".", parts);
    }

    /**
     * Returns the prefixes, each ending with a dot, that may precede the names of an architecture: chains of usual
     * words, and what all names have in common. Prefixes of many names come first.
     */
    static List<String> candidates(Collection<String> names) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String name : names) {
            int end = 0;
            for (int dot = name.indexOf('.'); dot >= 0
                    && WORDS.contains(name.substring(end, dot)); dot = name.indexOf('.', end)) {
                end = dot + 1;
                counts.merge(name.substring(0, end), 1, Integer::sum);
            }
        }
        String common = common(names);
        for (int dot = common.indexOf('.'); dot >= 0; dot = common.indexOf('.', dot + 1)) {
            counts.put(common.substring(0, dot + 1), names.size());
        }
        Comparator<String> byCount = Comparator.comparingInt(prefix -> -counts.getOrDefault(prefix, 0));
        return counts.keySet().stream()
                .sorted(byCount.thenComparingInt(String::length)
                        .thenComparingInt(prefix -> WORDS.indexOf(prefix.substring(0, prefix.indexOf('.')))))
                .limit(MOST).toList();
    }

    private static String common(Collection<String> names) {
        String common = null;
        for (String name : names) {
            common = common == null ? name : shared(common, name);
        }
        return common == null || names.size() < 2 ? "" : common.substring(0, common.lastIndexOf('.') + 1);
    }

    private static String shared(String a, String b) {
        int length = 0;
        while (length < a.length() && length < b.length() && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return a.substring(0, length);
    }
}
