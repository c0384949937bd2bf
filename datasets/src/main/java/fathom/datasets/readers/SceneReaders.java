package fathom.datasets.readers;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The list of all readers. For example:
 *
 * {@snippet file="snippets/ReaderSnippets.java" region="list"}
 *
 * @see SceneReader
 */
public final class SceneReaders {
    private static final List<SceneReader> ALL = List.of(new SunRgbd(), new Pairs());

    private SceneReaders() {}

    /** {@return all readers: {@code sunrgbd} and {@code pairs}} */
    public static List<SceneReader> all() {
        return ALL;
    }

    /**
     * Returns a reader by its name.
     *
     * @param name the {@link SceneReader#name()}
     * @return the reader
     * @throws IllegalArgumentException if there is no reader of that name; the message lists the names
     */
    public static SceneReader named(String name) {
        return ALL.stream().filter(reader -> reader.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("reader: expected one of "
                        + ALL.stream().map(SceneReader::name).collect(Collectors.joining(", ")) + ", found \"" + name
                        + "\""));
    }
}
