package fathom.hub;

import java.util.List;
import java.util.Set;

/** The files of a repository that are needed; a repository may contain the same weights in many formats. */
public sealed interface RequestedFiles {
    /**
     * A checkpoint of {@code transformers}: the configurations, and the weights once.
     *
     * @param rules knows the names of weight files
     */
    record Checkpoint(FileRules rules) implements RequestedFiles {}

    /**
     * A pipeline of {@code diffusers}: {@code model_index.json}, and the configuration and the weights of each
     * component that it names.
     *
     * @param without components that are not needed, such as {@code safety_checker}
     * @param rules knows the names of weight files
     */
    record Pipeline(Set<String> without, FileRules rules) implements RequestedFiles {
        /** Copies the collections. */
        public Pipeline {
            without = Set.copyOf(without);
        }
    }

    /**
     * The requested files of a folder of the repository.
     *
     * @param folder the folder, with {@code /} between names
     * @param files what is requested in it
     */
    record In(String folder, RequestedFiles files) implements RequestedFiles {
        /** Validates the components. */
        public In {
            RelativeNames.require("folder", folder);
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
     * {@link Pipeline}, {@link Checkpoint} or a model in a single file, depending on the repository.
     *
     * @param without components of a pipeline that are not needed
     * @param rules knows the names of weight files
     */
    record Any(Set<String> without, FileRules rules) implements RequestedFiles {
        /** Copies the collections. */
        public Any {
            without = Set.copyOf(without);
        }
    }
}
