package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import fathom.datasets.values.SampleDraft;

/**
 * The scenes that a reader found, sorted by name. The files of a scene are checked when the scene is requested. Safe for
 * use by several threads.
 */
public final class SceneList implements Iterable<Scene> {
    private final Path mediaRoot;
    private final List<Candidate> candidates;
    private final List<String> notes;
    private final List<Path> unusedDepths;

    SceneList(Path mediaRoot, List<? extends Candidate> candidates, List<String> notes, List<Path> unusedDepths) {
        this.mediaRoot = mediaRoot;
        this.candidates = List.copyOf(candidates);
        this.notes = List.copyOf(notes);
        this.unusedDepths = List.copyOf(unusedDepths);
    }

    /** The names of files that may be a scene. */
    @FunctionalInterface
    interface Candidate {
        Scene inspect();
    }

    /** {@return the folder that contains all files of the scenes} */
    public Path mediaRoot() {
        return mediaRoot;
    }

    /** {@return how the files were interpreted if that is not obvious, for display; often empty} */
    public List<String> notes() {
        return notes;
    }

    /** {@return the depth maps that belong to no picture; often empty} */
    public List<Path> unusedDepths() {
        return unusedDepths;
    }

    /** {@return the number of scenes, usable or not} */
    public int size() {
        return candidates.size();
    }

    /**
     * Checks the files of one scene: always the headers, and the contents if the file may be truncated or empty.
     *
     * @param index the index of the scene, from 0
     * @return the scene, usable or not
     */
    public Scene get(int index) {
        return named(candidates.get(index).inspect());
    }

    /** Returns a scene that is not usable if its name cannot be that of a sample: one bad name fails alone. */
    private static Scene named(Scene scene) {
        try {
            SampleDraft.requireName(scene.name());
            return scene;
        } catch (IllegalArgumentException e) {
            return new Scene.Unusable(scene.name(), e.getMessage() + "; rename its files");
        }
    }

    /** {@return an iterator over the scenes} If two scenes have one name, the second is not usable. */
    @Override
    public Iterator<Scene> iterator() {
        Set<String> names = new HashSet<>();
        return IntStream.range(0, size()).mapToObj(this::get)
                .map(scene -> names.add(scene.name())
                        ? scene
                        : new Scene.Unusable(scene.name(), "another scene has that name; rename its files"))
                .iterator();
    }
}
