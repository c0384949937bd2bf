package fathom.datasets.readers;

import java.util.List;

/** A scene that a reader found: usable, or not and why. */
public sealed interface Scene {
    /** The scene's name, unique within its source. */
    String name();

    /**
     * A scene with a picture and depth of its size.
     *
     * @param files where everything lies
     * @param warnings what is odd about it, for people; often empty
     */
    record Usable(SceneFiles files, List<String> warnings) implements Scene {
        public Usable {
            warnings = List.copyOf(warnings);
        }

        @Override
        public String name() {
            return files.name();
        }
    }

    /**
     * A scene that cannot be imported.
     *
     * @param name the scene's name
     * @param reason what was wrong, where, what was expected and what to do
     */
    record Unusable(String name, String reason) implements Scene {}
}
