package fathom.models.backbones;

import java.util.List;
import java.util.stream.IntStream;

import fathom.graph.Value;
import fathom.weights.Settings;

/** A transformer whose token states, the class token first, are what a DPT neck reassembles. */
public interface TokenBackbone {
    /** Side of a patch, pixels. */
    int patch();

    /** The states that the settings ask for, each [N, 1 + h·w, C], shallow to deep, for pixels [N, 3, H, W]. */
    List<Value> states(Value pixels);

    /**
     * The stages that {@code out_features} or {@code out_indices} of a backbone's settings name, ascending; stage 0 are the
     * embeddings, stage n the result of block n.
     */
    static List<Integer> stages(Settings config, int depth) {
        List<Integer> stages;
        if (config.has("out_features")) {
            stages = config.texts("out_features").stream().map(name -> stage(config, name)).sorted().toList();
        } else if (config.has("out_indices")) {
            stages = config.integers("out_indices", 0).stream().sorted().toList();
        } else {
            stages = List.of(depth);
        }
        if (stages.isEmpty() || stages.getLast() > depth) {
            throw config.wrong("out_features", "stages up to stage" + depth, stages);
        }
        return stages;
    }

    private static int stage(Settings config, String name) {
        if (name.equals("stem")) {
            return 0;
        }
        return IntStream.rangeClosed(1, 1000).filter(i -> name.equals("stage" + i)).findFirst().orElseThrow(() -> config
                .wrong("out_features", "stem or stage1, stage2 and so on", name));
    }
}
