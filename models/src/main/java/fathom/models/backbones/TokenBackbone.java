package fathom.models.backbones;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import fathom.graph.Value;
import fathom.weights.Settings;

/** A transformer that provides token states, class token first, for the reassemble stages of a DPT neck. */
public interface TokenBackbone {
    /** {@return the side of a patch, pixels} */
    int patch();

    /**
     * Builds the graph.
     *
     * @param pixels preprocessed pictures, [N, 3, H, W]
     * @return the states that the settings select, each [N, 1 + h·w, C], shallow to deep
     */
    List<Value> states(Value pixels);

    /**
     * Returns the stages that {@code out_features} or {@code out_indices} of a backbone's settings select, ascending.
     * Stage 0 is the embeddings, stage n the output of block n.
     *
     * @param config the settings
     * @param depth number of blocks
     * @return the stages
     */
    static List<Integer> stages(Settings config, int depth) {
        List<Integer> stages;
        if (config.has("out_features")) {
            stages = config.texts("out_features").stream().map(name -> stage(config, name)).sorted().toList();
        } else if (config.has("out_indices")) {
            stages = config.integers("out_indices", -depth - 1).stream()
                    .map(index -> index < 0 ? index + depth + 1 : index).sorted().toList();
            if (stages.size() != Set.copyOf(stages).size()) {
                throw config.wrong("out_indices", "different stages", stages);
            }
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
        return IntStream.rangeClosed(1, 1000).filter(i -> name.equals("stage" + i)).findFirst()
                .orElseThrow(() -> config.wrong("out_features", "stem or stage1, stage2 and so on", name));
    }
}
