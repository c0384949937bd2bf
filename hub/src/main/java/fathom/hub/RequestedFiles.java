package fathom.hub;

import java.util.List;
import java.util.Set;

/** Which files of a repository are needed: repositories hold the same weights in many formats. */
public sealed interface RequestedFiles {
    /**
     * A checkpoint of {@code transformers}: the configurations, and the weights once, from the first of
     * {@code model.safetensors}, its index with shards, {@code pytorch_model.bin}, its index with shards,
     * {@code model.pt}.
     */
    record Checkpoint() implements RequestedFiles {}

    /**
     * A pipeline of {@code diffusers}: {@code model_index.json} and of each component that it names the configuration and
     * the weights once.
     *
     * @param without components that are not needed, such as {@code safety_checker}
     */
    record Pipeline(Set<String> without) implements RequestedFiles {
        public Pipeline {
            without = Set.copyOf(without);
        }
    }

    /** Exactly these files. */
    record Named(List<String> files) implements RequestedFiles {
        public Named {
            files = List.copyOf(files);
            files.forEach(file -> RelativeNames.require("files", file));
        }
    }

    /**
     * {@link Pipeline} or {@link Checkpoint}, whichever the repository is.
     *
     * @param without components of a pipeline that are not needed
     */
    record Any(Set<String> without) implements RequestedFiles {
        public Any {
            without = Set.copyOf(without);
        }
    }
}
