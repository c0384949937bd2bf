package fathom.hub;

import java.util.List;
import java.util.Set;

/** The files of a repository that are needed; a repository may contain the same weights in many formats. */
public sealed interface RequestedFiles {
    /**
     * A checkpoint of {@code transformers}: the configurations, and the weights once, from the first that is present of
     * {@code model.safetensors}, its index with shards, {@code pytorch_model.bin}, its index with shards,
     * {@code model.pt}.
     */
    record Checkpoint() implements RequestedFiles {}

    /**
     * A pipeline of {@code diffusers}: {@code model_index.json}, and the configuration and the weights of each
     * component that it names.
     *
     * @param without components that are not needed, such as {@code safety_checker}
     */
    record Pipeline(Set<String> without) implements RequestedFiles {
        /** Copies the collections. */
        public Pipeline {
            without = Set.copyOf(without);
        }
    }

    /**
     * Exactly these files.
     *
     * @param files names of the files
     */
    record Named(List<String> files) implements RequestedFiles {
        /** Validates the components and copies the collections. */
        public Named {
            files = List.copyOf(files);
            files.forEach(file -> RelativeNames.require("files", file));
        }
    }

    /**
     * {@link Pipeline} or {@link Checkpoint}, depending on the repository.
     *
     * @param without components of a pipeline that are not needed
     */
    record Any(Set<String> without) implements RequestedFiles {
        /** Copies the collections. */
        public Any {
            without = Set.copyOf(without);
        }
    }
}
