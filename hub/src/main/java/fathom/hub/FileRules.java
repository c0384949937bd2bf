package fathom.hub;

import java.util.Collection;
import java.util.Optional;

/** Knows the names of files: which contain weights, and which further ones a model needs. */
public interface FileRules {
    /**
     * Returns the weights among the files of one folder.
     *
     * @param names the names of the files, without folders
     * @return the file that contains the weights, or the index of their shards; empty if there is none
     */
    Optional<String> weights(Collection<String> names);

    /**
     * Returns whether a name is that of an index of shards.
     *
     * @param name the name of a file, without folders
     * @return whether it is
     */
    boolean isIndex(String name);

    /**
     * Returns the only file that contains a whole model.
     *
     * @param names the names of all files, with {@code /} between folders
     * @return the file; empty if there is none, or several of the same rank
     */
    Optional<String> single(Collection<String> names);

    /**
     * Returns whether the model of a configuration needs settings of an image processor.
     *
     * @param configuration the content of {@code config.json}
     * @return whether it does
     */
    boolean needsProcessor(byte[] configuration);
}
