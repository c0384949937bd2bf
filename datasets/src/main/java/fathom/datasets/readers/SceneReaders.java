package fathom.datasets.readers;

import java.util.List;
import java.util.stream.Collectors;

/** Every reader, in one list. */
public final class SceneReaders {
    private static final List<SceneReader> ALL = List.of(new SunRgbd(), new Pairs());

    private SceneReaders() {}

    /** All readers. */
    public static List<SceneReader> all() {
        return ALL;
    }

    /**
     * The reader called {@code name}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SceneReader named(String name) {
        return ALL.stream().filter(reader -> reader.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("reader: expected one of "
                        + ALL.stream().map(SceneReader::name).collect(Collectors.joining(", ")) + ", found \"" + name
                        + "\""));
    }
}
