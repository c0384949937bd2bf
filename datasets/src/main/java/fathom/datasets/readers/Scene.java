package fathom.datasets.readers;

import java.util.List;

/** A scene found by a reader, usable or not. */
public sealed interface Scene {
    /** {@return the name of the scene, unique within its source} */
    String name();

    /**
     * A scene with a picture and depth.
     *
     * @param files the files of the scene
     * @param notes how the files were interpreted, for display; often empty
     * @param warnings unusual properties of the scene, for display; often empty
     */
    record Usable(SceneFiles files, List<String> notes, List<String> warnings) implements Scene {
        /** Copies the lists. */
        public Usable {
            notes = List.copyOf(notes);
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
     * @param name the name of the scene
     * @param reason what was wrong, where, what was expected and what to do
     */
    record Unusable(String name, String reason) implements Scene {}
}
